/**
 * `npm run bench`: what a run costs. Every stage runs in a process of its own, which tells its wall time, CPU and peak
 * memory. Seconds are this machine's; what can be compared between machines are the ratios, each within one run of the
 * benchmark: simulated events per second beside those of a bare event heap, and ten times the load beside one.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StageFigures, StageName } from './stage.js';

const STAGE = fileURLToPath(new URL('./stage.js', import.meta.url));
const ROUNDS = 3;
const SCALE = 10;

const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
try {
  measure();
} finally {
  rmSync(folder, { recursive: true });
}

function measure(): void {
  const rounds = Array.from({ length: ROUNDS }, (_, i) => {
    console.log(`round ${i + 1} of ${ROUNDS}`);
    const run = path.join(folder, `run-${i}`);
    const generate = stage('generate', run, 1);
    const check = stage('check', run, 1);
    const heap = stage('heap', String(generate.events), 1);
    return { generate, check, heap };
  });
  const [middle] = [...rounds]
    .sort((a, b) => a.generate.wall_s - b.generate.wall_s)
    .slice(Math.floor(ROUNDS / 2));
  if (middle === undefined) throw new Error('no round was measured');
  const { generate, check, heap } = middle;
  print('generate', generate);
  print('check', check);
  print('generate + check', {
    wall_s: generate.wall_s + check.wall_s,
    cpu_s: generate.cpu_s + check.cpu_s,
    peak_MiB: Math.max(generate.peak_MiB, check.peak_MiB),
  });
  const rate = generate.events / generate.wall_s;
  const heapRate = heap.events / heap.wall_s;
  console.log(
    `virtual events: ${thousands(rate)}/s; bare event heap: ${thousands(heapRate)}/s; ratio 1:${(heapRate / rate).toFixed(1)}`,
  );
  console.log(`scale ${SCALE} (takes minutes)`);
  const large = stage('generate', path.join(folder, 'large'), SCALE);
  print(`generate --scale ${SCALE}`, large);
  const times = (key: 'wall_s' | 'cpu_s') => (large[key] / generate[key]).toFixed(1);
  console.log(
    `scale ${SCALE} takes ${times('wall_s')} times the time of scale 1, ${times('cpu_s')} times its CPU`,
  );
  print(`check of --scale ${SCALE}`, stage('check', path.join(folder, 'large'), SCALE));
}

function stage(name: StageName, argument: string, scale: number): StageFigures {
  const { stdout, status } = spawnSync(process.execPath, [STAGE, name, argument, String(scale)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`stage ${name} failed`);
  return JSON.parse(stdout);
}

function print(name: string, { wall_s, cpu_s, peak_MiB }: Omit<StageFigures, 'events'>): void {
  console.log(
    `${name}: ${wall_s.toFixed(1)} s wall, ${cpu_s.toFixed(1)} s CPU, ${peak_MiB.toFixed(0)} MiB peak memory`,
  );
}

function thousands(value: number): string {
  return `${Math.round(value / 1000)}k`;
}
