/** One line through a pipeline, for tests. */
import { Labels } from '../labels.js';
import { parseLogSelector } from '../logql/parse.js';
import { compilePipeline } from '../pipeline/compile.js';
import { ALL_LABELS, type Hints } from '../pipeline/hints.js';
import { LineState } from '../pipeline/line-state.js';
import { LogStream } from '../stream.js';

interface Input {
  readonly labels?: Readonly<Record<string, string>>;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly hints?: Hints;
}

/** @returns the line and what labels it has besides the stream's, or undefined when it is dropped */
export function run(
  pipeline: string,
  line: string,
  { labels = { app: 'a' }, metadata = {}, hints = ALL_LABELS }: Input = {},
) {
  const stream = new LogStream(Labels.from(labels));
  stream.append({ time: { ms: 1_000, ns: 5 }, line, metadata: Object.entries(metadata) });
  stream.seal();
  const state = new LineState(hints);
  state.enter(stream);
  state.start(0);
  for (const stage of compilePipeline(parseLogSelector(`{app="a"} ${pipeline}`)).stages) {
    if (!stage(state)) return undefined;
  }
  const found = Object.fromEntries(state.all());
  for (const name of Object.keys(labels)) if (found[name] === labels[name]) delete found[name];
  return { line: state.line, labels: found };
}

export function labelsOf(
  pipeline: string,
  line: string,
  input: Input = {},
): Record<string, string> | undefined {
  return run(pipeline, line, input)?.labels;
}

export function passes(pipeline: string, line: string, input: Input = {}): boolean {
  return run(pipeline, line, input) !== undefined;
}
