/** Places in the source: what an address, a span's attributes or a stack frame say of file and line. */

export interface Place {
  /** From the service's folder on: `src/api/server.ts`. */
  readonly file: string;
  /** From 1 on. */
  readonly line: number | undefined;
}

/** @param search of an address, such as `?file=src/main.ts&line=3` */
export function placeOf(search: string): Place | undefined {
  const parameters = new URLSearchParams(search);
  const file = parameters.get('file');
  if (!file) return undefined;
  const line = Number(parameters.get('line') ?? Number.NaN);
  return { file: file.replace(/^\/+/, ''), line: Number.isInteger(line) && line > 0 ? line : undefined };
}

/** The address of a place. */
export function sourceUrl({ file, line }: Place): string {
  const parameters = new URLSearchParams({ file });
  if (line !== undefined) parameters.set('line', String(line));
  return `/source?${parameters}`;
}

/** A piece of text, with the place that it names if it does. */
export interface Piece {
  readonly text: string;
  readonly place?: Place;
}

/** `src/lib/database/pool.ts:126:22`, as stack frames and log lines write it. */
const FRAME = /\bsrc\/[\w./-]+\.tsx?(?::(\d+)(?::\d+)?)?/g;

/** Cuts a text at the places that it names; the pieces put together are the text. */
export function findPlaces(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(FRAME)) {
    const [name, line] = match;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    const file = name.replace(/(?::\d+)+$/, '');
    pieces.push({ text: name, place: { file, line: line === undefined ? undefined : Number(line) } });
    from = match.index + name.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}
