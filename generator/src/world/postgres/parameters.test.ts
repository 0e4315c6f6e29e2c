import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completeParameters, defaultParameters } from './parameters.js';

test('what is not given is as by default', () => {
  assert.deepEqual(completeParameters({ cores: 4 }), { ...defaultParameters, cores: 4 });
});

test('what is out of its range is refused by name, with the range', () => {
  assert.throws(() => completeParameters({ cores: 0 }), /cores must be within 1 to 128, not 0/);
  assert.throws(() => completeParameters({ scale: Number.NaN }), /scale/);
  assert.throws(
    () => completeParameters({ read_ms: [3, 2, 4] }),
    /read_ms must be ascending and within 0.05 to 1000/,
  );
});
