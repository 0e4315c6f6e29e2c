import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, test } from 'node:test';
import { evaluate } from '../src/evaluate.js';
import { CHECKS, type Check } from '../src/six-steps.js';

const WINDOW = {
  start: '2026-03-02T09:08:00.000Z',
  incident: '2026-03-02T09:30:00.000Z',
  steady: '2026-03-02T09:35:00.000Z',
  end: '2026-03-02T10:00:00.000Z',
};

let server: Server;
let asked: { readonly start: number; readonly end: number; readonly step: number }[];
/** What the store answers, by time. */
let answer: (time: number) => number | undefined;
beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://store');
    const [start = 0, end = 0, step = 1] = ['start', 'end', 'step'].map((name) =>
      Number(searchParams.get(name)),
    );
    asked.push({ start, end, step });
    const values: [number, string][] = [];
    for (let time = start; time <= end; time += step) {
      const value = answer(time);
      if (value !== undefined) values.push([time, String(value)]);
    }
    response.end(JSON.stringify({ data: { result: values.length > 0 ? [{ metric: {}, values }] : [] } }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
});
afterEach(() => {
  server.close();
});

async function outcomeOf(check: Partial<Check>) {
  const [base] = CHECKS.filter(({ store }) => store === 'loki');
  assert.ok(base);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [outcome] = await evaluate([{ ...base, ...check }], { prometheus: url, loki: url }, WINDOW);
  assert.ok(outcome);
  return outcome;
}

test('a share is that of the values within the range, its ends included', async () => {
  answer = (time) => [14, 15, 20, 21][(time / 5) % 4];
  const within = { min: 15, max: 20 };
  const { value, met } = await outcomeOf({ reduce: 'share', within, min: 0.95, max: 1 });
  assert.ok(Math.abs(value - 0.5) < 0.01, `${value}`);
  assert.equal(met, false);
});

test('Loki is asked for every snapshot once, in slices', async () => {
  answer = () => 16;
  await outcomeOf({});
  const times = asked.flatMap(({ start, end, step }) =>
    Array.from({ length: (end - start) / step + 1 }, (_, index) => start + index * step),
  );
  const first = Date.parse(WINDOW.steady) / 1000 + 300;
  assert.deepEqual(
    times,
    Array.from({ length: 241 }, (_, index) => first + index * 5),
  );
  assert.ok(asked.every(({ start, end }) => end - start < 120));
});

test('a query without an answer meets nothing', async () => {
  answer = () => undefined;
  const { value, met } = await outcomeOf({
    reduce: 'mean',
    min: Number.NEGATIVE_INFINITY,
    max: Number.POSITIVE_INFINITY,
  });
  assert.ok(Number.isNaN(value));
  assert.equal(met, false);
});
