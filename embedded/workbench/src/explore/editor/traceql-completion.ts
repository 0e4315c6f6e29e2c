import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { traceqlContext } from '../model/traceql-context';
import { call, named, quoted, result } from './completions';
import type { TagValue, TempoNames } from './tempo-names';

const INTRINSICS: readonly Completion[] = [
  ['name', 'of the span'],
  ['duration', 'of the span'],
  ['status', 'error, ok, unset'],
  ['statusMessage', 'of the span'],
  ['kind', 'server, client, ...'],
  ['rootName', "the root span's name"],
  ['rootServiceName', "the root span's service"],
  ['traceDuration', 'of the whole trace'],
  ['nestedSetParent', '-1 = root spans'],
  ['span:id', ''],
  ['span:parentID', ''],
  ['trace:id', ''],
  ['trace:duration', ''],
  ['event:name', ''],
  ['instrumentation:name', ''],
].map(([label = '', detail = '']) => ({ label, detail, type: 'keyword' }));

const SPANSETS: readonly Completion[] = [
  { label: '{ }', detail: 'any span', type: 'text' },
  { label: '{ status = error }', detail: 'failed spans', type: 'text' },
  { label: '{ duration > 1s }', detail: 'slow spans', type: 'text' },
];

const FUNCTIONS: readonly Completion[] = [
  ...call('series', ['rate', 'count_over_time', 'sum_over_time', 'avg_over_time', 'min_over_time']),
  ...call('series', ['max_over_time', 'quantile_over_time', 'histogram_over_time', 'compare']),
  ...call('spans of a trace', ['count', 'avg', 'min', 'max', 'sum']),
  ...call('spans of a trace', ['by', 'select', 'coalesce']),
];

const symbols = (...labels: readonly string[]): readonly Completion[] =>
  labels.map((label) => ({ label, type: 'keyword' }));
const COMPARISONS = symbols('=', '!=', '=~', '!~', '>', '>=', '<', '<=');
const LOGIC = symbols('&&', '||');
const OPERATORS: readonly Completion[] = [
  { label: '|', detail: 'a function of them', type: 'keyword' },
  { label: '&&', detail: 'and in the same trace', type: 'keyword' },
  { label: '||', detail: 'or', type: 'keyword' },
  { label: '>>', detail: 'descendants', type: 'keyword' },
  { label: '>', detail: 'children', type: 'keyword' },
  { label: '<<', detail: 'ancestors', type: 'keyword' },
  { label: '<', detail: 'parents', type: 'keyword' },
  { label: '~', detail: 'siblings', type: 'keyword' },
  { label: 'by ()', detail: 'after a function', type: 'keyword' },
];
const FIXED: Readonly<Record<string, readonly string[]>> = {
  status: ['error', 'ok', 'unset'],
  kind: ['server', 'client', 'internal', 'producer', 'consumer', 'unspecified'],
  duration: ['100ms', '300ms', '1s', '5s', '10s'],
};

/** Completes TraceQL from what Tempo knows of the time that is looked at. */
export function traceqlCompletion(names: TempoNames) {
  return async (editor: CompletionContext): Promise<CompletionResult | null> => {
    const context = traceqlContext(editor.state.sliceDoc(0, editor.pos));
    const { from } = context;
    switch (context.kind) {
      case 'nothing':
        return null;
      case 'spanset':
        return editor.explicit ? result(from, SPANSETS) : null;
      case 'field':
        return result(from, [...named(await names.attributes(), ''), ...INTRINSICS]);
      case 'comparison':
        return result(from, COMPARISONS);
      case 'logic':
        return editor.explicit ? result(from, LOGIC) : null;
      case 'operator':
        return editor.explicit ? result(from, OPERATORS) : null;
      case 'function':
        return result(from, FUNCTIONS);
      case 'value':
        return result(from, await valuesOf(context.name, context.isQuoted, names));
    }
  };
}

async function valuesOf(name: string, isQuoted: boolean, names: TempoNames): Promise<readonly Completion[]> {
  const fixed = FIXED[name.replace(/^(span|trace):|^trace(?=Duration)/, '').toLowerCase()];
  if (fixed) return isQuoted ? [] : symbols(...fixed);
  const found = await names.values(name);
  const isText = ({ type }: TagValue) => type === 'string';
  const texts = found.filter(isText).map(({ value }) => value);
  const others = isQuoted ? [] : found.filter((value) => !isText(value)).map(({ value }) => value);
  return [...quoted(texts, isQuoted), ...symbols(...others)];
}
