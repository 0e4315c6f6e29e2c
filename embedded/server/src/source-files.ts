/** The service's source as a candidate may read it: what lies under `src`, and nothing beside it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface SourceFile {
  /** With slashes, from the service's folder on: `src/api/server.ts`. */
  readonly path: string;
  readonly bytes: number;
}

/** Read once: what is served is a list of known files, and no path that a client gives ever reaches the disk. */
export class SourceFiles {
  readonly list: readonly SourceFile[];
  readonly #texts: ReadonlyMap<string, string>;

  /** @param folder the service's, such as `interview-app` */
  constructor(folder: string) {
    const texts = new Map<string, string>();
    for (const entry of readdirSync(path.join(folder, 'src'), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath ?? entry.path, entry.name);
      texts.set(path.relative(folder, file).split(path.sep).join('/'), readFileSync(file, 'utf8'));
    }
    const names = [...texts.keys()].sort();
    this.#texts = new Map(names.map((name) => [name, texts.get(name) as string]));
    this.list = names.map((name) => ({ path: name, bytes: Buffer.byteLength(texts.get(name) as string) }));
  }

  text(name: string): string | undefined {
    return this.#texts.get(name);
  }
}
