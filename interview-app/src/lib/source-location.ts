/** Where in this repository's sources a stack points: `src/api/server.ts:31`, the same on every machine. */
export interface SourceLocation {
  readonly path: string;
  readonly line: number;
}

/** A line of a stack: `at`, perhaps a function's name, and a place in one of our modules. */
const FRAME =
  /^(\s+at (?:.* )?\(?)\S*[/\\]src[/\\]((?:api|lib|services|worker)[/\\][^\s()]+?)\.[jt]s:(\d+):(\d+)/;

/** The place that called `callee`, or undefined when it is not in this service's code. */
export function callerOf(callee: (...args: never[]) => unknown): SourceLocation | undefined {
  const here: { stack?: string } = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  Error.captureStackTrace(here, callee);
  Error.stackTraceLimit = limit;
  const [, , module = '', line] = FRAME.exec(here.stack?.split('\n', 2)[1] ?? '') ?? [];
  return line ? { path: sourcePath(module), line: Number(line) } : undefined;
}

/**
 * The stack of `error` reduced to frames of this service: those of Node and of libraries say nothing about the
 * request and differ from one machine to the next.
 */
export function readableStack(error: Error): string {
  const frames = (error.stack ?? '').split('\n').filter((line) => FRAME.test(line));
  const readable = frames.map((frame) =>
    frame.replace(
      FRAME,
      (_, start, module, line, column) => `${start}${sourcePath(module)}:${line}:${column}`,
    ),
  );
  return [`${error.name}: ${error.message}`, ...readable].join('\n');
}

function sourcePath(module: string): string {
  return `src/${module.replaceAll('\\', '/')}.ts`;
}
