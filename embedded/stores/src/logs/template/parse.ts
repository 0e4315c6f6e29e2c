/** Template text to a tree. */
import { unsupported } from '../../query/query-error.js';
import type { Command, Node, Operand, Pipe } from './ast.js';
import { lexTemplate, TemplateSyntaxError, type TemplateToken } from './lexer.js';

const DEEPEST = 50;
/** Of Go's templates; a log line needs none of them. */
const NOT_EVALUATED = new Set(['define', 'template', 'block']);

/**
 * @param isFunction whether a name is one
 * @throws {TemplateSyntaxError} in the engine's words; {QueryError} on what these stores do not evaluate
 */
export function parseTemplate(text: string, isFunction: (name: string) => boolean): readonly Node[] {
  const parser = new TemplateParser(lexTemplate(text), isFunction);
  const { nodes, end } = parser.parseList();
  if (end !== '') throw new TemplateSyntaxError(`unexpected {{${end}}}`);
  return nodes;
}

class TemplateParser {
  readonly #tokens: readonly TemplateToken[];
  readonly #isFunction: (name: string) => boolean;
  readonly #variables = new Set(['$']);
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly TemplateToken[], isFunction: (name: string) => boolean) {
    this.#tokens = tokens;
    this.#isFunction = isFunction;
  }

  /** Up to the `end` or `else` that belongs to something outside, or the end of the text. */
  parseList(): { readonly nodes: readonly Node[]; readonly end: '' | 'end' | 'else' } {
    if (++this.#depth > DEEPEST) throw new TemplateSyntaxError('too deeply nested');
    const nodes: Node[] = [];
    for (let token = this.#next(); token; token = this.#next()) {
      if (token.kind === 'text') {
        nodes.push(token);
        continue;
      }
      this.#skipSpace();
      const keyword = this.#peek()?.kind === 'word' ? (this.#peek() as TemplateToken).text : '';
      if (keyword === 'end' || keyword === 'else') {
        this.#next();
        if (keyword === 'end') this.#expectClose('end');
        this.#depth--;
        return { nodes, end: keyword };
      }
      nodes.push(this.#parseAction(keyword));
    }
    this.#depth--;
    return { nodes, end: '' };
  }

  #parseAction(keyword: string): Node {
    if (NOT_EVALUATED.has(keyword)) throw unsupported(`{{${keyword}}} in a template`, 'Loki');
    if (keyword === 'if' || keyword === 'with' || keyword === 'range') {
      this.#next();
      return this.#parseBranch(keyword);
    }
    if (keyword === 'break' || keyword === 'continue') {
      this.#next();
      this.#expectClose(keyword);
      return { kind: keyword };
    }
    const pipe = this.#parsePipe('command', false);
    this.#expectClose('command');
    return { kind: 'action', pipe };
  }

  #parseBranch(kind: 'if' | 'with' | 'range'): Node {
    const pipe = this.#parsePipe(kind, kind === 'range');
    this.#expectClose(kind);
    const { nodes: body, end } = this.parseList();
    if (end === '') throw new TemplateSyntaxError('unexpected EOF');
    return { kind, pipe, body, otherwise: end === 'end' ? [] : this.#parseElse(kind) };
  }

  #parseElse(kind: string): readonly Node[] {
    this.#skipSpace();
    const token = this.#peek();
    if (token?.kind === 'word' && (token.text === 'if' || token.text === 'with') && kind !== 'range') {
      this.#next();
      return [this.#parseBranch(token.text)];
    }
    this.#expectClose('else');
    const { nodes, end } = this.parseList();
    if (end === '') throw new TemplateSyntaxError('unexpected EOF');
    if (end === 'else') throw new TemplateSyntaxError('expected end; found {{else}}');
    return nodes;
  }

  #parsePipe(context: string, isRange: boolean): Pipe {
    const declared = this.#parseDeclaration(isRange);
    const commands = [this.#parseCommand(context)];
    this.#skipSpace();
    while (this.#isSymbol('|')) {
      this.#next();
      commands.push(this.#parseCommand(context));
      this.#skipSpace();
    }
    for (const name of declared.variables) this.#variables.add(name);
    return { ...declared, commands };
  }

  #parseDeclaration(isRange: boolean): Pick<Pipe, 'variables' | 'assigns'> {
    this.#skipSpace();
    const start = this.#at;
    const variables: string[] = [];
    while (this.#peek()?.kind === 'variable') {
      variables.push((this.#next() as TemplateToken).text);
      this.#skipSpace();
      if (this.#isSymbol(':=') || this.#isSymbol('=')) {
        const assigns = this.#next()?.text === '=';
        return { variables, assigns };
      }
      if (!isRange || !this.#isSymbol(',') || variables.length > 1) break;
      this.#next();
      this.#skipSpace();
    }
    this.#at = start;
    return { variables: [], assigns: false };
  }

  #parseCommand(context: string): Command {
    const operands: Operand[] = [];
    for (;;) {
      this.#skipSpace();
      const operand = this.#parseOperand();
      if (!operand) break;
      operands.push(operand);
      const next = this.#peek();
      if (next && !['space', 'close'].includes(next.kind) && !this.#isSymbol('|') && !this.#isSymbol(')')) {
        throw new TemplateSyntaxError(`unexpected "${next.text}" in operand`);
      }
    }
    if (operands.length === 0) {
      const found = this.#peek();
      const isEnd = !found || found.kind === 'close' || this.#isSymbol('|') || this.#isSymbol(')');
      if (isEnd) throw new TemplateSyntaxError(`missing value for ${context}`);
      throw new TemplateSyntaxError(`unexpected "${found.text}" in ${context}`);
    }
    return operands;
  }

  #parseOperand(): Operand | undefined {
    const token = this.#peek();
    switch (token?.kind) {
      case 'string':
      case 'number':
        this.#next();
        return { kind: 'literal', value: token.value };
      case 'field':
        return { kind: 'field', path: this.#parsePath() };
      case 'variable':
        this.#next();
        if (!this.#variables.has(token.text))
          throw new TemplateSyntaxError(`undefined variable "${token.text}"`);
        return { kind: 'variable', name: token.text, path: this.#parsePath() };
      case 'word':
        this.#next();
        return this.#parseWord(token.text);
      case 'symbol':
        if (token.text === '.') {
          this.#next();
          return { kind: 'dot' };
        }
        return token.text === '(' ? this.#parseParentheses() : undefined;
      default:
        return undefined;
    }
  }

  #parseWord(name: string): Operand {
    if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true' };
    if (name === 'nil') return { kind: 'nil' };
    if (!this.#isFunction(name)) throw new TemplateSyntaxError(`function "${name}" not defined`);
    return { kind: 'function', name };
  }

  #parseParentheses(): Operand {
    this.#next();
    if (++this.#depth > DEEPEST) throw new TemplateSyntaxError('too deeply nested');
    const pipe = this.#parsePipe('parenthesized pipeline', false);
    this.#skipSpace();
    if (!this.#isSymbol(')')) throw new TemplateSyntaxError('unclosed left paren');
    this.#next();
    this.#depth--;
    return { kind: 'pipe', pipe, path: this.#parsePath() };
  }

  #parsePath(): readonly string[] {
    const path: string[] = [];
    while (this.#peek()?.kind === 'field') path.push((this.#next() as TemplateToken).text.slice(1));
    return path;
  }

  #expectClose(context: string): void {
    this.#skipSpace();
    const token = this.#next();
    if (token?.kind === 'close') return;
    if (token?.text === ')') throw new TemplateSyntaxError('unexpected right paren');
    throw new TemplateSyntaxError(token ? `unexpected "${token.text}" in ${context}` : 'unclosed action');
  }

  #isSymbol(text: string): boolean {
    const token = this.#peek();
    return token?.kind === 'symbol' && token.text === text;
  }

  #skipSpace(): void {
    while (this.#peek()?.kind === 'space') this.#at++;
  }

  #peek(): TemplateToken | undefined {
    return this.#tokens[this.#at];
  }

  #next(): TemplateToken | undefined {
    return this.#tokens[this.#at++];
  }
}
