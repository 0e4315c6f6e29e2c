/** Search over all files: as people type it, without regard to case, each line once. */

export interface Hit {
  readonly file: string;
  /** From 1 on. */
  readonly line: number;
  readonly text: string;
  /** Where the words begin in the line. */
  readonly from: number;
}

export interface Found {
  readonly hits: readonly Hit[];
  /** Whether there are more than are given. */
  readonly more: boolean;
}

/**
 * @param texts of all files, by path
 * @param words what to find; surrounding white space does not count
 * @param limit how many lines are given at most
 */
export function searchFiles(texts: ReadonlyMap<string, string>, words: string, limit = 200): Found {
  const wanted = words.trim().toLowerCase();
  const hits: Hit[] = [];
  if (wanted === '') return { hits, more: false };
  for (const [file, text] of texts) {
    for (const [index, line] of text.split('\n').entries()) {
      const from = line.toLowerCase().indexOf(wanted);
      if (from < 0) continue;
      if (hits.length === limit) return { hits, more: true };
      hits.push({ file, line: index + 1, text: line, from });
    }
  }
  return { hits, more: false };
}
