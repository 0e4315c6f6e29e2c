/**
 * Reads one logfmt line: `key=value key="quoted \"value\"" flag`. Later keys win; a key without a value is empty.
 * Never throws: text that is not logfmt comes out as keys that nobody asks for.
 */
export function parseLogfmt(line: string): Readonly<Record<string, string>> {
  const fields: Record<string, string> = {};
  let at = 0;
  while (at < line.length) {
    while (line.charCodeAt(at) <= 32) at++;
    const keyStart = at;
    while (at < line.length && line[at] !== '=' && line.charCodeAt(at) > 32) at++;
    const key = line.slice(keyStart, at);
    if (line[at] !== '=') {
      if (key) fields[key] = '';
      continue;
    }
    at++;
    if (line[at] === '"') {
      const end = closingQuote(line, at + 1);
      fields[key] = unescapeQuotes(line.slice(at + 1, end));
      at = end + 1;
    } else {
      const valueStart = at;
      while (at < line.length && line.charCodeAt(at) > 32) at++;
      fields[key] = line.slice(valueStart, at);
    }
  }
  return fields;
}

function closingQuote(line: string, from: number): number {
  let at = from;
  while (at < line.length && line[at] !== '"') at += line[at] === '\\' ? 2 : 1;
  return Math.min(at, line.length);
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

function unescapeQuotes(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(u[0-9a-fA-F]{4}|.)/gs, (_, sequence: string) =>
    sequence.length > 1
      ? String.fromCharCode(Number.parseInt(sequence.slice(1), 16))
      : (ESCAPES[sequence] ?? sequence),
  );
}
