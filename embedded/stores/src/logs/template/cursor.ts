/** Steps through the tokens of a template. */
import type { Pipe } from './ast.js';
import { TemplateSyntaxError, type TemplateToken } from './lexer.js';

export class TemplateCursor {
  readonly #tokens: readonly TemplateToken[];
  #at = 0;

  constructor(tokens: readonly TemplateToken[]) {
    this.#tokens = tokens;
  }

  peek(): TemplateToken | undefined {
    return this.#tokens[this.#at];
  }

  next(): TemplateToken | undefined {
    return this.#tokens[this.#at++];
  }

  skipSpace(): void {
    while (this.peek()?.kind === 'space') this.#at++;
  }

  isSymbol(text: string): boolean {
    const token = this.peek();
    return token?.kind === 'symbol' && token.text === text;
  }

  /** Nothing more belongs to the pipeline. */
  isEnd(): boolean {
    const token = this.peek();
    return !token || token.kind === 'close' || this.isSymbol(')');
  }

  /** `$x :=`, `$x =`, and in a range `$i, $x :=`; nothing is read where there is none. */
  declaration(isRange: boolean): Pick<Pipe, 'variables' | 'assigns'> {
    this.skipSpace();
    const start = this.#at;
    const variables: string[] = [];
    while (this.peek()?.kind === 'variable') {
      variables.push((this.next() as TemplateToken).text);
      this.skipSpace();
      if (this.isSymbol(':=') || this.isSymbol('=')) {
        const assigns = this.next()?.text === '=';
        return { variables, assigns };
      }
      if (!isRange || !this.isSymbol(',') || variables.length > 1) break;
      this.next();
      this.skipSpace();
    }
    this.#at = start;
    return { variables: [], assigns: false };
  }

  /** `.a.b`, as far as it goes. */
  path(): readonly string[] {
    const path: string[] = [];
    while (this.peek()?.kind === 'field') path.push((this.next() as TemplateToken).text.slice(1));
    return path;
  }

  /** @param context of what is closed @throws {TemplateSyntaxError} */
  close(context: string): void {
    this.skipSpace();
    const token = this.next();
    if (token?.kind === 'close') return;
    if (token?.text === ')') throw new TemplateSyntaxError('unexpected right paren');
    throw new TemplateSyntaxError(token ? `unexpected "${token.text}" in ${context}` : 'unclosed action');
  }
}
