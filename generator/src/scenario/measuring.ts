interface Range {
  readonly min: number;
  readonly max: number;
}

/** What a scenario tells the measurements: whom to look at, and where the lines between kinds are. */
export interface Measuring {
  /** Name of the service whose root SERVER spans are the requests; also its `job` and its name at the database. */
  readonly api: string;
  /** Method and route of the requests that hold connections while they wait for an outside service. */
  readonly importEndpoint: string;
  readonly externalService: string;
  /** Endpoints that have nothing to do with the wait for a connection. */
  readonly uncountedEndpoints: readonly string[];
  /** Waits for a connection: from when on a request is slow, and when an ordinary one gives up. */
  readonly slowWait_s: number;
  readonly longestWait_s: number;
  /** P99 of an endpoint's duration, before and in the steady incident; those with too few requests don't count. */
  readonly endpointP99: { readonly baseline_ms: Range; readonly steady_ms: Range; readonly requests: number };
  /** Log events of each group; all others are the group `other`. */
  readonly logGroups: Readonly<Record<string, readonly string[]>>;
  /** Traces that hold a connection in an import's transaction, at a snapshot. */
  readonly holdingTraces: Range;
  readonly longTransaction_s: number;
  /** Between a held transaction's INSERT and its UPDATE. */
  readonly gap_s: Range;
  /** Statements shorter than this are called fast. */
  readonly fast_s: number;
  /** Before the end of the window: how far back a request that is not finished by then may have begun. */
  readonly tail_s: number;
}
