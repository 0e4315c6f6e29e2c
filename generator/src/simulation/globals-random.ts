import nodeCrypto from 'node:crypto';
import { replace } from './patch.js';
import type { Random } from './random.js';

/** The hexadecimal digits of two bytes, the lower one first, by their value. */
const HEX = Array.from({ length: 65_536 }, (_, pair) =>
  [pair & 0xff, pair >>> 8].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
);
const UUID_VARIANT = '89ab';

/** Replaces `Math.random` and the random functions of `crypto` and `node:crypto` by draws from the given stream. */
export function installRandomGlobals(random: Random): void {
  function fill(
    view: ArrayBufferView | ArrayBuffer,
    offset = 0,
    size?: number,
  ): ArrayBufferView | ArrayBuffer {
    const bytes = bytesOf(view).subarray(offset, size === undefined ? undefined : offset + size);
    for (let i = 0; i < bytes.length; i++) bytes[i] = random.nextUint32();
    return view;
  }

  function randomUUID(): string {
    const first = random.nextUint32();
    const second = random.nextUint32();
    const third = random.nextUint32();
    const fourth = random.nextUint32();
    const version = `4${hex(second >>> 16).slice(1)}`;
    const variant = `${UUID_VARIANT[(third >>> 4) & 3]}${hex(third).slice(1)}`;
    return `${hex(first)}${hex(first >>> 16)}-${hex(second)}-${version}-${variant}-${hex(third >>> 16)}${hex(fourth)}${hex(fourth >>> 16)}`;
  }

  function randomBytes(size: number, callback?: (error: null, bytes: Buffer) => void): Buffer | undefined {
    const bytes = Buffer.alloc(size);
    fill(bytes);
    return deliver(bytes, callback);
  }

  function randomInt(...args: unknown[]): number | undefined {
    const callback = typeof args.at(-1) === 'function' ? (args.pop() as Callback<number>) : undefined;
    const [low, high] = (args.length === 1 ? [0, args[0]] : args) as [number, number];
    return deliver(random.integer(low, high - 1), callback);
  }

  function randomFill(view: ArrayBufferView, ...args: unknown[]): void {
    const callback = args.pop() as Callback<ArrayBufferView>;
    fill(view, ...(args as number[]));
    deliver(view, callback);
  }

  replace(Math, 'random', { value: random.next });
  replace(globalThis.crypto, 'randomUUID', { value: randomUUID });
  replace(globalThis.crypto, 'getRandomValues', { value: (view: ArrayBufferView) => fill(view) });
  // node:crypto's own getRandomValues cannot be redefined, but it is a getter that reads the one just replaced.
  const replacements = {
    randomUUID,
    randomBytes,
    pseudoRandomBytes: randomBytes,
    randomInt,
    randomFillSync: fill,
    randomFill,
  };
  for (const [name, value] of Object.entries(replacements)) replace(nodeCrypto, name, { value });
}

function hex(word: number): string {
  return HEX[word & 0xffff] as string;
}

type Callback<T> = (error: null, value: T) => void;

/** Node's convention: with a callback a later turn of the loop gets the value, without one it is returned. */
function deliver<T>(value: T, callback: Callback<T> | undefined): T | undefined {
  if (callback === undefined) return value;
  setImmediate(callback, null, value);
  return undefined;
}

function bytesOf(view: ArrayBufferView | ArrayBuffer): Uint8Array {
  return ArrayBuffer.isView(view)
    ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
    : new Uint8Array(view);
}
