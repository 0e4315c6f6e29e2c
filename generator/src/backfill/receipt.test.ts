import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askUntilExact, formatReceipt, type ReceiptRow } from './receipt.js';

function row(found: number, detail = false): ReceiptRow {
  return { store: 'Loki', what: detail ? 'lines of {a="b"}' : 'lines', expected: 1200, found, detail };
}

test('a store that lags is asked again until it is exact', async () => {
  const answers = [[row(0)], [row(7)], [row(1200)], [row(9)]];
  let asked = 0;
  const pauses: number[] = [];
  const rows = await askUntilExact(
    async () => answers[asked++] as ReceiptRow[],
    { total_ms: 60_000, pause_ms: 5 },
    async (ms) => pauses.push(ms),
  );
  assert.deepEqual(rows, [row(1200)]);
  assert.deepEqual(pauses, [5, 5]);
});

test('a store that never is exact is believed in the end', async () => {
  const rows = await askUntilExact(
    async () => [row(7)],
    { total_ms: 0, pause_ms: 1 },
    async () => {},
  );
  assert.deepEqual(rows, [row(7)]);
});

test('the table of a complete load has the sums only, and says ready', () => {
  const text = formatReceipt({ run: 'abc', ready: true, rows: [row(1200), row(1200, true)] });
  assert.equal(
    text,
    [
      'store  what   in the files  in the store',
      'Loki   lines         1,200         1,200  exact',
      '',
      'ready: run abc is in all three stores',
    ].join('\n'),
  );
});

test('what is short or over is shown in detail', () => {
  const text = formatReceipt({ run: 'abc', ready: false, rows: [row(1000), row(1000, true), row(1201)] });
  assert.match(text, /lines +1,200 +1,000 {2}SHORT by 200\n/);
  assert.match(text, /lines of \{a="b"\} +1,200 +1,000 {2}SHORT by 200\n/);
  assert.match(text, /1,201 {2}OVER by 1\n/);
  assert.match(text, /\nNOT ready: run abc did not arrive as it was sent$/);
});
