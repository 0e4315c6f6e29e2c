import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProgress } from './progress.js';

function recorder(terminal: { isTTY?: boolean; columns?: number }) {
  const written: string[] = [];
  return { written, output: { ...terminal, write: (text: string) => written.push(text) } };
}

test('elsewhere than on a terminal, each quarter is a line, and many small steps are no flood', () => {
  const { written, output } = recorder({});
  const stage = createProgress(output).stage('logs', 1000);
  for (let at = 0; at < 1000; at++) stage.advance(1);
  stage.finish();
  assert.deepEqual(written, ['logs: 25 %\n', 'logs: 50 %\n', 'logs: 75 %\n', 'logs: 100 %\n']);
});

test('a jump over several quarters prints the last one only', () => {
  const { written, output } = recorder({});
  createProgress(output).stage('logs', 10).advance(8);
  assert.deepEqual(written, ['logs: 75 %\n']);
});

test('100 % is the end of the stage, not the end of the estimate', () => {
  const { written, output } = recorder({});
  const stage = createProgress(output).stage('logs', 10);
  stage.advance(50);
  assert.deepEqual(written, ['logs: 75 %\n']);
  stage.finish();
  assert.equal(written.at(-1), 'logs: 100 %\n');
});

test('a terminal gets one line for stages that run together, never wider than the terminal', () => {
  const { written, output } = recorder({ isTTY: true, columns: 40 });
  const progress = createProgress(output);
  progress.stage('traces', 2).advance(1);
  progress.stage('logs', 2).advance(1);
  progress.end();
  const lines = written.map((text) => text.replace('\r\x1b[2K', ''));
  assert.equal(lines[1], 'traces ████████░░░░░░░░ 50 %');
  assert.ok(lines.every((line) => line.length < 40));
  assert.equal(lines.at(-1), '\n');
});

test('a note on a terminal does not tear the bar', () => {
  const { written, output } = recorder({ isTTY: true, columns: 80 });
  const progress = createProgress(output);
  progress.stage('traces', 2).advance(1);
  written.length = 0;
  progress.note('Loki is starting');
  assert.deepEqual(written, ['\r\x1b[2K', 'Loki is starting\n', '\r\x1b[2Ktraces ████████░░░░░░░░ 50 %']);
});

test('a stage after finished ones starts a new line', () => {
  const { written, output } = recorder({ isTTY: true, columns: 80 });
  const progress = createProgress(output);
  progress.stage('first', 1).finish();
  progress.stage('second', 1);
  assert.equal(written.at(-2), '\n');
  assert.equal(written.at(-1), '\r\x1b[2Ksecond ░░░░░░░░░░░░░░░░ 0 %');
});
