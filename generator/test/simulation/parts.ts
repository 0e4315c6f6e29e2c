/** What runs in virtual time: each part notes what it saw. Imported after the globals were replaced. */
import { AsyncLocalStorage } from 'node:async_hooks';
import childProcess from 'node:child_process';
import nodeCrypto, { randomBytes, randomInt, randomUUID } from 'node:crypto';
import dns from 'node:dns';
import { EventEmitter, once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import timers from 'node:timers';
import { setInterval as everyMs, scheduler, setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import zlib from 'node:zlib';
import type { VirtualClock } from '../../src/simulation/clock.js';

export interface PartContext {
  readonly clock: VirtualClock;
  readonly note: (finding: unknown) => void;
}

type Part = (context: PartContext) => void;

const readFileKeptBefore = fs.readFile;

/** Ends what `clock.schedule` began as an application would: in promises of its own. */
function start(work: () => Promise<void>): void {
  void work();
}

function libraries({ clock, note }: PartContext): void {
  const storage = new AsyncLocalStorage<string>();
  const emitter = new EventEmitter();
  const at = (what: string, ...more: unknown[]) =>
    note([what, clock.nowUs, storage.getStore() ?? null, ...more]);

  storage.run('request 1', () => {
    setTimeout(() => at('setTimeout'), 5);
    setTimeout(() => emitter.emit('ready', 'payload'), 12);
    setImmediate(() => at('setImmediate'));
    AbortSignal.timeout(30).addEventListener('abort', () => at('AbortSignal.timeout'));
    start(async () => {
      await sleep(10);
      at('timers/promises', Date.now(), performance.now(), process.hrtime.bigint().toString());
      const [payload] = await once(emitter, 'ready');
      at('events.once', payload);
      at(
        'crypto.randomUUID',
        crypto.randomUUID(),
        randomUUID(),
        randomBytes(4).toString('hex'),
        Math.random(),
        randomInt(1000),
      );
    });
  });
  storage.run('request 2', () =>
    start(async () => {
      const response = await fetch('https://outside.example/', { signal: AbortSignal.timeout(5) });
      at('fetch', await response.json());
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 7);
      await sleep(1000, undefined, { signal: controller.signal }).catch((error: Error) =>
        at('aborted', error.name),
      );
      let count = 0;
      for await (const value of everyMs(4, 'tick')) {
        at('setInterval', value);
        if (++count === 3) break;
      }
      const chunks: string[] = [];
      const upper = new Transform({
        objectMode: true,
        transform: (chunk, _, done) => done(null, chunk.toUpperCase()),
      });
      await pipeline(Readable.from(['a', 'b', 'c']), upper, async (source) => {
        for await (const chunk of source) chunks.push(chunk);
      });
      at('stream', chunks.join(''));
      await scheduler.wait(2);
      at('scheduler.wait');
    }),
  );
}

function clocks({ clock, note }: PartContext): void {
  const wall = new Date(clock.wallMs).toISOString();
  note(['new Date()', new Date().toISOString() === wall]);
  note(['Date() as a function', Math.abs(Date.parse(Date()) - clock.wallMs) < 1000]);
  note(['Date.length', Date.length === 7]);
  note(['instanceof Date', structuredClone(new Date(0)) instanceof Date]);
  note(['constructor', new Date(0).constructor === Date]);
  note(['subclass', new (class extends Date {})().toISOString() === wall]);
  note(['performance.timeOrigin', performance.timeOrigin === clock.epochMs]);
  note(['process.uptime()', process.uptime() === clock.nowUs / 1e6]);
  note(['process.hrtime(previous)', process.hrtime(process.hrtime()).join() === '0,0']);
  note(['Intl of a date', new Intl.DateTimeFormat('en', { timeZone: 'UTC' }).format(0) === '1/1/1970']);
}

function timerObjects({ clock, note }: PartContext): void {
  const due = (name: string, ms: number) => () => note([name, clock.nowUs === ms * 1000]);
  setTimeout(due('1.9 truncates to 1', 1), 1.9);
  setTimeout(due('none is 1 ms', 1));
  setTimeout(due('"5" is 5', 5), '5' as unknown as number);
  setTimeout(due('too long is 1 ms', 1), 2 ** 31);
  timers.setTimeout(due('node:timers', 3), 3);
  void promisify(setTimeout)(6).then(due('promisify', 6));
  const byNumber = setTimeout(() => note(['cleared by number', false]), 5);
  clearTimeout(Number(byNumber));
  const refreshed = setTimeout(due('refresh', 9), 7);
  setTimeout(() => refreshed.refresh(), 2);
  note([
    'unref',
    setTimeout(() => {}, 1)
      .unref()
      .hasRef() === false,
  ]);
  let ticks = 0;
  const interval = setInterval(
    (step: number) => {
      ticks += step;
      if (ticks === 6) clearInterval(interval);
    },
    2,
    2,
  );
  setTimeout(() => note(['interval stops', ticks === 6]), 20);
  const immediate = setImmediate(() => note(['immediate cleared', false]));
  clearImmediate(immediate);
  try {
    setTimeout('code' as unknown as () => void, 1);
  } catch (error) {
    note(['a string is no callback', (error as { code: string }).code === 'ERR_INVALID_ARG_TYPE']);
  }
}

function realWorld({ note }: PartContext): void {
  const reach: Record<string, () => unknown> = {
    'net.connect': () => net.connect(1),
    'net.Socket.connect': () => new net.Socket().connect(1),
    'http.request': () => http.request('http://127.0.0.1:1/'),
    'dns.lookup': () => dns.lookup('localhost', () => {}),
    'fs.readFile': () => fs.readFile('/', () => {}),
    'fs.writeFileSync': () => fs.writeFileSync('/nowhere/at/all', ''),
    'fs.createWriteStream': () => fs.createWriteStream('/nowhere/at/all'),
    'fs.promises.readFile': () => fs.promises.readFile('/'),
    'child_process.spawn': () => childProcess.spawn('true'),
    'worker_threads.Worker': () => new Worker('', { eval: true }),
    'crypto.subtle.digest': () => crypto.subtle.digest('SHA-256', new Uint8Array(1)),
    'crypto.generateKeyPairSync': () => nodeCrypto.generateKeyPairSync('ed25519'),
    'zlib.gzip': () => zlib.gzip('', () => {}),
    'zlib.createGzip': () => zlib.createGzip(),
    'performance.mark': () => performance.mark('a'),
    'Event.timeStamp': () => new Event('a').timeStamp,
    'File.lastModified': () => new File([], 'a').lastModified,
    'Intl.DateTimeFormat': () => new Intl.DateTimeFormat().format(),
    'process.memoryUsage': () => process.memoryUsage(),
    'process.exit': () => process.exit(3),
  };
  for (const [name, run] of Object.entries(reach)) {
    try {
      run();
      note([name, 'was reached']);
    } catch (error) {
      note([name, (error as Error).message]);
    }
  }
  note([
    'fs.readFileSync',
    fs.readFileSync(new URL(import.meta.url), 'utf8').length > 0 ? 'allowed' : 'empty',
  ]);
}

/** Ways for a simulation to end other than at its end. */
const endings = {
  'error in an event': ({ clock }: PartContext) =>
    void clock.schedule(2500, () => {
      throw new Error('from an event');
    }),
  'error in a timer': () =>
    void setTimeout(() => {
      throw new Error('from a timer');
    }, 2500),
  'error in a tick': () =>
    void setTimeout(() => {
      process.nextTick(() => {
        throw new Error('from a tick');
      });
    }, 2500),
  'error in a microtask': () =>
    void setTimeout(() => {
      queueMicrotask(() => {
        throw new Error('from a microtask');
      });
    }, 2500),
  'unhandled rejection': () => void setTimeout(() => void Promise.reject(new Error('from a promise')), 2500),
  'real work by a kept function': () => void setTimeout(() => readFileKeptBefore('/', () => {}), 2500),
  'endless immediates': () => {
    const again = () => void setImmediate(again);
    again();
  },
} satisfies Record<string, Part>;

export const parts: Readonly<Record<string, Part>> = {
  libraries,
  clocks,
  timerObjects,
  realWorld,
  ...endings,
};
