/** Patterns such as `<method> <_> <status>`: captures between literal texts. */
import type { LineState } from './line-state.js';
import type { StageFunction } from './stage.js';

type Node =
  | { readonly kind: 'literal'; readonly text: string }
  /** `_` is a capture whose text nobody wants. */
  | { readonly kind: 'capture'; readonly name: string };

const CAPTURE = /<([a-zA-Z_][a-zA-Z0-9_]*)>/g;

/** @throws {Error} in the engine's words */
export function createPatternStage(pattern: string): StageFunction {
  const nodes = checkedPattern(pattern);
  return (state) => {
    if (!state.hasAllRequired) capture(nodes, state);
    return true;
  };
}

/** @throws {Error} in the engine's words */
export function checkedPattern(pattern: string): readonly Node[] {
  const nodes = parsePattern(pattern);
  if (nodes.length === 0) {
    throw new Error(
      'parse error at line 1, col 1: syntax error: unexpected $end, expecting IDENTIFIER or LITERAL',
    );
  }
  const names = nodes.flatMap((node) => (node.kind === 'capture' && node.name !== '_' ? [node.name] : []));
  if (names.length === 0) throw new Error('at least one capture is required');
  checkConsecutive(nodes);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new Error(`duplicate capture name (${twice}): invalid expression`);
  return nodes;
}

/**
 * A filter for whole lines: every capture has to have some text.
 * @throws {Error} in the engine's words
 */
export function createPatternTest(pattern: string): (line: string) => boolean {
  const nodes = parsePattern(pattern);
  checkConsecutive(nodes);
  const named = nodes.find((node) => node.kind === 'capture' && node.name !== '_');
  if (named) throw new Error(`named captures are not allowed: found '${textOf(named)}'`);
  return (line) => matchesWhole(nodes, line);
}

function parsePattern(pattern: string): readonly Node[] {
  const nodes: Node[] = [];
  let at = 0;
  for (const match of pattern.matchAll(CAPTURE)) {
    if (match.index > at) nodes.push({ kind: 'literal', text: pattern.slice(at, match.index) });
    nodes.push({ kind: 'capture', name: match[1] as string });
    at = match.index + match[0].length;
  }
  if (at < pattern.length) nodes.push({ kind: 'literal', text: pattern.slice(at) });
  return nodes;
}

function checkConsecutive(nodes: readonly Node[]): void {
  for (const [index, node] of nodes.entries()) {
    const next = nodes[index + 1];
    if (node.kind !== 'capture' || next?.kind !== 'capture') continue;
    throw new Error(`found consecutive capture '${textOf(node)}${textOf(next)}': invalid expression`);
  }
}

function textOf(node: Node): string {
  return node.kind === 'literal' ? node.text : `<${node.name}>`;
}

/** A capture that is followed by a text that is not there takes the rest of the line. */
function capture(nodes: readonly Node[], state: LineState): void {
  const { line } = state;
  if (line === '') return;
  let at = 0;
  for (const [index, node] of nodes.entries()) {
    if (node.kind === 'literal') {
      if (index > 0) continue;
      if (!line.startsWith(node.text)) return;
      at = node.text.length;
      continue;
    }
    const next = nodes[index + 1] as { readonly text: string } | undefined;
    const end = next ? line.indexOf(next.text, at) : -1;
    if (node.name !== '_') {
      const name = state.nameFor(node.name);
      if (state.wants(name)) state.setParsed(name, line.slice(at, end < 0 ? undefined : end));
    }
    if (end < 0) return;
    at = end + (next?.text.length ?? 0);
  }
}

function matchesWhole(nodes: readonly Node[], line: string): boolean {
  if (line === '' || nodes.length === 0) return line === '' && nodes.length === 0;
  let at = 0;
  for (const [index, node] of nodes.entries()) {
    if (node.kind !== 'literal') continue;
    const found = line.indexOf(node.text, at);
    if (found < 0 || (index > 0 && found === at)) return false;
    at = found + node.text.length;
  }
  return (nodes.at(-1)?.kind === 'capture') === at < line.length;
}
