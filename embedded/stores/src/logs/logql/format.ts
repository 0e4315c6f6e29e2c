/** Whole queries back to text on one line, as the engine writes them. */
import { formatGoDuration, formatPrometheusDuration } from '../go/durations.js';
import { formatFloat64, sprintFloat64 } from '../go/numbers.js';
import { quote } from '../go/strings.js';
import type {
  Binary,
  Expression,
  Grouping,
  LogExpression,
  RangeAggregation,
  VectorAggregation,
} from './ast.js';
import { formatSelector, formatStage, formatUnwrap } from './format-stages.js';

export function format(expression: Expression): string {
  switch (expression.kind) {
    case 'log':
      return formatLog(expression);
    case 'range':
      return formatRange(expression);
    case 'aggregation':
      return formatAggregation(expression);
    case 'binary':
      return `(${format(expression.left)} ${formatOperator(expression)} ${format(expression.right)})`;
    case 'label_replace': {
      const { inner, destination, replacement, source, regex } = expression;
      return `label_replace(${[format(inner), ...[destination, replacement, source, regex].map(quote)].join(',')})`;
    }
    case 'literal':
      return sprintFloat64(expression.value);
    case 'vector':
      return `vector(${expression.value.toFixed(6)})`;
  }
}

function formatLog({ matchers, stages }: LogExpression): string {
  return [formatSelector(matchers), ...stages.map(formatStage)].join(' ');
}

function formatRange(expression: RangeAggregation): string {
  const { operation, parameter, grouping, selector, unwrap, range_ns, offset_ns } = expression;
  const before = parameter === undefined ? '' : `${formatFloat64(parameter)},`;
  const value = unwrap ? ` ${formatUnwrap(unwrap)}` : '';
  const offset = offset_ns === 0 ? '' : ` offset ${formatGoDuration(offset_ns)}`;
  const range = `${formatLog(selector)}${value}[${formatPrometheusDuration(range_ns)}]${offset}`;
  return `${operation}(${before}${range})${grouping ? formatGrouping(grouping) : ''}`;
}

function formatAggregation({ operation, parameter, grouping, inner }: VectorAggregation): string {
  const groups = grouping && (grouping.without || grouping.labels.length > 0) ? formatGrouping(grouping) : '';
  return `${operation}${groups}(${parameter === 0 ? '' : `${parameter},`}${format(inner)})`;
}

function formatGrouping({ without, labels }: Grouping): string {
  return ` ${without ? 'without' : 'by'} (${labels.join(',')})`;
}

function formatOperator({ operator, returnBool, matching }: Binary): string {
  const { cardinality, on, labels, include } = matching;
  const bool = returnBool ? `${operator} bool` : operator;
  if (!on && (labels === undefined || labels.length === 0)) return bool;
  const group = { 'one-to-one': '', 'many-to-one': 'group_left', 'one-to-many': 'group_right' }[cardinality];
  const names = include && include.length > 0 ? ` (${include.join(',')})` : '';
  return `${bool} ${on ? 'on' : 'ignoring'} (${(labels ?? []).join(',')}) ${group}${names}`;
}
