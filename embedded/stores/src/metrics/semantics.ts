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
  annotations: true,
  experimentalFunctions: false,
  delayedNameRemoval: false,
};

export const PROMETHEUS_2: Semantics = {
  version: '2.42.0',
  leftOpen: false,
  zeroAfterThreshold: false,
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
