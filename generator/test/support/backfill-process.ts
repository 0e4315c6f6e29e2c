/** `backfill --from DIR` as a process of its own, for tests that end it in the middle. */
import { backfillCommand } from '../../src/backfill/command.js';

await backfillCommand(process.argv.slice(2), async () => {});
