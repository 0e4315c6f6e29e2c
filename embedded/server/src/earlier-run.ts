/** Whether a run that lies there is the one that would be simulated: then nobody has to wait for it. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GenerateOptions } from 'generator/generate-command';

const REPOSITORY = fileURLToPath(new URL('../../../../', import.meta.url));
/** All of which a run depends on, besides its options. */
const SOURCES = ['generator/src', 'interview-app/src', 'package-lock.json'];

interface MadeFrom {
  readonly scenario?: string;
  readonly seed?: number;
  readonly options?: { readonly scale?: number; readonly parameters?: Readonly<Record<string, unknown>> };
  readonly window?: { readonly end?: string };
}

/**
 * @returns when the window of that run ends (ISO), or undefined when there is none, it was made with other options, or
 *   the code that makes it has changed since
 */
export function earlierRun(options: GenerateOptions): string | undefined {
  const file = path.join(options.out, 'manifest.json');
  let manifest: MadeFrom;
  let written_ms: number;
  try {
    manifest = JSON.parse(readFileSync(file, 'utf8')) as MadeFrom;
    written_ms = statSync(file).mtimeMs;
  } catch {
    return undefined;
  }
  const same =
    path.resolve(options.app) === path.join(REPOSITORY, 'interview-app') &&
    manifest.scenario === options.scenario &&
    manifest.seed === options.seed &&
    manifest.options?.scale === options.scale &&
    JSON.stringify(manifest.options?.parameters) === JSON.stringify(options.parameters);
  return same && newestSource_ms() < written_ms ? manifest.window?.end : undefined;
}

function newestSource_ms(): number {
  const files = SOURCES.flatMap((source) => {
    const place = path.join(REPOSITORY, source);
    if (!statSync(place).isDirectory()) return [place];
    return readdirSync(place, { recursive: true }).map((name) => path.join(place, String(name)));
  });
  return Math.max(...files.map((file) => statSync(file).mtimeMs));
}
