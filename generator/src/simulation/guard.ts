import childProcess from 'node:child_process';
import cluster from 'node:cluster';
import nodeCrypto from 'node:crypto';
import dgram from 'node:dgram';
import dns from 'node:dns';
import fs from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import perfHooks from 'node:perf_hooks';
import tls from 'node:tls';
import workerThreads from 'node:worker_threads';
import zlib from 'node:zlib';
import { RealWorldError } from './errors.js';

/** Real operations that are under way, by the names that Node gives them. */
const REAL_WORK = /^(FSReq|FSEvent|StatWatcher|GetAddrInfo|GetNameInfo|QueryReq|TCP|UDP|HTTP|Process)/;

const SYNCHRONOUS_WRITES =
  /^(append|chmod|chown|copy|cp|fchmod|fchown|fdatasync|fsync|ftruncate|futimes|lchmod|lchown|link|lutimes|mkd|mkdtemp|rename|rm|symlink|truncate|unlink|utimes|write)\w*Sync$/;

/**
 * From here on whatever reaches for the real world throws, naming itself. Call it when the application is loaded:
 * loading reads files. Synchronous reads stay allowed, because Node itself loads late modules with them.
 * @returns takes the guard away again
 */
export function installGuard(): () => void {
  const undo: (() => void)[] = [];
  const bans: Bans = {
    calls(target, owner, names) {
      for (const name of names) {
        if (name in target) put(target, name, { value: refusal(`${owner}.${name}`), writable: true });
      }
    },
    reads(target, owner, names) {
      for (const name of names) put(target, name, { get: refusal(`${owner}.${name}`) });
    },
    put,
  };

  function put(target: object, name: string, change: PropertyDescriptor): void {
    const before = Object.getOwnPropertyDescriptor(target, name);
    Object.defineProperty(target, name, {
      configurable: true,
      enumerable: before?.enumerable ?? false,
      ...change,
    });
    undo.push(() => {
      if (before === undefined) Reflect.deleteProperty(target, name);
      else Object.defineProperty(target, name, before);
    });
  }

  banNetwork(bans);
  banFiles(bans);
  banThreadsAndProcesses(bans);
  banThreadPool(bans);
  banClocks(bans);
  banFormattingNow(bans);
  syncBuiltinESMExports();
  return () => {
    for (const restore of undo) restore();
    syncBuiltinESMExports();
  };
}

/**
 * Notices real work by a function that was kept before the guard was there.
 * @throws {RealWorldError} naming the operation, as Node calls it
 */
export function checkNoRealWork(): void {
  const found = process.getActiveResourcesInfo().find((name) => REAL_WORK.test(name));
  if (found !== undefined) throw new RealWorldError(`an operation under way (${found})`);
}

interface Bans {
  /** Functions and classes that must not be called; those that this Node.js does not have are left out. */
  calls(target: object, owner: string, names: readonly string[]): void;
  /** Properties that must not be read. */
  reads(target: object, owner: string, names: readonly string[]): void;
  put(target: object, name: string, change: PropertyDescriptor): void;
}

function refusal(name: string): () => never {
  // Not an arrow function, because some are called with `new`.
  return function refuse(): never {
    throw new RealWorldError(name);
  };
}

function functionsOf(target: object): string[] {
  return Object.entries(target).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
}

function banNetwork(bans: Bans): void {
  bans.calls(net, 'net', ['connect', 'createConnection', 'createServer']);
  bans.calls(net.Socket.prototype, 'net.Socket', ['connect']);
  bans.calls(net.Server.prototype, 'net.Server', ['listen']);
  bans.calls(tls, 'tls', ['connect', 'createServer']);
  bans.calls(http, 'http', ['request', 'get', 'createServer']);
  bans.calls(https, 'https', ['request', 'get', 'createServer']);
  bans.calls(http2, 'http2', ['connect', 'createServer', 'createSecureServer']);
  bans.calls(dgram, 'dgram', ['createSocket']);
  const lookups = (target: object) =>
    functionsOf(target).filter((name) => /^(lookup|resolve|reverse)/.test(name));
  bans.calls(dns, 'dns', lookups(dns));
  bans.calls(dns.promises, 'dns.promises', lookups(dns.promises));
  bans.calls(globalThis, 'globalThis', ['WebSocket', 'EventSource']);
}

