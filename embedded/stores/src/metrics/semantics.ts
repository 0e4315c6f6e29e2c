/** In what the major versions of Prometheus differ. The stores answer as version 3 does; version 2 is for comparison. */

export interface Semantics {
  /** As `status/buildinfo` tells it. */
  readonly version: string;
  /** Whether a sample exactly at the left end of a range, or exactly as old as the lookback, is left out. */
  readonly leftOpen: boolean;
  /**
   * Whether `rate` and `increase` compare the way to the counter's zero with what they extrapolate, instead of with the
   * whole way to the left end of the range.
   */
  readonly zeroAfterThreshold: boolean;
  /** Whether counts of buckets that differ by next to nothing are taken as equal. */
  readonly toleratesRounding: boolean;
  /** Whether `sum` keeps what each addition loses by rounding. */
  readonly compensatesSums: boolean;
  /** What names, numbers and functions there are: `holt_winters` belongs to version 2, `1_000` and `5m` as numbers to 3. */
  readonly syntax: 2 | 3;
  /** Hints beside a result, such as that a metric might be no counter. */
  readonly annotations: boolean;
  /** What real servers evaluate only with `--enable-feature=promql-experimental-functions`. */
  readonly experimentalFunctions: boolean;
  /** `--enable-feature=promql-delayed-name-removal`: names are dropped from the result, not at each step on the way. */
  readonly delayedNameRemoval: boolean;
}

export const PROMETHEUS_3: Semantics = {
  version: '3.14.0',
  leftOpen: true,
  zeroAfterThreshold: true,
  toleratesRounding: true,
  compensatesSums: true,
  syntax: 3,
  annotations: true,
  experimentalFunctions: false,
  delayedNameRemoval: false,
};

export const PROMETHEUS_2: Semantics = {
  version: '2.42.0',
  leftOpen: false,
  zeroAfterThreshold: false,
  toleratesRounding: false,
  compensatesSums: false,
  syntax: 2,
  annotations: false,
  experimentalFunctions: false,
  delayedNameRemoval: false,
};

/** How upstream's own test scripts are run. */
export const UPSTREAM_TESTS: Semantics = {
  ...PROMETHEUS_3,
  experimentalFunctions: true,
  delayedNameRemoval: true,
};

/** Version 3 takes any name that is UTF-8; what was none has a replacement character. */
export function isLabelName(name: string, { syntax }: Semantics): boolean {
  return syntax === 2 ? /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) : name !== '' && !name.includes('\ufffd');
}
