import type { FileDigest, Manifest } from '../../telemetry/run-files.js';
import { Findings, type LawVerdict } from './law.js';

/** What was found in the files, in the manifest's terms. */
export interface Found {
  readonly counts: Manifest['counts'];
  readonly files: Manifest['files'];
  /** Ids of traces that are on more than one line. */
  readonly splitTraces: readonly string[];
}

/** The manifest tells the truth: sizes, hashes and counts are those of the files. */
export function manifestLaw({ counts, files }: Manifest, found: Found): LawVerdict {
  const findings = new Findings();
  for (const name of new Set([...Object.keys(files), ...Object.keys(found.files)])) {
    const [written, read] = [files[name], found.files[name]];
    const told = (digest: FileDigest | undefined) =>
      digest ? `${digest.bytes} bytes, sha256 ${digest.sha256.slice(0, 12)}` : 'not there';
    findings.check(
      written?.bytes === read?.bytes && written?.sha256 === read?.sha256,
      () => `${name}: ${told(read)}; by the manifest ${told(written)}`,
    );
  }
  const written = flatten(counts);
  const read = flatten(found.counts);
  for (const name of new Set([...written.keys(), ...read.keys()])) {
    const [expected, counted] = [written.get(name) ?? 0, read.get(name) ?? 0];
    findings.check(expected === counted, () => `${name}: ${counted} found, ${expected} by the manifest`);
  }
  findings.check(found.splitTraces.length === 0, () => `trace ${found.splitTraces[0]} is on several lines`);
  return findings.verdict('i', 'the manifest: counts, sizes and hashes of the files');
}

function flatten(counts: Manifest['counts']): Map<string, number> {
  const { log_lines, ...others } = counts;
  const lines = Object.entries(log_lines).map(
    ([stream, count]) => [`log lines of ${stream}`, count] as const,
  );
  return new Map<string, number>([...Object.entries(others), ...lines]);
}
