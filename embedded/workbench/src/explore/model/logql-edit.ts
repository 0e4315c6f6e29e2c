/** Changes to LogQL that clicks on lines and fields ask for. */
import {
  Eq,
  LabelFilter,
  LogExpr,
  Matcher,
  MetricExpr,
  PipelineStage,
  parser,
  Selector,
} from '@grafana/lezer-logql';
import type { SyntaxNode } from '@lezer/common';

export interface Filter {
  readonly name: string;
  readonly value: string;
  readonly operator: '=' | '!=';
  /** A label of the stream goes into its selector, everything else behind a pipe. */
  readonly origin: 'stream' | 'metadata' | 'parsed' | 'line';
  /** What reads the field when nothing in the query does yet. */
  readonly parser: 'json' | 'logfmt';
}

/** Adds a filter to a query for lines; the opposite filter is taken out, the same one is not added twice. */
export function withFilter(query: string, filter: Filter): string {
  const { name, value, operator, origin } = filter;
  const opposite = `${name}${operator === '=' ? '!=' : '='}${JSON.stringify(value)}`;
  const condition = `${name}${operator}${JSON.stringify(value)}`;
  const without = origin === 'stream' ? query : withoutStage(query, opposite);
  const logExpr = logExpressionOf(without);
  if (!logExpr) return query;
  const selector = logExpr.getChild(Selector);
  if (origin === 'stream' && selector) return withMatcher(without, selector, { name, condition, opposite });
  if (hasStage(without, logExpr, condition)) return without;
  const reads = /\|\s*(json|logfmt|pattern|regexp|unpack)\b/.test(without.slice(logExpr.from, logExpr.to));
  const read = origin === 'line' && !reads ? `| ${filter.parser} ` : '';
  return inserted(without, logExpr.to, ` ${read}| ${condition}`);
}

/** Only lines that contain a text, or only those that do not. */
export function withLineFilter(query: string, text: string, operator: '|=' | '!='): string {
  const logExpr = logExpressionOf(query);
  if (!logExpr || text === '') return query;
  const quoted = text.includes('`') ? JSON.stringify(text) : `\`${text}\``;
  return inserted(query, logExpr.to, ` ${operator} ${quoted}`);
}

/** The texts that lines must contain: the ones to mark in them. */
export function lineFilterTexts(query: string): readonly string[] {
  return [...query.matchAll(/\|[=~]\s*(`([^`]*)`|"((?:[^"\\]|\\.)*)")/g)].map(([, , raw, quoted]) =>
    (raw ?? quoted ?? '').replace(/^\(\?i\)/, ''),
  );
}

/** Whether a query asks for lines: metric queries give series. */
export function isLogQuery(query: string): boolean {
  const tree = parser.parse(query);
  let isLog = false;
  tree.iterate({
    enter(node) {
      if (node.type.id === MetricExpr) return false;
      if (node.type.id === LogExpr) isLog = true;
      return !isLog;
    },
  });
  return isLog;
}

function logExpressionOf(query: string): SyntaxNode | undefined {
  let found: SyntaxNode | undefined;
  parser.parse(query).iterate({
    enter(node) {
      if (node.type.id === LogExpr && !found) found = node.node;
    },
  });
  return found;
}

function withMatcher(
  query: string,
  selector: SyntaxNode,
  {
    name,
    condition,
    opposite,
  }: { readonly name: string; readonly condition: string; readonly opposite: string },
): string {
  const matchers: string[] = [];
  const isEqual: string[] = [];
  const cursor = selector.cursor();
  do {
    if (cursor.type.id !== Matcher) continue;
    const text = query.slice(cursor.from, cursor.to);
    matchers.push(text);
    if (cursor.node.getChild(Eq) && /^\w+/.exec(text)?.[0] === name) isEqual.push(text);
  } while (cursor.next() && cursor.from < selector.to);
  const spaceless = (text: string) => text.replace(/\s+(?=[=!])|(?<=[=~])\s+/g, '');
  const others = matchers.filter((text) => spaceless(text) !== opposite && spaceless(text) !== condition);
  // Two different values of one label would find nothing: the one that is asked for now replaces the other.
  const kept = condition.startsWith(`${name}=`) ? others.filter((text) => !isEqual.includes(text)) : others;
  return `${query.slice(0, selector.from)}{${[...kept, condition].join(', ')}}${query.slice(selector.to)}`;
}

function stagesOf(logExpr: SyntaxNode): readonly SyntaxNode[] {
  const stages: SyntaxNode[] = [];
  logExpr.cursor().iterate((node) => {
    if (node.type.id === PipelineStage && node.node.getChild(LabelFilter)) stages.push(node.node);
  });
  return stages;
}

function stageText(query: string, { from, to }: SyntaxNode): string {
  return query
    .slice(from, to)
    .replace(/^\|\s*/, '')
    .replace(/\s*(!?=)\s*/, '$1');
}

function hasStage(query: string, logExpr: SyntaxNode, condition: string): boolean {
  return stagesOf(logExpr).some((stage) => stageText(query, stage) === condition);
}

function withoutStage(query: string, condition: string): string {
  const logExpr = logExpressionOf(query);
  const stage = logExpr && stagesOf(logExpr).find((each) => stageText(query, each) === condition);
  if (!stage) return query;
  return `${query.slice(0, stage.from).trimEnd()}${query.slice(stage.to)}`;
}

function inserted(query: string, at: number, text: string): string {
  return `${query.slice(0, at).trimEnd()}${text}${query.slice(at)}`;
}
