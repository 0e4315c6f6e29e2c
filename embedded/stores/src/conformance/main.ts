/** `npm run conformance -- FILE...`: runs upstream's test scripts and says how many of their cases hold. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { runLogqlTest } from './logqltest.js';
import { runPromqlTest } from './promqltest.js';
import type { CaseNote, ConformanceResult, ConformanceRunner } from './result.js';

const RUNNERS: ReadonlyMap<string, ConformanceRunner> = new Map([
  ['.test', runPromqlTest],
  ['.logqltest', runLogqlTest],
]);

const USAGE = `usage: npm run conformance -- FILE...
Runs test scripts of Prometheus (*.test) and Loki (*.logqltest).`;

async function main(files: readonly string[]): Promise<number> {
  if (files.length === 0) {
    console.error(USAGE);
    return 2;
  }
  let total: ConformanceResult = { passed: 0, failed: [], unsupported: [] };
  for (const file of files) {
    const run = RUNNERS.get(path.extname(file));
    if (!run) {
      console.error(`${file}: scripts are named ${[...RUNNERS.keys()].join(' or ')}`);
      return 2;
    }
    const result = await run(await readFile(file, 'utf8'));
    for (const note of result.failed) print(file, 'failed', note);
    for (const note of result.unsupported) print(file, 'unsupported', note);
    console.log(`${file}: ${summary(result)}`);
    total = {
      passed: total.passed + result.passed,
      failed: [...total.failed, ...result.failed],
      unsupported: [...total.unsupported, ...result.unsupported],
    };
  }
  console.log(`total: ${summary(total)}`);
  return total.failed.length > 0 ? 1 : 0;
}

function print(file: string, outcome: string, { line, what, why }: CaseNote): void {
  console.log(`${file}:${line}: ${outcome}: ${what}\n    ${why}`);
}

function summary({ passed, failed, unsupported }: ConformanceResult): string {
  const cases = passed + failed.length;
  const share = cases === 0 ? '' : ` (${((100 * passed) / cases).toFixed(1)} % of those supported)`;
  return `${passed} passed, ${failed.length} failed, ${unsupported.length} unsupported${share}`;
}

process.exitCode = await main(process.argv.slice(2));
