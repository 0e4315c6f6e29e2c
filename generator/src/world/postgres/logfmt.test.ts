import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logfmtValue } from './logfmt.js';

test('plain values stand as they are, all others in quotes', () => {
  assert.equal(logfmtValue('/api/workflows/:id'), '/api/workflows/:id');
  assert.equal(logfmtValue('idle in transaction'), '"idle in transaction"');
  assert.equal(logfmtValue('a=b'), '"a=b"');
  assert.equal(logfmtValue('say "x"\n\\'), '"say \\"x\\"\\n\\\\"');
  assert.equal(logfmtValue(''), '""');
});
