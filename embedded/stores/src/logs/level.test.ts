import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Labels } from './labels.js';
import { LevelDetector, levelOfLine } from './level.js';

test('a field that tells the level comes before any word', () => {
  assert.equal(levelOfLine('{"msg":"error","level":"WARN"}'), 'warn');
  assert.equal(levelOfLine('{"a":{"severity":"err"}}'), 'error');
  assert.equal(levelOfLine('{"a":{"b":{"level":"error"}}}'), 'error', 'as a word: too deep for a field');
  assert.equal(levelOfLine('msg="no error" lvl=dbg level=info'), 'info');
  assert.equal(levelOfLine('lvl=dbg msg=error'), 'debug');
});

test('words count between what may stand beside a word', () => {
  assert.equal(levelOfLine('an error: of sorts'), 'error');
  assert.equal(levelOfLine('[WARN] then error'), 'warn');
  assert.equal(levelOfLine('misc:error'), 'unknown');
  assert.equal(levelOfLine('terror information'), 'unknown');
  assert.equal(levelOfLine('plain'), 'unknown');
});

function levelOf(
  labels: Record<string, string>,
  metadata: readonly (readonly [string, string])[],
  line = 'x',
) {
  const entry = { time: { ms: 0, ns: 0 }, line, metadata };
  return new LevelDetector()
    .withLevel(Labels.from(labels), entry)
    .find(([name]) => name === 'detected_level')?.[1];
}

test('labels come before metadata, metadata before the line', () => {
  assert.equal(levelOf({ level: 'Warning' }, [['severity', 'error']]), 'warn');
  assert.equal(levelOf({ a: 'b' }, [['severity', 'ERR']]), 'error');
  assert.equal(levelOf({ level: 'odd' }, []), 'odd');
  assert.equal(levelOf({ a: 'b' }, [['detected_level', 'INF']]), 'info');
});

test('numbers of severity are four to a level', () => {
  assert.deepEqual(
    ['1', '5', '9', '13', '17', '21', '25', '0', 'x'].map((number) =>
      levelOf({ a: 'b' }, [['severity_number', number]]),
    ),
    ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'unknown', 'unknown', 'info'],
  );
});
