import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { JsonScanner, NameTable } from './json-scanner.js';

const names = new NameTable();
/** Some keys are this one, most are not. */
const likely = names.of('a');
const scanner = (text: string) => new JsonScanner(Buffer.from(text), names);

/** The members of an object: every key, with its value if that is a string and in the text as it is written if not. */
function members(text: string, isString: (key: string) => boolean): [string, string | undefined][] {
  const found: [string, string | undefined][] = [];
  const cursor = scanner(text);
  if (!cursor.enter()) return found;
  do {
    const key = names.text(cursor.key(likely));
    if (isString(key)) found.push([key, names.text(cursor.name())]);
    else {
      cursor.skip();
      found.push([key, undefined]);
    }
  } while (cursor.more());
  return found;
}

const anything = fc.dictionary(
  fc.string({ unit: 'binary' }),
  fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
);
const indents = fc.constantFrom(undefined, 1, '\t');

test('keys and strings are those of JSON.parse, whatever is skipped between them', () => {
  fc.assert(
    fc.property(anything, indents, (object, indent) => {
      const text = JSON.stringify(object, undefined, indent);
      const expected = Object.entries(JSON.parse(text) as object).map(([key, value]) => [
        key,
        typeof value === 'string' ? value : undefined,
      ]);
      assert.deepEqual(
        members(text, (key) => typeof object[key] === 'string'),
        expected,
      );
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('a text that is cut off is refused, and never read for ever', () => {
  fc.assert(
    fc.property(anything, fc.nat(), (object, cut) => {
      const text = Buffer.from(JSON.stringify(object));
      const start = text.subarray(0, cut % text.length).toString('latin1');
      assert.throws(() => members(start, () => false), SyntaxError);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('the rest of an object can be left from anywhere in it', () => {
  fc.assert(
    fc.property(anything, fc.nat(), indents, (object, after, indent) => {
      const cursor = scanner(JSON.stringify([object, 7], undefined, indent));
      cursor.enter();
      let members = after % (Object.keys(object).length + 1);
      if (cursor.enter()) {
        let inside = true;
        for (; inside && members > 0; members--) {
          cursor.key(likely);
          cursor.skip();
          inside = cursor.more();
        }
        if (inside) cursor.leave();
      }
      assert.ok(cursor.more());
      assert.equal(cursor.number(), 7);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('numbers, digits, ids and other scalars', () => {
  const cursor = scanner('[12, "1772442000144001000", "0aff", true, -1.5e3, "é\\"", 7]');
  assert.ok(cursor.enter());
  const taken = [
    cursor.number(),
    cursor.more() && cursor.digits(3),
    cursor.more() && cursor.id(),
    cursor.more() && cursor.scalar(),
    cursor.more() && cursor.scalar(),
    cursor.more() && cursor.scalar(),
    cursor.more() && cursor.scalar(),
  ];
  assert.deepEqual(taken, [12, 1772442000144001, '0aff', 'true', '-1.5e3', 'é"', '7']);
  assert.ok(!cursor.more());
});

test('names have one number for one text, however it is escaped', () => {
  assert.equal(names.of('http.route'), names.of('http.route'));
  assert.notEqual(names.of('a'), names.of('b'));
  const cursor = scanner('["a\\"b", "a\\"b"]');
  cursor.enter();
  const first = cursor.name();
  cursor.more();
  assert.deepEqual([cursor.name(), names.of('a"b')], [first, first]);
});

for (const [what, text, walk] of [
  ['a list where a string should be', '[[]]', (cursor: JsonScanner) => cursor.enter() && cursor.name()],
  ['a string where an object should be', '"a"', (cursor: JsonScanner) => cursor.enter()],
  ['letters in digits', '["12x"]', (cursor: JsonScanner) => cursor.enter() && cursor.digits(0)],
  ['no comma', '[1 2]', (cursor: JsonScanner) => cursor.enter() && cursor.number() && cursor.more()],
  ['no colon', '{"a" 1}', (cursor: JsonScanner) => cursor.enter() && cursor.key(likely)],
  ['no value', '{"a":}', (cursor: JsonScanner) => cursor.enter() && cursor.key(likely) >= 0 && cursor.skip()],
] as const) {
  test(`${what} is refused with its place`, () => {
    assert.throws(() => walk(scanner(text)), /^SyntaxError: .* is expected at byte \d+$/);
  });
}
