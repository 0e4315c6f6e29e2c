import type { Completion, CompletionResult } from '@codemirror/autocomplete';

/** Functions: choosing one writes its brackets too. */
export function call(detail: string, names: readonly string[]): readonly Completion[] {
  return names.map((label) => ({
    label,
    detail,
    type: 'function',
    apply: (view, _, from, to) => {
      const hasBracket = view.state.sliceDoc(to, to + 1) === '(';
      const insert = hasBracket ? label : `${label}()`;
      view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + label.length + 1 } });
    },
  }));
}

export function named(names: readonly string[], detail: string): readonly Completion[] {
  return names.map((label) => ({ label, detail, type: 'variable' }));
}

/** Values of text: in quotes, unless the opening one is there already; then the closing one is added if it is missing. */
export function quoted(values: readonly string[], isQuoted: boolean): readonly Completion[] {
  return values.map((label) => ({
    label,
    type: 'constant',
    apply: (view, _, from, to) => {
      const written = JSON.stringify(label);
      const next = view.state.sliceDoc(to, to + 1);
      const closes = next === '"' || next === '`';
      const insert = isQuoted ? written.slice(1, -1) + (closes ? '' : '"') : written;
      view.dispatch({
        changes: { from, to, insert },
        selection: { anchor: from + insert.length + (isQuoted && closes ? 1 : 0) },
      });
    },
  }));
}

export function result(from: number, options: readonly Completion[]): CompletionResult {
  return { from, options, validFor: /^[\w.:/-]*$/ };
}
