/** Text broken into lines without a browser: widths are estimated, so that they are the same on every machine. */

const NARROW = /[iljtfrI.,:;'|!()· -]/;
const WIDE = /[mwMWGOQ@%]/;

/** How much wider a text is in bold. */
export const BOLD = 1.08;

/** Roughly the width of a text in the interface's font, px; a little more rather than less. */
export function textWidth(text: string, fontSize: number): number {
  let em = 0;
  for (const letter of text) em += NARROW.test(letter) ? 0.31 : WIDE.test(letter) ? 0.86 : 0.575;
  return em * fontSize;
}

/** Breaks after spaces, hyphens, dots and underscores; what is still too long is cut with an ellipsis. */
export function wrapText(text: string, width: number, fontSize: number, lines = 2): string[] {
  const parts = text.match(/[^\s\-._]*[\s\-._]*/g)?.filter((part) => part !== '') ?? [];
  const wrapped: string[] = [];
  for (const part of parts) {
    const last = wrapped.at(-1);
    if (last !== undefined && textWidth((last + part).trimEnd(), fontSize) <= width)
      wrapped[wrapped.length - 1] = last + part;
    else wrapped.push(part);
  }
  const kept =
    wrapped.length > lines ? [...wrapped.slice(0, lines - 1), wrapped.slice(lines - 1).join('')] : wrapped;
  return kept.map((line) => cut(line.trim(), width, fontSize));
}

function cut(text: string, width: number, fontSize: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  let end = text.length;
  while (end > 1 && textWidth(`${text.slice(0, end)}…`, fontSize) > width) end--;
  return `${text.slice(0, end)}…`;
}
