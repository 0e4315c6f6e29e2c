/** The service's source, as the server gives it. */
import { ask } from '../shell/server';

interface FileList {
  readonly files: readonly { readonly path: string }[];
}

let list: Promise<readonly string[]> | undefined;
const texts = new Map<string, Promise<string>>();

/** The paths of all files, asked for once. */
export function listFiles(): Promise<readonly string[]> {
  list ??= ask<FileList>('source').then(({ files }) => files.map((file) => file.path));
  return list;
}

/** @throws {Error} when there is no such file */
export function readFile(path: string): Promise<string> {
  const known = texts.get(path);
  if (known) return known;
  const text = fetch(`/workbench/source/${path}`).then((response) => {
    if (!response.ok) throw new Error(`There is no file ${path} in the source.`);
    return response.text();
  });
  texts.set(path, text);
  return text;
}

/** All of them, for a search. */
export async function readAll(): Promise<ReadonlyMap<string, string>> {
  const paths = await listFiles();
  const contents = await Promise.all(paths.map(readFile));
  return new Map(paths.map((path, index) => [path, contents[index] ?? '']));
}
