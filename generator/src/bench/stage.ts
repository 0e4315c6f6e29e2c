/** One stage of the benchmark, in a process of its own; prints its figures as one JSON object. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkRun } from '../checks/index.js';
import { generate } from '../generate.js';
import { VirtualClock } from '../simulation/clock.js';
import { createRandom } from '../simulation/random.js';

export type StageName = 'generate' | 'check' | 'heap';

export interface StageFigures {
  readonly wall_s: number;
  readonly cpu_s: number;
  readonly peak_MiB: number;
  /** Virtual events that were run; 0 where there are none. */
  readonly events: number;
}

const REPOSITORY = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../..');
/** About as many events wait in the heap while the incident goes on. */
const HEAP_SIZE = 600;

const [name, argument = '', scale] = process.argv.slice(2);
const started = performance.now();
const events = await run(name as StageName);
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
const figures: StageFigures = {
  wall_s: (performance.now() - started) / 1000,
  cpu_s: (userCPUTime + systemCPUTime) / 1e6,
  peak_MiB: maxRSS / 1024,
  events,
};
console.log(JSON.stringify(figures));

async function run(stage: StageName): Promise<number> {
  switch (stage) {
    case 'generate': {
      const { events } = await generate({
        scenario: 'connection-pool',
        seed: 1,
        endMs: Date.parse('2026-03-02T10:00:00Z'),
        out: argument,
        replace: false,
        app: path.join(REPOSITORY, 'interview-app'),
        scale: Number(scale),
        parameters: {},
      });
      return events;
    }
    case 'check':
      await checkRun(argument);
      return 0;
    case 'heap':
      return bareHeap(Number(argument));
  }
}

/** The event heap with nothing to do: the upper limit of what any simulation on it can reach. */
function bareHeap(count: number): number {
  const clock = new VirtualClock({ epochMs: 0 });
  const random = createRandom(1, 'heap');
  const again = () => {
    clock.schedule(random.between(0, 1000), again);
  };
  for (let i = 0; i < HEAP_SIZE; i++) again();
  while (clock.processed < count) clock.step();
  return clock.processed;
}
