import { parseArgs } from 'node:util';
import type { Behaviour } from './behaviour.js';

export const STAND_INS = ['identity', 'validation', 'payment', 'email'] as const;
export type StandInName = (typeof STAND_INS)[number];

export interface StandInSettings {
  readonly port: number;
  readonly behaviour: Behaviour;
}

/** Ports, and delays in ms. */
const DEFAULTS: Readonly<Record<StandInName, { port: string; delay: string }>> = {
  identity: { port: '4001', delay: '70-110' },
  validation: { port: '4002', delay: '300-900' },
  payment: { port: '4003', delay: '150-400' },
  email: { port: '4004', delay: '200-900' },
};

export const USAGE = `Usage: npm run app:outside -- [flags]
${STAND_INS.map(
  (name) =>
    `  --${name}-delay MS|MIN-MAX (${DEFAULTS[name].delay})   --${name}-port PORT (${DEFAULTS[name].port})   --${name}-down`,
).join('\n')}
A flag may also be given by the environment: --validation-delay as VALIDATION_DELAY, --validation-down as VALIDATION_DOWN=1.`;

/**
 * Settings from flags, then the environment, then the defaults.
 * @throws {Error} naming an unknown flag, or one whose value is not allowed, and what is
 */
export function readSettings(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<StandInName, StandInSettings>> {
  const options: Record<string, { type: 'string' | 'boolean' }> = Object.fromEntries(
    STAND_INS.flatMap((name) => [
      [`${name}-delay`, { type: 'string' }],
      [`${name}-port`, { type: 'string' }],
      [`${name}-down`, { type: 'boolean' }],
    ]),
  );
  const { values } = parseArgs({ args: [...args], options, allowPositionals: false });
  const read = (flag: string) => values[flag] ?? env[flag.toUpperCase().replaceAll('-', '_')];
  const settingsOf = (name: StandInName): StandInSettings => ({
    port: parsePort(`--${name}-port`, String(read(`${name}-port`) ?? DEFAULTS[name].port)),
    behaviour: {
      delayMs: parseDelay(`--${name}-delay`, String(read(`${name}-delay`) ?? DEFAULTS[name].delay)),
      down: ['true', '1'].includes(String(read(`${name}-down`) ?? '')),
    },
  });
  return {
    identity: settingsOf('identity'),
    validation: settingsOf('validation'),
    payment: settingsOf('payment'),
    email: settingsOf('email'),
  };
}

function parsePort(flag: string, text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`${flag} must be a port between 0 and 65535 (0: any free one), not "${text}"`);
  }
  return port;
}

function parseDelay(flag: string, text: string): readonly [number, number] {
  const match = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(text);
  const shortest = Number(match?.[1]);
  const longest = Number(match?.[2] ?? match?.[1]);
  if (match === null || shortest > longest) {
    throw new Error(
      `${flag} must be milliseconds like 250 or a range like 70-110, at most 999999, not "${text}"`,
    );
  }
  return [shortest, longest];
}
