import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualClock } from './clock.js';
import { RealWorldError, SimulationError } from './errors.js';

test('a simulation error names the virtual time and its cause', () => {
  const clock = new VirtualClock({ epochMs: Date.parse('2026-03-02T09:00:00Z') });
  clock.advanceTo(61_500_250);
  const error = new SimulationError(clock, new RealWorldError('fs.readFile'));
  assert.match(error.message, /^at 2026-03-02T09:01:01\.500Z \(61\.50025 s into the simulation\)/);
  assert.match(error.message, /fs\.readFile belongs to the real world/);
  assert.equal(error.virtualUs, 61_500_250);
  assert.equal(new SimulationError(clock, 'text').message.endsWith('text'), true);
});
