export interface Part {
  readonly text: string;
  readonly isMarked: boolean;
}

/** Cuts a text at the words to mark, whatever their case; the parts put together are the text. */
export function markedParts(text: string, words: readonly string[]): readonly Part[] {
  const known = words
    .filter((word) => word !== '')
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (known.length === 0) return text === '' ? [] : [{ text, isMarked: false }];
  return text
    .split(new RegExp(`(${known.join('|')})`, 'gi'))
    .map((part, index) => ({ text: part, isMarked: index % 2 === 1 }))
    .filter((part) => part.text !== '');
}