function banFiles(bans: Bans): void {
  const names = functionsOf(fs);
  const asynchronous = names.filter((name) => names.includes(`${name}Sync`));
  const others = ['createReadStream', 'createWriteStream', 'watch', 'watchFile', 'openAsBlob'];
  bans.calls(fs, 'fs', [
    ...asynchronous,
    ...others,
    ...names.filter((name) => SYNCHRONOUS_WRITES.test(name)),
  ]);
  bans.calls(fs.promises, 'fs.promises', functionsOf(fs.promises));
}

function banThreadsAndProcesses(bans: Bans): void {
  bans.calls(childProcess, 'child_process', functionsOf(childProcess));
  bans.calls(cluster, 'cluster', ['fork']);
  bans.calls(workerThreads, 'worker_threads', ['Worker', 'MessageChannel', 'BroadcastChannel']);
  bans.calls(globalThis, 'globalThis', ['MessageChannel', 'BroadcastChannel']);
  bans.calls(process, 'process', [
    'exit',
    'abort',
    'kill',
    'chdir',
    'cpuUsage',
    'memoryUsage',
    'resourceUsage',
  ]);
  bans.calls(os, 'os', ['cpus', 'freemem', 'loadavg', 'networkInterfaces', 'uptime', 'userInfo']);
}

/** Work that Node hands to other threads: its results come whenever they come. Keys would be really random besides. */
function banThreadPool(bans: Bans): void {
  const streams = functionsOf(zlib).filter((name) => /^(create|[A-Z])/.test(name));
  const asynchronous = functionsOf(zlib).filter((name) => `${name}Sync` in zlib);
  bans.calls(zlib, 'zlib', [...streams, ...asynchronous]);
  const cryptoNames = functionsOf(nodeCrypto).filter((name) => /^(generate|checkPrime$)/.test(name));
  bans.calls(nodeCrypto, 'crypto', [
    ...cryptoNames,
    'scrypt',
    'pbkdf2',
    'hkdf',
    'createECDH',
    'createDiffieHellman',
  ]);
  const subtle = Object.getPrototypeOf(globalThis.crypto.subtle);
  bans.calls(
    subtle,
    'crypto.subtle',
    Object.getOwnPropertyNames(subtle).filter((name) => name !== 'constructor'),
  );
}

/** Clocks that could not be made virtual. */
function banClocks(bans: Bans): void {
  bans.calls(perfHooks, 'perf_hooks', ['monitorEventLoopDelay', 'PerformanceObserver']);
  bans.calls(globalThis, 'globalThis', ['PerformanceObserver']);
  bans.calls(performance, 'performance', ['mark', 'measure', 'timerify', 'eventLoopUtilization', 'toJSON']);
  bans.reads(performance, 'performance', ['nodeTiming']);
  bans.reads(Event.prototype, 'Event', ['timeStamp']);
  bans.reads(File.prototype, 'File', ['lastModified']);
}

/** `Intl.DateTimeFormat` has its own way to the clock when it is given no date. */
function banFormattingNow({ put }: Bans): void {
  const prototype = Intl.DateTimeFormat.prototype;
  const getFormat = Object.getOwnPropertyDescriptor(prototype, 'format')?.get;
  const { formatToParts } = prototype;

  function dated(date: number | Date | undefined): number | Date {
    if (date === undefined) throw new RealWorldError('Intl.DateTimeFormat of no date (now)');
    return date;
  }
  put(prototype, 'format', {
    get(this: Intl.DateTimeFormat) {
      const format = getFormat?.call(this);
      return (date?: number | Date) => format(dated(date));
    },
  });
  put(prototype, 'formatToParts', {
    value(this: Intl.DateTimeFormat, date?: number | Date) {
      return formatToParts.call(this, dated(date));
    },
  });
}
