/** The command line of `npm start`. */
import { runCommand } from 'generator/run-command';
import { startCommand } from './start-command.js';

await runCommand(startCommand);
