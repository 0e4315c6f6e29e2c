import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { logqlContext } from '../model/logql-context';
import { call, named, quoted, result } from './completions';
import type { LokiNames } from './loki-names';

const EXPRESSIONS: readonly Completion[] = [
  { label: '{', detail: 'stream selector', type: 'text', boost: 50 },
  ...call('aggregation over time', [
    'rate',
    'count_over_time',
    'bytes_rate',
    'bytes_over_time',
    'rate_counter',
  ]),
  ...call('of an unwrapped field', ['avg_over_time', 'sum_over_time', 'min_over_time', 'max_over_time']),
  ...call('of an unwrapped field', ['quantile_over_time', 'first_over_time', 'last_over_time']),
  ...call('of an unwrapped field', ['stddev_over_time', 'stdvar_over_time']),
  ...call('are there no lines', ['absent_over_time']),
  ...call('over series', [
    'sum',
    'avg',
    'min',
    'max',
    'count',
    'topk',
    'bottomk',
    'stddev',
    'stdvar',
    'sort',
  ]),
  ...call('over series', ['sort_desc', 'label_replace', 'vector']),
];

const FILTERS: readonly Completion[] = [
  { label: '|= ', detail: 'line contains', type: 'keyword' },
  { label: '!= ', detail: 'line does not contain', type: 'keyword' },
  { label: '|~ ', detail: 'line matches', type: 'keyword' },
  { label: '!~ ', detail: 'line does not match', type: 'keyword' },
];

const STAGES: readonly Completion[] = [
  { label: 'json', detail: 'fields of JSON', type: 'function' },
  { label: 'logfmt', detail: 'fields of key=value', type: 'function' },
  { label: 'pattern', detail: 'fields by a pattern', type: 'function' },
  { label: 'regexp', detail: 'fields by an expression', type: 'function' },
  { label: 'unpack', detail: 'a packed line', type: 'function' },
  { label: 'line_format', detail: 'writes the line anew', type: 'function' },
  { label: 'label_format', detail: 'writes labels anew', type: 'function' },
  { label: 'unwrap', detail: 'a field as value', type: 'function' },
  { label: 'drop', detail: 'without these labels', type: 'function' },
  { label: 'keep', detail: 'only these labels', type: 'function' },
  { label: 'decolorize', detail: 'without colour codes', type: 'function' },
];

const MATCHERS: readonly Completion[] = ['=', '!=', '=~', '!~'].map((label) => ({ label, type: 'keyword' }));
const DURATIONS: readonly Completion[] = ['$__auto', '$__interval', '1m', '5m', '10m', '15m', '1h'].map(
  (label) => ({
    label,
    type: 'constant',
  }),
);

/** Completes LogQL from what Loki knows of the time that is looked at. */
export function logqlCompletion(names: LokiNames) {
  return async (editor: CompletionContext): Promise<CompletionResult | null> => {
    const text = editor.state.doc.toString();
    const context = logqlContext(text.slice(0, editor.pos));
    if (context.kind === 'nothing' || (context.kind === 'pipe' && !editor.explicit)) return null;
    const { from } = context;
    switch (context.kind) {
      case 'expression':
        return editor.explicit || from < editor.pos ? result(from, EXPRESSIONS) : null;
      case 'label':
        return result(from, named(await names.labels(), 'label'));
      case 'matcher':
        return result(from, MATCHERS);
      case 'label-value':
        return result(from, quoted(await names.labelValues(context.name), context.isQuoted));
      case 'pipe':
        return result(from, [
          ...FILTERS,
          ...STAGES.map((stage) => ({ ...stage, label: `| ${stage.label}` })),
        ]);
      case 'stage':
        return result(from, [...STAGES, ...named(await names.fields(text), 'field')]);
      case 'field':
        return result(from, named(await names.fields(text), 'field'));
      case 'field-value':
        return result(from, quoted(await names.fieldValues(text, context.name), context.isQuoted));
      case 'duration':
        return result(from, DURATIONS);
    }
  };
}
