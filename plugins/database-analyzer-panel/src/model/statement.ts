/** What a statement carries in a trailing comment, in sqlcommenter's convention. */
export interface StatementComment {
  readonly route?: string;
  readonly traceparent?: string;
}

const COMMENTS = /\s*\/\*.*?\*\/\s*|\s*\/\*.*$/gs;

/** The statement without its comments, on one line. A comment that was cut off at the end goes, too. */
export function withoutComments(sql: string): string {
  return sql.replace(COMMENTS, ' ').replace(/\s+/g, ' ').trim();
}

/** Reads `/*route='..',traceparent='..'*\/`. */
export function readComment(sql: string): StatementComment {
  const comment = /\/\*(.*)$/s.exec(sql)?.[1];
  if (!comment) return {};
  const route = commentValue(comment, 'route');
  const traceparent = commentValue(comment, 'traceparent');
  return { ...(route && { route }), ...(traceparent && { traceparent }) };
}

function commentValue(comment: string, key: string): string | undefined {
  const value = new RegExp(`${key}='([^']*)'`).exec(comment)?.[1];
  if (value === undefined) return undefined;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Verb and table, enough to tell statements apart in a column: `INSERT INTO workflows`, `SELECT … FROM users`. */
export function shortStatement(sql: string): string {
  const text = withoutComments(sql);
  const write = /^(insert\s+into|update|delete\s+from)\s+(?:only\s+)?([\w."]+)/i.exec(text);
  if (write) return `${write[1]?.toUpperCase().replace(/\s+/, ' ')} ${write[2]?.replace(/"/g, '')}`;
  const select = /^(?:select|with)\b.*?\bfrom\s+([\w."]+)/i.exec(text);
  if (select) return `SELECT … FROM ${select[1]?.replace(/"/g, '')}`;
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The trace id within a W3C traceparent; `undefined` for anything else and for the all-zero id. */
export function traceIdOf(traceparent: string | undefined): string | undefined {
  const id = TRACEPARENT.exec(traceparent ?? '')?.[1];
  return id && !/^0+$/.test(id) ? id : undefined;
}
