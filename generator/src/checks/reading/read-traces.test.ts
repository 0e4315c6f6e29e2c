import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { writeModelRun } from '../../../test/checks/model-run.js';
import { attributeText, readLines, type TraceBatch } from '../../telemetry/run-files.js';
import { tracesOf } from './read-traces.js';

const START_MS = Date.UTC(2026, 2, 2, 9);

/** The same by `JSON.parse`. */
function spansOf(batch: TraceBatch) {
  return batch.resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map(({ attributes, ...span }) => ({
        traceId: span.traceId,
        spanId: span.spanId,
        parentId: span.parentSpanId ?? '',
        name: span.name,
        kind: span.kind,
        start_us: Number(BigInt(span.startTimeUnixNano) / 1000n) - START_MS * 1000,
        end_us: Number(BigInt(span.endTimeUnixNano) / 1000n) - START_MS * 1000,
        failed: span.status?.code === 2,
        service: attributeText(resource.attributes, 'service.name'),
        serviceVersion: attributeText(resource.attributes, 'service.version'),
        method: attributeText(attributes, 'http.request.method') ?? '',
        route: attributeText(attributes, 'http.route') ?? '',
        status: attributeText(attributes, 'http.response.status_code') ?? '',
        peer: attributeText(attributes, 'service.peer.name') ?? '',
        database: attributeText(attributes, 'db.system.name') ?? '',
        operation: attributeText(attributes, 'db.operation.name') ?? '',
        pid: attributeText(attributes, 'db.connection.id') ?? '',
        links: span.links?.map((link) => link.spanId) ?? [],
      })),
    ),
  );
}

async function firstBatch(folder: string): Promise<TraceBatch> {
  for await (const line of readLines(path.join(folder, 'traces.jsonl.gz'))) return JSON.parse(String(line));
  throw new Error('the run has no traces');
}

test('spans are read as JSON.parse would, however the line is laid out', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'read-traces-'));
  try {
    await writeModelRun(folder);
    const batch = await firstBatch(folder);
    const expected = spansOf(batch);
    assert.ok(expected.length > 100);
    for (const indent of [0, 2]) {
      const traces = tracesOf(Buffer.from(JSON.stringify(batch, undefined, indent)), START_MS);
      const byTrace = traces.flatMap(({ id, spans }) => spans.map((span) => ({ ...span, id })));
      const inOrder = traces.flatMap(({ id }) =>
        expected.filter(({ traceId }) => traceId === id).map((span) => ({ ...span, id })),
      );
      assert.deepEqual(byTrace, inOrder);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('errors, links, and attributes of other types', () => {
  const line = {
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'api' } }] },
        scopeSpans: [
          {
            scope: { name: 'x' },
            spans: [
              {
                traceId: 'ab',
                spanId: 'cd',
                name: 'é "quoted"',
                kind: 3,
                startTimeUnixNano: '0',
                endTimeUnixNano: '0',
                attributes: [
                  { key: 'list', value: { arrayValue: { values: [{ intValue: '1' }] } } },
                  { key: 'http.response.status_code', value: { intValue: 42 }, more: [{}] },
                  { key: 'http.route' },
                ],
                links: [{ traceId: 'ab', spanId: 'ef', attributes: [] }],
                status: { message: 'no', code: 2 },
              },
            ],
          },
        ],
      },
    ],
  };
  const [span] = tracesOf(Buffer.from(JSON.stringify(line)), 0)[0]?.spans ?? [];
  assert.deepEqual(
    [span?.name, span?.failed, span?.links, span?.service, span?.status, span?.route],
    ['é "quoted"', true, ['ef'], 'api', '42', ''],
  );
});

test('a line that is no export request is refused', () => {
  assert.throws(() => tracesOf(Buffer.from('{"resourceSpans":7}'), 0), SyntaxError);
  assert.throws(() => tracesOf(Buffer.from('{"resourceSpans":[{"scopeSpans":['), 0), SyntaxError);
});
