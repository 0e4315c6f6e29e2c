import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  type Ask,
  exportOf,
  hex,
  keyValues,
  namesFound,
  START_S,
  tracesWith,
} from '../../../test/support/traces-fixture.js';

let ask: Ask;
const at = (ms: number) => String(BigInt(START_S) * 1_000_000_000n + BigInt(ms * 1e6));

before(async () => {
  ask = await tracesWith(
    exportOf({ 'service.name': 'shop', zones: ['a', 'b'] }, [
      {
        id: 1,
        name: 'root',
        kind: 2,
        lasts_ms: 100,
        status: 2,
        message: 'broken',
        attributes: {
          text: 'Straße',
          int: 5,
          float: 1.5,
          bool: false,
          list: [1, 2],
          big: { intValue: '9007199254740993' },
        },
        events: [
          { timeUnixNano: at(40), name: 'retry', attributes: keyValues({ n: 1 }) },
          { timeUnixNano: at(60), name: 'exception', attributes: keyValues({ n: 2 }) },
        ],
        links: [{ traceId: hex(0xabc, 32), spanId: hex(0xdef, 16), attributes: keyValues({ why: 'batch' }) }],
      },
      {
        id: 2,
        parent: 1,
        name: 'child',
        kind: 3,
        at_ms: 10,
        lasts_ms: 20,
        status: 1,
        attributes: { int: 7, other: 5 },
      },
    ]),
    exportOf(
      { 'service.name': 'stock' },
      [{ id: 3, parent: 1, name: 'far', kind: 2, at_ms: 20, lasts_ms: 0 }],
      {
        name: 'driver',
        version: '2',
        attributes: keyValues({ mode: 'fast' }),
      },
    ),
  );
});

async function found(filter: string): Promise<readonly string[]> {
  return (await namesFound(ask, `{ ${filter} }`)).flat();
}

const CASES: readonly (readonly [filter: string, names: readonly string[]])[] = [
  ['', ['child', 'far', 'root']],
  ['true', ['child', 'far', 'root']],
  ['false', []],
  ['name = "root"', ['root']],
  ['span:name != "root"', ['child', 'far']],
  ['name =~ "r..t|far"', ['far', 'root']],
  ['name !~ "r.*"', ['child', 'far']],
  ['name =~ "oo"', []],
  ['name > "f"', ['far', 'root']],
  ['duration > 20ms', ['root']],
  ['duration >= 20ms', ['child', 'root']],
  ['span:duration < 20ms', ['far']],
  ['duration <= 20ms', ['child', 'far']],
  ['duration = 0s', ['far']],
  ['duration > 19999999.5', ['child', 'root']],
  ['status = error', ['root']],
  ['span:status != unset', ['child', 'root']],
  ['status = ok', ['child']],
  ['statusMessage = "broken"', ['root']],
  ['kind = server', ['far', 'root']],
  ['span:kind = client', ['child']],
  ['rootName = "root"', ['child', 'far', 'root']],
  ['trace:rootService = "stock"', []],
  ['rootServiceName =~ "sh.*"', ['child', 'far', 'root']],
  ['traceDuration > 99ms', ['child', 'far', 'root']],
  ['trace:duration > 100ms', []],
  ['trace:id = "1"', ['child', 'far', 'root']],
  [`trace:id = "${hex(1, 32)}"`, ['child', 'far', 'root']],
  [`span:id = "${hex(2, 16)}"`, ['child']],
  [`span:id != "${hex(2, 16)}"`, ['far', 'root']],
  [`span:parentID = "${hex(1, 16)}"`, ['child', 'far']],
  ['nestedSetParent = -1', ['root']],
  ['nestedSetLeft = 1 && nestedSetRight = 6', ['root']],
  ['nestedSetLeft > 1', ['child', 'far']],
  ['resource.service.name = "shop"', ['child', 'root']],
  ['.service.name = "stock"', ['far']],
  ['span.service.name = "stock"', []],
  ['span.text = "Straße"', ['root']],
  ['span.text =~ "Stra.e"', ['root']],
  ['.int = 5', ['root']],
  ['span.int > 5', ['child']],
  ['span.int != 5', ['child']],
  ['span.int >= 5 && span.int < 7', ['root']],
  ['span.int = 5 || span.other = 5', ['child', 'root']],
  ['span.float = 1.5', ['root']],
  ['span.bool = false', ['root']],
  ['span.bool', []],
  ['!span.bool', ['root']],
  ['span.big = 9007199254740993', ['root']],
  ['span.big > 9007199254740992', ['root']],
  ['span.big = 9007199254740992', []],
  ['span.list = 2', ['root']],
  ['span.list > 2', []],
  ['resource.zones =~ "b|c"', ['child', 'root']],
  ['span.text != nil', ['root']],
  ['span.text = nil', ['child', 'far']],
  ['nil = span.int', ['far']],
  ['span.int + 2 = 7', ['root']],
  ['span.int * 2 - 4 / 2 = 8', ['root']],
  ['span.int % 4 = 3', ['child']],
  ['span.int ^ 2 = 25', ['root']],
  ['-span.int = -7', ['child']],
  ['span.int = span.other + 2', ['child']],
  ['duration > 1ms * 50', ['root']],
  ['event:name = "exception"', ['root']],
  ['event:timeSinceStart > 50ms', ['root']],
  ['event:timeSinceStart > 60ms', []],
  ['event.n = 2', ['root']],
  ['event.n = 1 && event:name = "exception"', []],
  ['event.n = 2 && event:name = "exception"', ['root']],
  ['link:traceID = "abc"', ['root']],
  [`link:spanID = "${hex(0xdef, 16)}"`, ['root']],
  ['link.why = "batch"', ['root']],
  ['instrumentation:name = "driver"', ['far']],
  ['instrumentation:version = "1"', ['child', 'root']],
  ['instrumentation.mode = "fast"', ['far']],
  ['span.unknown = 1', []],
];

test('each field and operator selects the spans that it is true for', async () => {
  for (const [filter, names] of CASES) assert.deepEqual(await found(filter), names, filter);
});

test("Tempo looks for a value of the operand's own type, and only where the condition says", async () => {
  assert.deepEqual(await found('span.int = 5.0'), []);
  assert.deepEqual(await found('span.int = 5.0 || span.int = 7'), ['child', 'root'].slice(0, 1));
  assert.deepEqual(await found('span.int > 1s'), []);
  assert.deepEqual(await found('50ms < duration'), []);
  assert.deepEqual(await found('!(span.int = 5)'), []);
});

test("dividing by zero and negating a text are the query's fault", async () => {
  for (const [filter, message] of [
    ['span.int / 0 = 1', 'division by zero'],
    ['span.int % 0 = 1', 'modulo by zero'],
    ['-span.text = 1', 'expression (-span.text) expected a numeric, but got TypeString'],
  ] as const) {
    const { status, text } = await ask('/api/search', { q: `{ ${filter} }` });
    assert.equal(status, 400, filter);
    assert.equal(text, message);
  }
});
