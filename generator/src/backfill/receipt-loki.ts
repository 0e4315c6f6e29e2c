/** What Loki holds of a run: the lines of each stream. */
import type { HttpClient } from '../sinks/http.js';
import type { ExpectedLogs } from './expectation.js';
import type { ReceiptRow } from './receipt.js';
import type { Run } from './run.js';

interface VectorAnswer {
  readonly data: { readonly result: readonly { readonly value: readonly [number, string] }[] };
}

export async function askLoki(
  client: HttpClient,
  run: Run,
  { lines }: ExpectedLogs,
): Promise<readonly ReceiptRow[]> {
  const details: ReceiptRow[] = [];
  for (const [selector, expected] of lines) {
    const found = await countLines(client, run, selector);
    details.push({ store: 'Loki', what: `lines of ${selector}`, expected, found, detail: true });
  }
  const { app, session_snapshot } = run.manifest.counts.log_lines;
  const found = details.reduce((sum, row) => sum + Number(row.found), 0);
  return [
    { store: 'Loki', what: 'lines', expected: app + session_snapshot, found, detail: false },
    ...details,
  ];
}

async function countLines(client: HttpClient, run: Run, selector: string): Promise<number> {
  // Ranges leave their left end out.
  const range_ms = run.end_ms - run.start_ms + 1;
  const { data } = await client.getJson<VectorAnswer>('/loki/api/v1/query', {
    query: `sum(count_over_time(${selector}[${range_ms}ms]))`,
    time: `${run.end_ms}000000`,
  });
  return Number(data.result[0]?.value[1] ?? 0);
}
