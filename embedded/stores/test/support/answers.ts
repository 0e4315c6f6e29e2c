/** The recorded answers of the real engines: one line of JSON each, packed. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pack, TEST_FOLDER, unpack } from './frozen-run.js';
import type { Answer } from './normalise.js';

const FILE = path.join(TEST_FOLDER, 'data', 'answers.jsonl.br');

/** By the query's key. */
export function readAnswers(): ReadonlyMap<string, Answer> {
  const lines = unpack(readFileSync(FILE)).toString('utf8').trimEnd().split('\n');
  return new Map(
    lines.map((line) => {
      const { query, ...answer } = JSON.parse(line) as Answer & { readonly query: string };
      return [query, answer];
    }),
  );
}

export function writeAnswers(answers: ReadonlyMap<string, Answer>): void {
  const lines = [...answers].map(([query, answer]) => `${JSON.stringify({ query, ...answer })}\n`);
  writeFileSync(FILE, pack(Buffer.from(lines.join(''))));
}
