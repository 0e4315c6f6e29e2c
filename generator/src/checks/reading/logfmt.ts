/** Reads logfmt lines (`state="idle in transaction" pid=42`), the format of database session lines. */

/** All fields of a line. Values may be bare or quoted with backslash escapes; a key without value is empty. */
export function parseLogfmt(line: string): Map<string, string> {
  const fields = new Map<string, string>();
  let at = 0;
  while (at < line.length) {
    if (line[at] === ' ') {
      at++;
      continue;
    }
    const equals = line.indexOf('=', at);
    if (equals < 0) break;
    const key = line.slice(at, equals);
    at = equals + 1;
    if (line[at] === '"') {
      const end = closingQuote(line, at + 1);
      const text = line.slice(at + 1, end);
      fields.set(key, text.includes('\\') ? text.replace(/\\(.)/g, '$1') : text);
      at = end + 1;
    } else {
      const space = line.indexOf(' ', at);
      const end = space < 0 ? line.length : space;
      fields.set(key, line.slice(at, end));
      at = end;
    }
  }
  return fields;
}

function closingQuote(line: string, from: number): number {
  for (let at = line.indexOf('"', from); at >= 0; at = line.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (line[at - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return at;
  }
  return line.length;
}
