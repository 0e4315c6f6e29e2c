/** The command line: `generate`, `check`, `backfill` and `stack`, what they take, and how they end. */
import { backfillCommand } from './backfill/command.js';
import { checkCommand, generateCommand, generateOptions, simulate } from './generate-command.js';
import { runCommand, untilInterrupted } from './run-command.js';
import { type StackOptions, stackCommand } from './stack/command.js';
import { UserError } from './user-error.js';

const USAGE = `usage:
  generate [--seed N] [--end now|ISO] [--out DIR] [--replace] [--scenario NAME] [--app DIR] [--scale X] [--parameters FILE]
      simulates the incident, writes it to DIR and checks it; exit code 1 if a target is missed
  check DIR
      checks a run again
  backfill --prometheus URL --loki URL --tempo URL [--otlp URL] [--remote-write URL] [--tenant ID] [--basic-auth-file F] [--dashboards DIR]
           [--from DIR | generate's options]
      loads a run into real stores and proves that all of it arrived
  stack [--reset] [--dir DIR] [--from DIR | generate's options] [--grafana-port N] [--prometheus-port N] [--loki-port N]
        [--tempo-port N] [--prometheus-bin F] [--loki-bin F] [--tempo-bin F] [--grafana-bin F] [--grafana-home DIR]
      runs Grafana, Prometheus, Loki and Tempo on this machine, loaded with the incident, until Ctrl-C
  stack --workbench URL [--reset] [--dir DIR] [--grafana-port N] [--grafana-bin F] [--grafana-home DIR]
      runs Grafana alone, over the stores that npm start serves at that address`;

/** The stack keeps its run in a folder of its own, which it may fill again. */
const stackOptions: StackOptions = {
  prepare(args) {
    const options = generateOptions(args);
    return (out) => simulate({ ...options, out, replace: true });
  },
  print: (text) => process.stdout.write(`${text}\n`),
};

async function main([command, ...args]: readonly string[]): Promise<boolean> {
  switch (command) {
    case 'generate':
      return generateCommand(args);
    case 'check':
      return checkCommand(args);
    case 'backfill':
      return backfillCommand(args, (generateArgs, out) =>
        simulate({ ...generateOptions(generateArgs), out }),
      );
    case 'stack':
      return stackCommand(args, stackOptions, untilInterrupted);
    default:
      throw new UserError(USAGE);
  }
}

await runCommand(main);
