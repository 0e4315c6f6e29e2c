/** Go templates of line_format and label_format. */

import { unsupported } from '../../query/query-error.js';
import type { Instant } from '../stream.js';
import type { Node, Operand, Pipe } from './ast.js';
import { Execution } from './execute.js';
import { FUNCTIONS } from './functions.js';
import { TemplateSyntaxError } from './lexer.js';
import { parseTemplate } from './parse.js';
import { type LabelSource, TemplateError, TimeValue } from './values.js';

export interface TemplateInput {
  readonly labels: LabelSource;
  readonly line: string;
  readonly time: Instant;
}

export type TemplateResult =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'error'; readonly message: string };

export interface Template {
  readonly execute: (input: TemplateInput) => TemplateResult;
  /** Labels that it reads. */
  readonly fields: readonly string[];
  /** The only thing in it is this label. */
  readonly onlyField: string | undefined;
}

const OF_LINE = new Set(['__line__', '__timestamp__']);
/** Known to the engine, and not to these stores. */
const NOT_EVALUATED = new Set(['toDateInZone', 'html', 'js', 'call', 'slice']);

/**
 * @param name that the engine gives it in errors
 * @param failure puts a message into the words of its place
 * @throws {Error} with `failure`'s words on a template that is none; {QueryError} on what these stores do not evaluate
 */
export function compileTemplate(
  text: string,
  { name, failure }: { readonly name: string; readonly failure: (message: string) => string },
): Template {
  const nodes = parse(text, (message) => failure(`template: ${name}:1: ${message}`));
  const onlyField = fieldAlone(nodes);
  const fields = [...new Set(fieldsIn(nodes))];
  const isSimple = nodes.every((node) => node.kind === 'text' || fieldOf(node) !== undefined);
  const execute = isSimple ? joiner(nodes) : (input: TemplateInput) => run(nodes, input, name);
  const [only] = fields;
  const isOfOne = !isSimple && fields.length === 1 && only !== undefined && nodes.every(isPure);
  return { execute: isOfOne ? remembering(execute, only) : execute, fields, onlyField };
}

function parse(text: string, failure: (message: string) => string): readonly Node[] {
  try {
    return parseTemplate(text, (name) => {
      if (NOT_EVALUATED.has(name)) throw unsupported(`function ${name} in a template`, 'Loki');
      return FUNCTIONS.has(name) || OF_LINE.has(name) || name === 'and' || name === 'or';
    });
  } catch (error) {
    throw error instanceof TemplateSyntaxError ? new Error(failure(error.message)) : error;
  }
}

function run(nodes: readonly Node[], { labels, line, time }: TemplateInput, name: string): TemplateResult {
  const functions = { __line__: () => line, __timestamp__: () => new TimeValue(time) };
  try {
    return { kind: 'text', text: new Execution({ functions }, labels).run(nodes, labels) };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { kind: 'error', message: `template: ${name}:1: executing "${name}": ${error.message}` };
  }
}

/** Whether the labels that are named decide what comes out. */
function isPure(node: Node): boolean {
  if (node.kind === 'text') return true;
  if (node.kind === 'action') return isPurePipe(node.pipe);
  return node.kind === 'if' && isPurePipe(node.pipe) && [...node.body, ...node.otherwise].every(isPure);
}

function isPurePipe({ variables, commands }: Pipe): boolean {
  return variables.length === 0 && commands.flat().every(isPureOperand);
}

function isPureOperand(operand: Operand): boolean {
  if (operand.kind === 'function') return !OF_LINE.has(operand.name) && operand.name !== 'now';
  if (operand.kind === 'pipe') return isPurePipe(operand.pipe);
  return operand.kind === 'field' || operand.kind === 'literal' || operand.kind === 'nil';
}

const REMEMBERED = 10_000;

/** Of one label alone: what comes out for its values is made once, as long as they are not too many. */
function remembering(execute: Template['execute'], field: string): Template['execute'] {
  const known = new Map<string, TemplateResult>();
  return (input) => {
    const value = input.labels.get(field) ?? '';
    let result = known.get(value);
    if (!result) {
      result = execute(input);
      if (known.size < REMEMBERED) known.set(value, result);
    }
    return result;
  };
}

/** Texts and labels only: there is nothing to run. */
function joiner(nodes: readonly Node[]): Template['execute'] {
  const parts = nodes.map((node) => ({ text: node.kind === 'text' ? node.text : '', field: fieldOf(node) }));
  return ({ labels }) => {
    let text = '';
    for (const part of parts) text += part.field === undefined ? part.text : (labels.get(part.field) ?? '');
    return { kind: 'text', text };
  };
}

function fieldAlone(nodes: readonly Node[]): string | undefined {
  const [node] = nodes;
  return nodes.length === 1 && node ? fieldOf(node) : undefined;
}

function fieldOf(node: Node): string | undefined {
  if (node.kind !== 'action' || node.pipe.variables.length > 0 || node.pipe.commands.length !== 1)
    return undefined;
  const [operand, ...others] = node.pipe.commands[0] ?? [];
  return others.length === 0 && operand?.kind === 'field' && operand.path.length === 1
    ? operand.path[0]
    : undefined;
}

function fieldsIn(nodes: readonly Node[]): readonly string[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'action') return fieldsInPipe(node.pipe);
    if (node.kind === 'if' || node.kind === 'with' || node.kind === 'range') {
      return [...fieldsInPipe(node.pipe), ...fieldsIn(node.body), ...fieldsIn(node.otherwise)];
    }
    return [];
  });
}

function fieldsInPipe({ commands }: Pipe): readonly string[] {
  return commands.flat().flatMap((operand) => {
    if (operand.kind === 'field') return operand.path;
    return operand.kind === 'pipe' ? fieldsInPipe(operand.pipe) : [];
  });
}
