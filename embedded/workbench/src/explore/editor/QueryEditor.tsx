import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { EditorState, type Extension, Prec } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { useTheme2 } from '@grafana/ui';
import * as React from 'react';
import { look } from './look';

interface QueryEditorProps {
  readonly value: string;
  readonly label: string;
  readonly hint: string;
  /** The language, with its completion; another one makes another editor. */
  readonly language: Extension;
  readonly onChange: (value: string) => void;
  readonly onRun: () => void;
}

/**
 * A query to write: highlighted and completed. Shift+Enter runs it, Enter is a new line, and Tab leaves the editor as it
 * leaves any field.
 */
export function QueryEditor({ value, label, hint, language, onChange, onRun }: QueryEditorProps) {
  const theme = useTheme2();
  const place = React.useRef<HTMLDivElement>(null);
  const view = React.useRef<EditorView | undefined>(undefined);
  const handlers = React.useRef({ onChange, onRun });
  handlers.current = { onChange, onRun };
  const initial = React.useRef(value);
  initial.current = value;

  React.useEffect(() => {
    if (!place.current) return undefined;
    const run = (view: EditorView) => {
      closeCompletion(view);
      handlers.current.onRun();
      return true;
    };
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: initial.current,
        extensions: [
          Prec.highest(
            keymap.of([
              { key: 'Shift-Enter', run },
              { key: 'Mod-Enter', run },
            ]),
          ),
          language,
          autocompletion({ icons: false, maxRenderedOptions: 200 }),
          closeBrackets(),
          bracketMatching(),
          history(),
          keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
          placeholder(hint),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) handlers.current.onChange(update.state.doc.toString());
          }),
          look(theme),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, [language, label, hint, theme]);

  // A query from elsewhere: the history, a click on a field, another address.
  React.useEffect(() => {
    const editor = view.current;
    const written = editor?.state.doc.toString();
    if (editor && written !== value)
      editor.dispatch({ changes: { from: 0, to: written?.length ?? 0, insert: value } });
  }, [value]);

  return <div ref={place} />;
}
