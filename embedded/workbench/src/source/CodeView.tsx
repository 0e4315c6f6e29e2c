import { javascript } from '@codemirror/lang-javascript';
import { defaultHighlightStyle, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { oneDarkHighlightStyle } from '@codemirror/theme-one-dark';
import { Decoration, EditorView, keymap, lineNumbers } from '@codemirror/view';
import type { GrafanaTheme2 } from '@grafana/data';
import { useTheme2 } from '@grafana/ui';
import * as React from 'react';

interface CodeViewProps {
  readonly text: string;
  /** Marked and brought into sight, from 1 on. */
  readonly line: number | undefined;
  /** A line's number was clicked. */
  readonly onLine: (line: number) => void;
  readonly label: string;
}

/** A file to read: lines can be linked to, Ctrl+F finds, nothing can be written. */
export function CodeView({ text, line, onLine, label }: CodeViewProps) {
  const theme = useTheme2();
  const place = React.useRef<HTMLDivElement>(null);
  const lineChosen = React.useRef(onLine);
  lineChosen.current = onLine;

  React.useEffect(() => {
    if (!place.current) return undefined;
    const state = EditorState.create({
      doc: text,
      extensions: [
        ...readOnly(label),
        ...looks(theme),
        markedLine(text, line),
        lineNumbers({
          domEventHandlers: {
            click: (view, block) => {
              lineChosen.current(view.state.doc.lineAt(block.from).number);
              return true;
            },
          },
        }),
      ],
    });
    const view = new EditorView({ state, parent: place.current });
    if (line !== undefined && line <= state.doc.lines) {
      const { from } = state.doc.line(line);
      view.dispatch({
        selection: { anchor: from },
        effects: EditorView.scrollIntoView(from, { y: 'center' }),
      });
    }
    return () => view.destroy();
  }, [text, line, label, theme]);

  return <div ref={place} style={{ height: '100%', minHeight: 0 }} />;
}

function readOnly(label: string): readonly Extension[] {
  return [
    EditorState.readOnly.of(true),
    EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true', tabindex: '0' }),
    javascript({ typescript: true }),
    search({ top: true }),
    highlightSelectionMatches(),
    keymap.of(searchKeymap),
  ];
}

function markedLine(text: string, line: number | undefined): Extension {
  const lines = text.split('\n');
  if (line === undefined || line > lines.length) return [];
  const from = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const mark = Decoration.line({ class: 'marked-line', attributes: { 'aria-current': 'location' } });
  return EditorView.decorations.of(Decoration.set(mark.range(from)));
}

/** One of the default's colours is too pale on white. */
const LIGHT = HighlightStyle.define(
  defaultHighlightStyle.specs.map((spec) => (spec.color === '#e40' ? { ...spec, color: '#c30' } : spec)),
);

function looks(theme: GrafanaTheme2): readonly Extension[] {
  return [
    syntaxHighlighting(theme.isDark ? oneDarkHighlightStyle : LIGHT),
    EditorView.theme(
      {
        '&': {
          height: '100%',
          fontSize: theme.typography.bodySmall.fontSize,
          color: theme.colors.text.primary,
        },
        '&.cm-focused': { outline: 'none' },
        '.cm-scroller': { fontFamily: theme.typography.fontFamilyMonospace, lineHeight: '1.5' },
        '.cm-gutters': {
          backgroundColor: theme.colors.background.primary,
          color: theme.colors.text.secondary,
          border: 'none',
          cursor: 'pointer',
        },
        '.marked-line': {
          backgroundColor: theme.colors.background.secondary,
          boxShadow: `inset 3px 0 ${theme.colors.warning.main}`,
        },
        '.cm-panels': {
          backgroundColor: theme.colors.background.secondary,
          color: theme.colors.text.primary,
        },
      },
      { dark: theme.isDark },
    ),
  ];
}
