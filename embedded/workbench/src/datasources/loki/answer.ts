/** What Loki answers. With "categorize-labels" an entry says of its labels where they come from. */
export interface EntryLabels {
  readonly structuredMetadata?: Readonly<Record<string, string>>;
  readonly parsed?: Readonly<Record<string, string>>;
}

export type Entry = readonly [nanoseconds: string, line: string, labels?: EntryLabels];

export interface Stream {
  readonly stream: Readonly<Record<string, string>>;
  readonly values: readonly Entry[];
}

export interface MatrixSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [seconds: number, value: string])[];
}

export interface VectorSample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [seconds: number, value: string];
}

export type QueryData =
  | { readonly resultType: 'streams'; readonly result: readonly Stream[] }
  | { readonly resultType: 'matrix'; readonly result: readonly MatrixSeries[] }
  | { readonly resultType: 'vector'; readonly result: readonly VectorSample[] };

export interface Answer<T> {
  readonly status: 'success';
  readonly data: T;
}
