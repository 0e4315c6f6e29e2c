/** What Prometheus answers. */
export type Labels = Readonly<Record<string, string>>;
export type Sample = readonly [seconds: number, value: string];

export interface MatrixSeries {
  readonly metric: Labels;
  readonly values: readonly Sample[];
}

export interface VectorSample {
  readonly metric: Labels;
  readonly value: Sample;
}

export type QueryData =
  | { readonly resultType: 'matrix'; readonly result: readonly MatrixSeries[] }
  | { readonly resultType: 'vector'; readonly result: readonly VectorSample[] }
  | { readonly resultType: 'scalar' | 'string'; readonly result: Sample };

export interface Exemplar {
  readonly labels: Labels;
  readonly value: string;
  readonly timestamp: number;
}

export interface ExemplarSeries {
  readonly seriesLabels: Labels;
  readonly exemplars: readonly Exemplar[];
}

export interface Answer<T> {
  readonly status: 'success' | 'error';
  readonly data: T;
  readonly warnings?: readonly string[];
}

const NAMED: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  '+Inf': Infinity,
  Inf: Infinity,
  '-Inf': -Infinity,
};

/** A sample's value; Prometheus writes numbers as text, because JSON has no infinity. */
export function sampleValue(text: string): number {
  return NAMED[text] ?? Number(text);
}
