/** What a scenario is made of: readonly data, no behaviour. A scenario is a folder whose `index.ts` exports one of these. */

/** A number, or a range or distribution given by a few ascending numbers, that a run can override. */
export interface ParameterSpec {
  readonly default: number | readonly number[];
  readonly min: number;
  readonly max: number;
  /** `s`, `ms`, `1/s`, `1` (a count or a share). */
  readonly unit: string;
  readonly description: string;
  /** Whether `--scale` multiplies it. */
  readonly scales?: true;
  readonly integer?: true;
}

/** The values of one run: what the simulated world understands. A list of three is a triangular distribution. */
export interface Parameters {
  readonly warmup_s: number;
  readonly baseline_s: number;
  readonly incident_s: number;
  readonly settling_s: number;
  readonly request_rate: number;
  readonly database_share: number;
  readonly daily_variation: number;
  readonly health_interval_s: number;
  readonly rare_import_interval_s: number;
  readonly import_clients: number;
  readonly import_ramp_s: number;
  readonly import_think_s: readonly number[];
  readonly import_definitions: readonly number[];
  readonly pool_connections: number;
  readonly pool_wait_s: number;
  readonly worker_connections: number;
  readonly validation_s: readonly number[];
  readonly identity_s: readonly number[];
  readonly payment_s: readonly number[];
  readonly email_s: readonly number[];
  readonly customer_s: readonly number[];
}

/** For each parameter its default and what a user may make of it. */
export type ParameterSpecs = {
  readonly [Name in keyof Parameters]: ParameterSpec & { readonly default: Parameters[Name] };
};

/** One kind of request that simulated users make. */
export interface RequestKind {
  readonly action: string;
  /** Share of all requests in percent. */
  readonly percent: number;
  /** Percent of these that need the API's database; the others are answered from its cache or by the worker. */
  readonly databasePercent: number;
}

/** Something that goes on only during a part of the window; times in s from the window's start. */
export type Fault =
  | {
      /** An outside service answers slower: latencies are drawn from another triangular distribution. */
      readonly kind: 'slow-service';
      readonly service: string;
      readonly from_s: number;
      readonly to_s: number;
      /** Low, mode, high in ms. */
      readonly latency_ms: readonly [number, number, number];
    }
  | {
      /** Clients that each keep one import under way, from the incident's start to the end. */
      readonly kind: 'import-clients';
    };

/** The accepted range of a measured quantity; `checks` measures it under this name. */
export interface Target {
  readonly row: number;
  readonly quantity: string;
  /** What the brief asks for, in its words. */
  readonly brief: string;
  readonly measurement: string;
  readonly unit: string;
  readonly min?: number;
  readonly max?: number;
  /** Whether `--scale` multiplies the range. */
  readonly scales?: true;
}

export interface Scenario {
  /** The name of its folder. */
  readonly name: string;
  readonly parameterSpecs: ParameterSpecs;
  readonly requestMix: readonly RequestKind[];
  readonly faults: readonly Fault[];
  readonly targets: readonly Target[];
}
