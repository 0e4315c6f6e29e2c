/** Runs a template's tree. */
import type { Command, Node, Operand, Pipe } from './ast.js';
import { FUNCTIONS } from './functions.js';
import { isTrue, LabelSource, print, TemplateError, type Value } from './values.js';

type Branch = Extract<Node, { readonly pipe: Pipe; readonly body: readonly Node[] }>;

export interface Context {
  /** Of the line and its time, which differ from line to line. */
  readonly functions: Readonly<Record<string, () => Value>>;
}

/** What `{{range}}` may come to for one line. */
const ROUNDS_MAX = 10_000;

class LoopExit extends Error {
  readonly kind: 'break' | 'continue';

  constructor(kind: 'break' | 'continue') {
    super(kind);
    this.kind = kind;
  }
}

export class Execution {
  readonly #context: Context;
  readonly #variables: (readonly [name: string, value: Value])[] = [];
  #rounds = 0;

  constructor(context: Context, data: Value) {
    this.#context = context;
    this.#variables.push(['$', data]);
  }

  /** @throws {TemplateError} */
  run(nodes: readonly Node[], dot: Value): string {
    let text = '';
    for (const node of nodes) {
      if (node.kind === 'text') text += node.text;
      else if (node.kind === 'action') {
        const value = this.#pipe(node.pipe, dot);
        if (node.pipe.variables.length === 0) text += print(value);
      } else if (isBranch(node)) text += this.#branch(node, dot);
      else throw new LoopExit(node.kind);
    }
    return text;
  }

  #branch(node: Branch, dot: Value): string {
    const mark = this.#variables.length;
    if (node.kind === 'range') return this.#range(node, dot);
    const value = this.#pipe(node.pipe, dot);
    const inner = node.kind === 'with' ? value : dot;
    const text = isTrue(value) ? this.run(node.body, inner) : this.run(node.otherwise, dot);
    this.#variables.length = mark;
    return text;
  }

  #range(node: Branch, dot: Value): string {
    const mark = this.#variables.length;
    const entries = entriesOf(this.#pipe({ ...node.pipe, variables: [] }, dot));
    if (entries.length === 0) return this.run(node.otherwise, dot);
    let text = '';
    for (const [key, value] of entries) {
      if (++this.#rounds > ROUNDS_MAX) throw new TemplateError('range goes through too much');
      this.#variables.length = mark;
      const [first, second] = node.pipe.variables;
      if (first !== undefined) this.#variables.push([first, second === undefined ? value : key]);
      if (second !== undefined) this.#variables.push([second, value]);
      try {
        text += this.run(node.body, value);
      } catch (error) {
        if (!(error instanceof LoopExit)) throw error;
        if (error.kind === 'break') break;
      }
    }
    this.#variables.length = mark;
    return text;
  }

  #pipe({ variables, assigns, commands }: Pipe, dot: Value): Value {
    let value: Value;
    for (const [index, command] of commands.entries()) {
      value = this.#command(command, dot, index === 0 ? [] : [value]);
    }
    for (const name of variables) {
      if (!assigns) this.#variables.push([name, value]);
      else this.#variables[this.#variables.findLastIndex(([other]) => other === name)] = [name, value];
    }
    return value;
  }

  #command(command: Command, dot: Value, piped: readonly Value[]): Value {
    const [first, ...rest] = command as [Operand, ...Operand[]];
    if (first.kind === 'function') return this.#call(first.name, [...rest, ...piped.map(toLiteral)], dot);
    if (rest.length + piped.length > 0) throw new TemplateError(`can't give argument to non-function`);
    return this.#operand(first, dot);
  }

  #call(name: string, operands: readonly Operand[], dot: Value): Value {
    // These two look at no more than they need.
    if (name === 'and' || name === 'or') {
      let value: Value;
      for (const operand of operands) {
        value = this.#operand(operand, dot);
        if (isTrue(value) === (name === 'or')) return value;
      }
      return value;
    }
    const own = this.#context.functions[name];
    if (own) return own();
    const definition = FUNCTIONS.get(name);
    if (!definition) throw new TemplateError(`function "${name}" not defined`);
    const values = operands.map((operand) => this.#operand(operand, dot));
    const [fewest, most = fewest] = definition.arguments;
    if (values.length < fewest || values.length > most) {
      throw new TemplateError(`wrong number of args for ${name}: want ${fewest} got ${values.length}`);
    }
    return definition.call(values);
  }

  #operand(operand: Operand, dot: Value): Value {
    switch (operand.kind) {
      case 'dot':
        return dot;
      case 'nil':
        return undefined;
      case 'literal':
        return operand.value;
      case 'field':
        return follow(dot, operand.path);
      case 'variable': {
        const [, value] = this.#variables.findLast(([name]) => name === operand.name) ?? [];
        return follow(value, operand.path);
      }
      case 'function':
        return this.#call(operand.name, [], dot);
      case 'pipe':
        return follow(this.#pipe(operand.pipe, dot), operand.path);
    }
  }
}

function isBranch(node: Node): node is Branch {
  return node.kind === 'if' || node.kind === 'with' || node.kind === 'range';
}

function toLiteral(value: Value): Operand {
  return { kind: 'literal', value };
}

function follow(start: Value, path: readonly string[]): Value {
  let value = start;
  for (const name of path) {
    if (value instanceof LabelSource) value = value.get(name) ?? '';
    else if (typeof value === 'object' && !Array.isArray(value) && isRecord(value)) {
      value = Object.hasOwn(value, name) ? value[name] : undefined;
    } else
      throw new TemplateError(
        `can't evaluate field ${name} in type ${value === undefined ? 'nil' : typeof value}`,
      );
  }
  return value;
}

function isRecord(value: object): value is Readonly<Record<string, Value>> {
  return Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null;
}

function entriesOf(value: Value): readonly (readonly [key: Value, value: Value])[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.map((each, index) => [index, each] as const);
  if (typeof value === 'number') {
    return Array.from({ length: Math.min(value, ROUNDS_MAX + 1) }, (_, index) => [index, index] as const);
  }
  const entries =
    value instanceof LabelSource
      ? [...value.all()]
      : typeof value === 'object' && isRecord(value)
        ? Object.entries(value)
        : undefined;
  if (!entries) throw new TemplateError(`range can't iterate over ${print(value)}`);
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}
