/** Files of a built page: read once, compressed once, and looked up by name, so that no path reaches the disk. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { lookup } from 'mrmime';
import type { ApiAnswer } from 'stores';

const COMPRESSED = /\.(js|css|html|json|svg|md|txt|map)$/;
/** Names of files that change with their content. */
const HASHED = /-[A-Z0-9]{8}\.\w+$/;

export class StaticFiles {
  readonly #folder: string;
  readonly #names: ReadonlySet<string>;
  readonly #contents = new Map<
    string,
    { readonly plain: Uint8Array; readonly gzip: Uint8Array | undefined }
  >();

  /** @param folder that may be missing: then there are no files */
  constructor(folder: string) {
    this.#folder = folder;
    this.#names = new Set(namesUnder(folder));
  }

  /**
   * @param name below the folder, with slashes and none before it
   * @param acceptEncoding the request's header
   */
  answer(name: string, acceptEncoding: string | undefined): ApiAnswer | undefined {
    if (!this.#names.has(name)) return undefined;
    const { plain, gzip } = this.#content(name);
    const packed = gzip && /\bgzip\b/.test(acceptEncoding ?? '') ? gzip : undefined;
    return {
      status: 200,
      headers: {
        'Content-Type': contentType(name),
        'Cache-Control': HASHED.test(name) ? 'max-age=31536000, immutable' : 'no-cache',
        Vary: 'Accept-Encoding',
        ...(packed ? { 'Content-Encoding': 'gzip' } : {}),
      },
      body: packed ?? plain,
    };
  }

  #content(name: string): { readonly plain: Uint8Array; readonly gzip: Uint8Array | undefined } {
    const known = this.#contents.get(name);
    if (known) return known;
    const plain = readFileSync(path.join(this.#folder, name));
    const content = { plain, gzip: COMPRESSED.test(name) ? gzipSync(plain) : undefined };
    this.#contents.set(name, content);
    return content;
  }
}

function namesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
    .map((name) => name.split(path.sep).join('/'));
}

function contentType(name: string): string {
  const type = lookup(name) ?? 'application/octet-stream';
  return /^text\/|json|javascript/.test(type) ? `${type}; charset=utf-8` : type;
}
