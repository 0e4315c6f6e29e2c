/** What a statement's comment says in the sqlcommenter convention: `/*key='value',key='value'*\/` at its end. */
export interface StatementComment {
  readonly route: string | undefined;
  /** As in W3C trace context: version, trace id, span id, flags. */
  readonly traceparent: string | undefined;
}

const NOTHING: StatementComment = { route: undefined, traceparent: undefined };
const ROUTE = /(?:\/\*|,)\s*route='([^']*)'/;
const TRACEPARENT = /(?:\/\*|,)\s*traceparent='([^']*)'/;

/** Where the comment that ends the statement begins; the text's length when there is none. */
export function commentStart(text: string): number {
  if (!text.endsWith('*/')) return text.length;
  const at = text.lastIndexOf('/*');
  return at < 0 ? text.length : at;
}

export function readComment(text: string): StatementComment {
  const start = commentStart(text);
  if (start === text.length) return NOTHING;
  const comment = text.slice(start);
  return { route: decoded(ROUTE.exec(comment)?.[1]), traceparent: decoded(TRACEPARENT.exec(comment)?.[1]) };
}

function decoded(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
