import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogCollector, type LogStream } from './log-collector.js';
import type { Verdict } from './trace-collector.js';

const API: LogStream = { category: 'app', name: 'winston', resource: { 'service.name': 'api' } };
const SESSIONS: LogStream = {
  category: 'session_snapshot',
  name: 'sampler',
  resource: { op: 'session_snapshot' },
};

function collector(verdicts: Map<string, Verdict>) {
  const lines: string[] = [];
  const logs = new LogCollector({
    verdict: (traceId) => verdicts.get(traceId) ?? 'open',
    onBytes: (bytes) => lines.push(new TextDecoder().decode(bytes)),
  });
  const bodies = () =>
    lines.flatMap((line) =>
      JSON.parse(line).resourceLogs.flatMap(
        (resource: { scopeLogs: [{ logRecords: { body: { stringValue: string } }[] }] }) =>
          resource.scopeLogs[0].logRecords.map((record) => record.body.stringValue),
      ),
    );
  return { logs, lines, bodies };
}

test('a line waits for its trace, and later lines wait behind it', () => {
  const verdicts = new Map<string, Verdict>([['b', 'exported']]);
  const { logs, bodies } = collector(verdicts);
  logs.add({ stream: API, timeUs: 1, level: 'info', text: 'first', traceId: 'a', spanId: '1' });
  logs.add({ stream: API, timeUs: 2, level: 'info', text: 'second', traceId: 'b', spanId: '2' });
  logs.settle();
  assert.equal(logs.counts.app, 0);
  verdicts.set('a', 'exported');
  logs.settle();
  logs.flush();
  assert.deepEqual(bodies(), ['first', 'second']);
});

test('lines of traces that were dropped or never finished are left out', () => {
  const { logs, bodies } = collector(new Map([['gone', 'dropped']]));
  logs.add({ stream: API, timeUs: 1, text: 'dropped', traceId: 'gone', spanId: '1' });
  logs.add({ stream: API, timeUs: 2, text: 'open', traceId: 'open', spanId: '1' });
  logs.add({ stream: SESSIONS, timeUs: 3, text: 'pid=7 state="idle"' });
  logs.settle();
  logs.flush();
  assert.deepEqual(bodies(), ['pid=7 state="idle"']);
  assert.deepEqual(logs.counts, { app: 0, session_snapshot: 1 });
});

test('a record carries time, severity and the ids of its span', () => {
  const { logs, lines } = collector(new Map([['a'.repeat(32), 'exported']]));
  logs.add({
    stream: API,
    timeUs: 1_700_000_000_000_123,
    level: 'error',
    text: '{"a":"ü\\n"}',
    traceId: 'a'.repeat(32),
    spanId: 'b'.repeat(16),
  });
  logs.flush();
  const [record] = JSON.parse(lines.join('')).resourceLogs[0].scopeLogs[0].logRecords;
  assert.deepEqual(record, {
    timeUnixNano: '1700000000000123000',
    observedTimeUnixNano: '1700000000000123000',
    severityNumber: 17,
    severityText: 'error',
    body: { stringValue: '{"a":"ü\\n"}' },
    traceId: 'a'.repeat(32),
    spanId: 'b'.repeat(16),
  });
});
