/** The proof that a load arrived: what the files hold beside what the stores answer, equal or not. */

export interface ReceiptRow {
  readonly store: string;
  readonly what: string;
  readonly expected: number;
  /** A number, or why there is none. */
  readonly found: number | string;
  /** Whether the row is printed when it is right, too; details are printed only when they are not. */
  readonly detail: boolean;
}

export interface Receipt {
  /** Whether every row is exact. */
  readonly ready: boolean;
  readonly run: string;
  readonly rows: readonly ReceiptRow[];
}

export function isExact({ expected, found }: ReceiptRow): boolean {
  return expected === found;
}

/** How long a store may lag behind what it has accepted, and how often it is asked meanwhile. */
export interface Lag {
  readonly total_ms: number;
  readonly pause_ms: number;
}

export const DEFAULT_LAG: Lag = { total_ms: 120_000, pause_ms: 1000 };

/**
 * Asks until all rows are exact or the time is over, and gives back the last answer.
 * @param pause waits for so many ms
 */
export async function askUntilExact(
  ask: () => Promise<readonly ReceiptRow[]>,
  { total_ms, pause_ms }: Lag,
  pause: (ms: number) => Promise<unknown>,
): Promise<readonly ReceiptRow[]> {
  const start = performance.now();
  for (;;) {
    const rows = await ask();
    if (rows.every(isExact) || performance.now() - start + pause_ms > total_ms) return rows;
    await pause(pause_ms);
  }
}

/** The receipt as a table: every summary, and those details that are not exact. */
export function formatReceipt({ run, ready, rows }: Receipt): string {
  const shown = rows.filter((row) => !row.detail || !isExact(row));
  const cells = shown.map((row) => [
    row.store,
    row.what,
    count(row.expected),
    typeof row.found === 'number' ? count(row.found) : row.found,
    verdict(row),
  ]);
  const header = ['store', 'what', 'in the files', 'in the store', ''];
  const widths = header.map((title, column) =>
    Math.max(title.length, ...cells.map((cell) => cell[column]?.length ?? 0)),
  );
  const line = (cell: readonly string[]) =>
    cell
      .map((text, column) =>
        column === 2 || column === 3 ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const end = ready
    ? `ready: run ${run} is in all three stores`
    : `NOT ready: run ${run} did not arrive as it was sent`;
  return [line(header), ...cells.map(line), '', end].join('\n');
}

function verdict({ expected, found }: ReceiptRow): string {
  if (found === expected) return 'exact';
  if (typeof found === 'string') return 'UNKNOWN';
  return found < expected ? `SHORT by ${count(expected - found)}` : `OVER by ${count(found - expected)}`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
