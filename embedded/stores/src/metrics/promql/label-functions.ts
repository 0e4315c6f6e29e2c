/** Functions of labels alone. */
import { type RE2JS, RE2JSException } from 're2js';
import { QueryError } from '../../query/query-error.js';
import { type Labels, METRIC_NAME } from '../labels.js';
import { compileRegex } from '../matcher.js';
import { isLabelName } from '../semantics.js';
import type { Invocation } from './call.js';
import type { Context } from './context.js';
import { mergeSameLabels } from './merge.js';
import type { Text, Value, Vector } from './value.js';

export const LABEL_FUNCTIONS: ReadonlyMap<string, (invocation: Invocation) => Value> = new Map([
  ['label_replace', labelReplace],
  ['label_join', labelJoin],
]);

function labelReplace({ call, args, context }: Invocation): Vector {
  const [target, replacement, source, pattern] = texts(args.slice(1));
  const regex = compile(pattern as string);
  refuseLabel('destination', target as string, call.name, context);
  return relabel(args[0] as Vector, target as string, (labels) => {
    const found = regex.matcher(labels.get(source as string));
    if (!found.matches()) return undefined;
    return expand(replacement as string, (group) => groupOf(found, group));
  });
}

function labelJoin({ call, args, context }: Invocation): Vector {
  const [target, separator, ...sources] = texts(args.slice(1));
  for (const source of sources) refuseLabel('source', source, call.name, context);
  refuseLabel('destination', target as string, call.name, context);
  return relabel(args[0] as Vector, target as string, (labels) =>
    sources.map((source) => labels.get(source)).join(separator),
  );
}

function texts(args: readonly Value[]): readonly string[] {
  return args.map((arg) => (arg as Text).value);
}

/** @param value of the label; undefined to leave the series as it is */
function relabel(vector: Vector, name: string, value: (labels: Labels) => string | undefined): Vector {
  const series = vector.series.map((one) => {
    const text = value(one.labels);
    if (text === undefined) return one;
    return {
      ...one,
      labels: one.labels.with(name, text),
      dropName: name === METRIC_NAME ? false : one.dropName,
    };
  });
  return { kind: 'vector', series: mergeSameLabels(series) };
}

function compile(pattern: string): RE2JS {
  try {
    return compileRegex(pattern);
  } catch {
    throw new QueryError('execution', `invalid regular expression in label_replace(): ${pattern}`);
  }
}

function refuseLabel(
  role: 'source' | 'destination',
  name: string,
  call: string,
  { semantics }: Context,
): void {
  if (!isLabelName(name, semantics))
    throw new QueryError('execution', `invalid ${role} label name in ${call}(): ${name}`);
}

type Found = ReturnType<RE2JS['matcher']>;

/** Of a group that does not exist: nothing. */
function groupOf(found: Found, group: string | number): string {
  try {
    return found.group(group) ?? '';
  } catch (error) {
    if (error instanceof RE2JSException) return '';
    throw error;
  }
}

/** `$1`, `${1}`, `$name`, `${name}`, and `$$` for a dollar, as Go's `Regexp.Expand`. */
function expand(template: string, group: (name: string | number) => string): string {
  return template.replace(/\$(?:(\$)|(\w+)|\{(\w+)\}|)/g, (_, dollar, name, braced) => {
    if (dollar) return '$';
    const reference: string = name ?? braced ?? '';
    if (reference === '') return '$';
    return group(/^\d+$/.test(reference) ? Number(reference) : reference);
  });
}
