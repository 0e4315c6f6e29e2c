import nodeCrypto from 'node:crypto';
import { replace } from './patch.js';
import type { Random } from './random.js';

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
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
    let text = '';
    for (let i = 0; i < 16; i += 4) {
      const word = random.nextUint32();
      for (let shift = 0; shift < 32; shift += 8) text += HEX[(word >>> shift) & 0xff];
    }
    const variant = UUID_VARIANT[Number.parseInt(text.charAt(16), 16) & 3];
    return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-${variant}${text.slice(17, 20)}-${text.slice(20)}`;
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
