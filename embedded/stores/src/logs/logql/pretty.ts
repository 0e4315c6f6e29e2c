/** Queries on several lines where one would be long, as the engine's format_query writes them. */
import { formatPrometheusDuration } from '../go/durations.js';
import { sprintFloat64 } from '../go/numbers.js';
import { quote } from '../go/strings.js';
import type { Binary, Expression, Grouping, LogExpression, RangeAggregation, Stage, Unwrap } from './ast.js';
import { format } from './format.js';
import { formatLabelFilter, formatLineFilter, formatSelector, formatStage } from './format-stages.js';

const LONG = 100;

/** @param level of indentation, in steps of two spaces */
export function pretty(expression: Expression, level = 0): string {
  const line = format(expression);
  if (line.length <= LONG) return indent(level) + line;
  switch (expression.kind) {
    case 'log':
      return prettyLog(expression, level);
    case 'range':
      return prettyRange(expression, level);
    case 'aggregation': {
      const { operation, parameter, grouping, inner } = expression;
      const parameters = parameter === 0 ? [] : [`${indent(level + 1)}${parameter}`];
      const name = `${operation}${prettyGrouping(grouping)}`;
      return call(name, [...parameters, pretty(inner, level + 1)], level);
    }
    case 'binary':
      return [
        pretty(expression.left, level + 1),
        indent(level) + prettyOperator(expression),
        pretty(expression.right, level + 1),
      ].join('\n');
    case 'label_replace': {
      const { inner, destination, replacement, source, regex } = expression;
      const texts = [destination, replacement, source, regex].map((text) => indent(level + 1) + quote(text));
      return call('label_replace', [pretty(inner, level + 1), ...texts], level);
    }
    default:
      return indent(level) + line;
  }
}

function indent(level: number): string {
  return '  '.repeat(level);
}

function call(name: string, parameters: readonly string[], level: number): string {
  return `${indent(level)}${name}(\n${parameters.join(',\n')}\n${indent(level)})`;
}

function prettyLog({ matchers, stages }: LogExpression, level: number): string {
  if (stages.length === 0) return indent(level) + formatSelector(matchers);
  return [
    indent(level) + formatSelector(matchers),
    ...stages.map((stage) => prettyStage(stage, level + 1)),
  ].join('\n');
}

function prettyStage(stage: Stage, level: number): string {
  // The engine forgets to indent this one.
  if (stage.kind === 'decolorize') return formatStage(stage);
  if (stage.kind !== 'line_filters' || formatStage(stage).length <= LONG)
    return indent(level) + formatStage(stage);
  return stage.filters.map((filter) => indent(level) + formatLineFilter(filter)).join('\n');
}

function prettyRange(expression: RangeAggregation, level: number): string {
  const { operation, parameter, grouping, selector, unwrap, range_ns, offset_ns } = expression;
  const parameters = parameter === undefined ? [] : [indent(level + 1) + sprintFloat64(parameter)];
  const value = unwrap ? `\n${prettyUnwrap(unwrap, level + 2)}` : '';
  const offset = offset_ns === 0 ? '' : ` offset ${formatPrometheusDuration(offset_ns)}`;
  const range = `${pretty(selector, level + 1)}${value} [${formatPrometheusDuration(range_ns)}]${offset}`;
  return `${call(operation, [...parameters, range], level)}${prettyGrouping(grouping)}`;
}

function prettyUnwrap({ label, conversion, filters }: Unwrap, level: number): string {
  const unwrap = `| unwrap ${conversion ? `${conversion}(${label})` : label}`;
  return [unwrap, ...filters.map((filter) => `| ${formatLabelFilter(filter)}`)]
    .map((line) => indent(level) + line)
    .join('\n');
}

function prettyGrouping(grouping: Grouping | undefined): string {
  if (!grouping || (grouping.labels.length === 0 && !grouping.without)) return '';
  const names = grouping.labels.length > 0 ? ` (${grouping.labels.join(', ')})` : '';
  return ` ${grouping.without ? 'without' : 'by'}${names}`;
}

function prettyOperator({ operator, returnBool, matching }: Binary): string {
  const { cardinality, on, labels = [], include = [] } = matching;
  const bool = returnBool ? `${operator} bool` : operator;
  if (labels.length === 0) return bool;
  const group = { 'one-to-one': '', 'many-to-one': 'group_left', 'one-to-many': 'group_right' }[cardinality];
  const names = include.length > 0 ? ` (${include.join(', ')})` : '';
  return `${bool} ${on ? 'on' : 'ignoring'} (${labels.join(', ')}) ${group}${names}`;
}
