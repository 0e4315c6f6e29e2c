/** Template text to a tree. */
import { unsupported } from '../../query/query-error.js';
import type { Command, Node, Operand, Pipe } from './ast.js';
import { TemplateCursor } from './cursor.js';
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
  readonly #cursor: TemplateCursor;
  readonly #isFunction: (name: string) => boolean;
  readonly #variables = new Set(['$']);
  #depth = 0;
  #parentheses = 0;

  constructor(tokens: readonly TemplateToken[], isFunction: (name: string) => boolean) {
    this.#cursor = new TemplateCursor(tokens);
    this.#isFunction = isFunction;
  }

  /** Up to the `end` or `else` that belongs to something outside, or the end of the text. */
  parseList(): { readonly nodes: readonly Node[]; readonly end: '' | 'end' | 'else' } {
    if (++this.#depth > DEEPEST) throw new TemplateSyntaxError('too deeply nested');
    const nodes: Node[] = [];
    for (let token = this.#cursor.next(); token; token = this.#cursor.next()) {
      if (token.kind === 'text') {
        nodes.push(token);
        continue;
      }
      this.#cursor.skipSpace();
      const keyword = this.#cursor.peek()?.kind === 'word' ? (this.#cursor.peek() as TemplateToken).text : '';
      if (keyword === 'end' || keyword === 'else') {
        this.#cursor.next();
        if (keyword === 'end') this.#cursor.close('end');
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
      this.#cursor.next();
      return this.#parseBranch(keyword);
    }
    if (keyword === 'break' || keyword === 'continue') {
      this.#cursor.next();
      this.#cursor.close(keyword);
      return { kind: keyword };
    }
    const pipe = this.#parsePipe('command', false);
    this.#cursor.close('command');
    return { kind: 'action', pipe };
  }

  #parseBranch(kind: 'if' | 'with' | 'range'): Node {
    const pipe = this.#parsePipe(kind, kind === 'range');
    this.#cursor.close(kind);
    const { nodes: body, end } = this.parseList();
    if (end === '') throw new TemplateSyntaxError('unexpected EOF');
    return { kind, pipe, body, otherwise: end === 'end' ? [] : this.#parseElse(kind) };
  }

  #parseElse(kind: string): readonly Node[] {
    this.#cursor.skipSpace();
    const token = this.#cursor.peek();
    if (token?.kind === 'word' && (token.text === 'if' || token.text === 'with') && kind !== 'range') {
      this.#cursor.next();
      return [this.#parseBranch(token.text)];
    }
    this.#cursor.close('else');
    const { nodes, end } = this.parseList();
    if (end === '') throw new TemplateSyntaxError('unexpected EOF');
    if (end === 'else') throw new TemplateSyntaxError('expected end; found {{else}}');
    return nodes;
  }

  #parsePipe(context: string, isRange: boolean): Pipe {
    const declared = this.#cursor.declaration(isRange);
    const commands = [this.#parseCommand(context)];
    this.#cursor.skipSpace();
    while (this.#cursor.isSymbol('|')) {
      this.#cursor.next();
      this.#cursor.skipSpace();
      // A last bar before nothing is let pass, as in Go.
      if (this.#cursor.isEnd()) break;
      commands.push(this.#parseCommand(context));
      this.#cursor.skipSpace();
    }
    for (const name of declared.variables) this.#variables.add(name);
    return { ...declared, commands };
  }

  #parseCommand(context: string): Command {
    const operands: Operand[] = [];
    for (;;) {
      this.#cursor.skipSpace();
      const operand = this.#parseOperand();
      if (!operand) break;
      operands.push(operand);
      const next = this.#cursor.peek();
      if (
        next &&
        !['space', 'close'].includes(next.kind) &&
        !this.#cursor.isSymbol('|') &&
        !this.#cursor.isSymbol(')')
      ) {
        throw new TemplateSyntaxError(`unexpected "${next.text}" in operand`);
      }
    }
    if (operands.length === 0) {
      const found = this.#cursor.peek();
      if (this.#cursor.isSymbol(')') && this.#parentheses === 0)
        throw new TemplateSyntaxError('unexpected right paren');
      if (!found || this.#cursor.isEnd() || this.#cursor.isSymbol('|'))
        throw new TemplateSyntaxError(`missing value for ${context}`);
      throw new TemplateSyntaxError(`unexpected "${found.text}" in ${context}`);
    }
    return operands;
  }

  #parseOperand(): Operand | undefined {
    const token = this.#cursor.peek();
    switch (token?.kind) {
      case 'string':
      case 'number':
        this.#cursor.next();
        return { kind: 'literal', value: token.value };
      case 'field':
        return { kind: 'field', path: this.#cursor.path() };
      case 'variable':
        this.#cursor.next();
        if (!this.#variables.has(token.text))
          throw new TemplateSyntaxError(`undefined variable "${token.text}"`);
        return { kind: 'variable', name: token.text, path: this.#cursor.path() };
      case 'word':
        this.#cursor.next();
        return this.#parseWord(token.text);
      case 'symbol':
        if (token.text === '.') {
          this.#cursor.next();
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
    this.#cursor.next();
    if (++this.#depth > DEEPEST) throw new TemplateSyntaxError('too deeply nested');
    this.#parentheses++;
    this.#cursor.skipSpace();
    if (this.#cursor.peek()?.kind === 'close') throw new TemplateSyntaxError('unclosed left paren');
    const pipe = this.#parsePipe('parenthesized pipeline', false);
    this.#parentheses--;
    this.#cursor.skipSpace();
    if (!this.#cursor.isSymbol(')')) throw new TemplateSyntaxError('unclosed left paren');
    this.#cursor.next();
    this.#depth--;
    return { kind: 'pipe', pipe, path: this.#cursor.path() };
  }
}
