/**
 * Shows what the six steps' queries say of the run that the stores hold.
 *
 *     main.js --run DIR [--prometheus URL] [--loki URL]
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { evaluate, formatOutcomes, type RunWindow } from './evaluate.js';
import { CHECKS, CODE, STEPS } from './six-steps.js';

const { values } = parseArgs({
  options: {
    run: { type: 'string' },
    prometheus: { type: 'string', default: 'http://127.0.0.1:9090' },
    loki: { type: 'string', default: 'http://127.0.0.1:3100' },
  },
});

try {
  if (values.run === undefined) throw new Error('usage: main.js --run DIR [--prometheus URL] [--loki URL]');
  const manifest = JSON.parse(await readFile(path.join(values.run, 'manifest.json'), 'utf8')) as {
    window: RunWindow;
  };
  const outcomes = await evaluate(CHECKS, values, manifest.window);
  console.log(
    Object.entries(STEPS)
      .map(([step, words]) => `${step}. ${words}`)
      .join('\n'),
  );
  console.log(
    `\n${formatOutcomes(outcomes)}\n\nIn the code: ${CODE.file}, ${CODE.transaction}; the call: ${CODE.call}`,
  );
  if (outcomes.some(({ met }) => !met)) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
