import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DetailOptions, detailOf } from './detail';
import { longestGap } from './history';
import { type OpenTransaction, traceLanes } from './open-transactions';
import { resolveSelection } from './selection';
import { readSnapshot, type Snapshot } from './snapshot';
import logs from './testdata/loki-snapshot.json';
import tempo from './testdata/tempo-trace.json';
import { readTrace, type Trace } from './trace';
import { traceTransactions } from './trace-transaction';

const { sessions, timeMs } = readSnapshot(logs, 5000) as Snapshot;
const trace = readTrace(tempo) as Trace;
const session = sessions.find((one) => one.pid === 1859) as OpenTransaction;

function detail(options: Partial<DetailOptions> = {}) {
  return detailOf({ session, timeMs, trace, showFuture: true, attributeGaps: false, ...options });
}

test('recorded by Grafana 10.4 from Tempo: the transactions of the trace, by connection', () => {
  assert.deepEqual(
    traceTransactions(trace).map((one) => one.pid),
    [1859, 1669],
  );
});

test('the history is BEGIN, statements, the gap as a line of its own, statements, COMMIT', () => {
  const { history, source, open } = detail();
  assert.equal(source, 'trace');
  assert.equal(open, true);
  assert.deepEqual(
    history.rows.map((row) => (row.kind === 'statement' ? row.text.split(' ')[0] : row.kind)),
    ['BEGIN', 'INSERT', 'INSERT', 'gap', 'UPDATE', 'COMMIT'],
  );
});

test('the gap is measured between two statements', () => {
  const { history } = detail();
  const gap = longestGap(history);
  assert.ok(gap?.endMs);
  assert.equal(((gap.endMs - gap.startMs) / 1000).toFixed(1), '23.6');
  assert.ok(history.idleS <= history.wholeS && history.idleS > 0.99 * history.wholeS);
});

test('without conclusions spans of others are counted and have no name', () => {
  const { spans, attribution } = detail();
  assert.equal(attribution, undefined);
  const others = spans.filter((bar) => bar.kind === 'others');
  assert.deepEqual(
    others.map((bar) => [bar.name, bar.count]),
    [['', 3]],
  );
  assert.deepEqual(
    spans.filter((bar) => bar.kind !== 'others').map((bar) => bar.name),
    ['POST /api/workflows/import', 'pool.connect', 'transaction'],
  );
});

test('with conclusions the gap is attributed to the call that covers it', () => {
  const { attribution, spans, history } = detail({ attributeGaps: true });
  assert.equal(attribution?.span.kind, 'client');
  assert.ok((attribution?.overlapS ?? 0) > 0.95 * history.idleS);
  assert.ok(spans.some((bar) => bar.kind === 'named' && bar.name === attribution?.span.name));
});

test('when the future is not shown, nothing from after the instant is', () => {
  const { history, spans, toMs } = detail({ showFuture: false });
  assert.deepEqual(
    history.rows.map((row) => (row.kind === 'statement' ? row.text.split(' ')[0] : row.kind)),
    ['BEGIN', 'INSERT', 'INSERT', 'gap'],
  );
  assert.deepEqual(history.rows.at(-1), { ...history.rows.at(-1), kind: 'gap', endMs: undefined });
  assert.ok(spans.every((bar) => bar.startMs <= timeMs));
  assert.ok(toMs - timeMs < 1000);
});

test('without a trace snapshots tell BEGIN and the last statement, and say what is not known', () => {
  const { history, source, spans } = detail({ trace: undefined });
  assert.equal(source, 'snapshot');
  assert.deepEqual(
    history.rows.map((row) => row.kind),
    ['statement', 'unknown', 'statement', 'gap'],
  );
  const [begin, , last] = history.rows;
  assert.equal(begin?.kind === 'statement' && begin.endMs, undefined);
  assert.ok(last?.kind === 'statement' && last.endMs !== undefined && last.text.startsWith('INSERT'));
  assert.equal(history.idleS.toFixed(2), '19.66');
  assert.deepEqual(spans, []);
});

test('a statement that is its whole transaction runs from its start until now', () => {
  const single = sessions.find((one) => one.application === 'reporting' && one.leaderPid === undefined);
  const { history } = detail({ session: single as OpenTransaction, trace: undefined });
  assert.equal(history.rows.length, 1);
  const [row] = history.rows;
  assert.equal(row?.kind === 'statement' && row.endMs, timeMs);
});

test('a trace that does not have the transaction is as good as none', () => {
  const later = { ...session, transactionStartMs: session.transactionStartMs + 60_000 };
  assert.equal(detail({ session: later }).source, 'snapshot');
});

test('what ended between two snapshots is known until it was last seen', () => {
  const seenMs = timeMs;
  const { history, open, toMs } = detail({ trace: undefined, timeMs: timeMs + 5000, seenMs });
  assert.equal(open, false);
  assert.equal(history.endMs, undefined);
  assert.equal(history.wholeS, session.transactionAgeS);
  assert.ok(toMs >= timeMs + 5000);
});

test('the end of what ended between two snapshots is in its trace', () => {
  const later = timeMs + 30_000;
  const { history, open } = detail({ timeMs: later, seenMs: later - 5000 });
  assert.equal(open, false);
  assert.ok(history.endMs !== undefined && history.endMs < later);
});

const AROUND = {
  ended: undefined,
  beforeMs: 30_000,
  afterMs: 6000,
  traceOf: (id: string) => (id === trace.traceId ? trace : undefined),
};

test('a selection holds while its transaction is open or its trace says that it just ended', () => {
  const lanes = [] as const;
  const selected = session;
  assert.equal(resolveSelection({ selected, sessions, lanes, timeMs, ...AROUND })?.pid, 1859);
  const soon = { selected, sessions: [], lanes, timeMs: timeMs + 10_000, ...AROUND };
  assert.equal(resolveSelection(soon), session);
  assert.equal(resolveSelection({ ...soon, timeMs: timeMs + 60_000 }), undefined);
  assert.equal(resolveSelection({ ...soon, traceOf: () => undefined }), undefined);
});

test('a selection that has just ended is found as it was when last seen, without its trace too', () => {
  const ended = { seenMs: timeMs, lanes: traceLanes(sessions, { minAgeS: 1, application: 'api' }) };
  const gone = { selected: { ...session }, sessions: [], lanes: [], timeMs: timeMs + 5000, ...AROUND };
  assert.equal(resolveSelection({ ...gone, traceOf: () => undefined, ended }), session);
});

test('tags are read from JSON text, too, and a frame without spans is no trace', () => {
  const [frame] = tempo;
  const fields = frame?.fields.map((field) =>
    field.name === 'tags' ? { ...field, values: field.values.map((value) => JSON.stringify(value)) } : field,
  );
  const again = readTrace([{ length: frame?.length ?? 0, fields: fields ?? [] }]);
  assert.equal(again && traceTransactions(again).length, 2);
  assert.equal(readTrace([]), undefined);
  assert.equal(
    readTrace([{ length: 0, fields: [{ name: 'spanID', type: 'string', values: [] }] }]),
    undefined,
  );
});
