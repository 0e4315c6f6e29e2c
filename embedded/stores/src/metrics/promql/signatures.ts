/** Which functions there are, what they take and what they give. */
import type { ValueType } from './ast.js';

export interface Signature {
  readonly args: readonly ValueType[];
  /** How many more of the last kind may follow instead of exactly one; undefined for exactly `args`. */
  readonly variadic?: number;
  readonly returns: ValueType;
  /** Refused unless experimental functions are enabled. */
  readonly experimental?: true;
}

const VECTOR: ValueType = 'instant vector';
const MATRIX: ValueType = 'range vector';
const SCALAR: ValueType = 'scalar';
const STRING: ValueType = 'string';
const ANY_NUMBER = Number.POSITIVE_INFINITY;

function all(names: string, signature: Signature): [string, Signature][] {
  return names.split(' ').map((name) => [name, signature]);
}

export const SIGNATURES: ReadonlyMap<string, Signature> = new Map<string, Signature>([
  ...all('abs ceil exp floor ln log2 log10 sgn sqrt', { args: [VECTOR], returns: VECTOR }),
  ...all('acos acosh asin asinh atan atanh cos cosh deg rad sin sinh tan tanh', {
    args: [VECTOR],
    returns: VECTOR,
  }),
  ...all('absent sort sort_desc timestamp', { args: [VECTOR], returns: VECTOR }),
  ...all('histogram_avg histogram_count histogram_stddev histogram_stdvar histogram_sum', {
    args: [VECTOR],
    returns: VECTOR,
  }),
  ...all('days_in_month day_of_month day_of_week day_of_year hour minute month year', {
    args: [VECTOR],
    variadic: 1,
    returns: VECTOR,
  }),
  ...all('rate irate increase delta idelta deriv changes resets absent_over_time', {
    args: [MATRIX],
    returns: VECTOR,
  }),
  ...all('avg_over_time count_over_time first_over_time last_over_time max_over_time min_over_time', {
    args: [MATRIX],
    returns: VECTOR,
  }),
  ...all('present_over_time stddev_over_time stdvar_over_time sum_over_time', {
    args: [MATRIX],
    returns: VECTOR,
  }),
  ...all('mad_over_time ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time', {
    args: [MATRIX],
    returns: VECTOR,
    experimental: true,
  }),
  ...all('clamp_max clamp_min', { args: [VECTOR, SCALAR], returns: VECTOR }),
  ...all('sort_by_label sort_by_label_desc', {
    args: [VECTOR, STRING],
    variadic: ANY_NUMBER,
    returns: VECTOR,
    experimental: true,
  }),
  ...all('min_of max_of', { args: [SCALAR, SCALAR], returns: SCALAR, experimental: true }),
  ['clamp', { args: [VECTOR, SCALAR, SCALAR], returns: VECTOR }],
  ['round', { args: [VECTOR, SCALAR], variadic: 1, returns: VECTOR }],
  ['predict_linear', { args: [MATRIX, SCALAR], returns: VECTOR }],
  ['quantile_over_time', { args: [SCALAR, MATRIX], returns: VECTOR }],
  ['double_exponential_smoothing', { args: [MATRIX, SCALAR, SCALAR], returns: VECTOR, experimental: true }],
  ['holt_winters', { args: [MATRIX, SCALAR, SCALAR], returns: VECTOR }],
  ['histogram_quantile', { args: [SCALAR, VECTOR], returns: VECTOR }],
  ['histogram_fraction', { args: [SCALAR, SCALAR, VECTOR], returns: VECTOR }],
  ['label_replace', { args: [VECTOR, STRING, STRING, STRING, STRING], returns: VECTOR }],
  ['label_join', { args: [VECTOR, STRING, STRING, STRING], variadic: ANY_NUMBER, returns: VECTOR }],
  ['scalar', { args: [VECTOR], returns: SCALAR }],
  ['vector', { args: [SCALAR], returns: VECTOR }],
  ['time', { args: [], returns: SCALAR }],
  ['pi', { args: [], returns: SCALAR }],
]);

/** Experimental ones that these stores do not evaluate; without a feature flag neither does the real engine. */
export const UNSUPPORTED_FUNCTIONS: ReadonlySet<string> = new Set([
  'info',
  'histogram_quantiles',
  'start_timestamp',
  'start',
  'end',
  'step',
  'range',
]);
