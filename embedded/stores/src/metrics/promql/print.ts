/** An expression as text: on one line, or laid out over several where it is long. */
import { formatPlain } from '../format.js';
import { METRIC_NAME } from '../labels.js';
import type { Matcher } from '../matcher.js';
import type { Aggregation, Binary, Expr, MatrixSelector, Shift, Subquery, VectorSelector } from './ast.js';
import { formatDuration } from './durations.js';
import { quote } from './parse-error.js';

const LINE_MAX = 100;
const LEGACY_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** On one line. */
export function print(expr: Expr): string {
  switch (expr.kind) {
    case 'number':
      return expr.duration ? formatDuration(Math.round(expr.value * 1000)) : formatPlain(expr.value);
    case 'string':
      return quote(expr.value);
    case 'selector':
      return `${printSelector(expr)}${printShift(expr)}`;
    case 'range':
      return printRange(expr);
    case 'subquery':
      return `${print(expr.expr)}${subquerySuffix(expr)}`;
    case 'call':
      return `${expr.name}(${expr.args.map(print).join(', ')})`;
    case 'aggregation':
      return `${aggregationHead(expr)}(${aggregationArgs(expr).map(print).join(', ')})`;
    case 'binary':
      return `${print(expr.left)} ${binaryOperator(expr)} ${print(expr.right)}`;
    case 'unary':
      return `${expr.operator}${print(expr.expr)}`;
    case 'parens':
      return `(${print(expr.expr)})`;
  }
}

/** What does not fit into a line is broken into its parts, indented by two spaces each level. */
export function prettyPrint(expr: Expr, level = 0): string {
  const indent = '  '.repeat(level);
  const line = print(expr);
  if (expr.kind === 'unary') return `${indent}${expr.operator}${prettyPrint(expr.expr, level).trim()}`;
  if (line.length <= LINE_MAX) return expr.kind === 'subquery' ? line : `${indent}${line}`;
  const inner = (parts: readonly Expr[]) => parts.map((part) => prettyPrint(part, level + 1)).join(',\n');
  switch (expr.kind) {
    case 'call':
      return `${indent}${expr.name}(\n${inner(expr.args)}\n${indent})`;
    case 'aggregation':
      return `${indent}${aggregationHead(expr)}(\n${inner(aggregationArgs(expr))}\n${indent})`;
    case 'parens':
      return `${indent}(\n${inner([expr.expr])}\n${indent})`;
    case 'subquery':
      return `${prettyPrint(expr.expr, level)}${subquerySuffix(expr)}`;
    case 'binary':
      return `${inner([expr.left])}\n${indent}${binaryOperator(expr)}\n${inner([expr.right])}`;
    default:
      return `${indent}${line}`;
  }
}

function printSelector({ name, matchers }: VectorSelector): string {
  const shown = matchers.filter(
    (one) => !(one.name === METRIC_NAME && one.operator === '=' && one.value === name && name !== ''),
  );
  if (shown.length === 0) return name;
  return `${name}{${shown.map(printMatcher).sort().join(',')}}`;
}

function printMatcher({ name, operator, value }: Matcher): string {
  return `${printName(name)}${operator}${quote(value)}`;
}

function printName(name: string): string {
  return LEGACY_NAME.test(name) ? name : quote(name);
}

function printRange({ selector, range_ms }: MatrixSelector): string {
  return `${printSelector(selector)}[${formatDuration(range_ms)}]${printShift(selector)}`;
}

function subquerySuffix(expr: Subquery): string {
  const step = expr.step_ms === undefined ? '' : formatDuration(expr.step_ms);
  return `[${formatDuration(expr.range_ms)}:${step}]${printShift(expr)}`;
}

function printShift({ at, offset_ms }: Shift): string {
  const moment = at?.kind === 'time' ? (at.time_ms / 1000).toFixed(3) : `${at?.kind}()`;
  const offset = offset_ms === 0 ? '' : ` offset ${formatDuration(offset_ms)}`;
  return `${at ? ` @ ${moment}` : ''}${offset}`;
}

function aggregationHead({ operator, without, grouping }: Aggregation): string {
  if (!without && grouping.length === 0) return operator;
  return `${operator} ${without ? 'without' : 'by'} (${grouping.map(printName).join(', ')}) `;
}

function aggregationArgs({ parameter, expr }: Aggregation): readonly Expr[] {
  return parameter ? [parameter, expr] : [expr];
}

function binaryOperator({ operator, bool, matching }: Binary): string {
  const names = (labels: readonly string[]) => `(${labels.map(printName).join(', ')})`;
  const grouped = matching.cardinality !== 'one-to-one';
  let text = `${operator}${bool ? ' bool' : ''}`;
  if (matching.labels.length > 0 || matching.on || grouped) {
    text += ` ${matching.on ? 'on' : 'ignoring'} ${names(matching.labels)}`;
  }
  if (!grouped) return text;
  const side = matching.cardinality === 'many-to-one' ? 'left' : 'right';
  return `${text} group_${side} ${names(matching.include)}`;
}
