/** LogQL as a tree. */
import type { Matcher } from '../matcher.js';

export type Expression = LogExpression | MetricExpression;

/** A stream selector and what happens to its lines. */
export interface LogExpression {
  readonly kind: 'log';
  readonly matchers: readonly Matcher[];
  readonly stages: readonly Stage[];
}

export type LineOperator = '|=' | '!=' | '|~' | '!~' | '|>' | '!>';

export interface LineFilter {
  readonly operator: LineOperator;
  readonly match: string;
  /** `ip("...")` instead of a text. */
  readonly ip: boolean;
  /** Others of the same operator of which one is enough. */
  readonly or: readonly { readonly match: string; readonly ip: boolean }[];
}

export interface Extraction {
  readonly label: string;
  readonly expression: string;
}

/** A label, or the label only where its value matches. */
export type NamedMatcher = string | Matcher;

export type LabelFormat =
  | { readonly kind: 'rename'; readonly label: string; readonly from: string }
  | { readonly kind: 'template'; readonly label: string; readonly template: string };

export type Stage =
  | { readonly kind: 'line_filters'; readonly filters: readonly LineFilter[] }
  | { readonly kind: 'json'; readonly extractions: readonly Extraction[] }
  | {
      readonly kind: 'logfmt';
      readonly strict: boolean;
      readonly keepEmpty: boolean;
      readonly extractions: readonly Extraction[];
    }
  | { readonly kind: 'regexp' | 'pattern'; readonly pattern: string }
  | { readonly kind: 'unpack' | 'decolorize' }
  | { readonly kind: 'label_filter'; readonly filter: LabelFilter }
  | { readonly kind: 'line_format'; readonly template: string }
  | { readonly kind: 'label_format'; readonly formats: readonly LabelFormat[] }
  | { readonly kind: 'drop' | 'keep'; readonly labels: readonly NamedMatcher[] };

export type CompareOperator = '==' | '!=' | '>' | '>=' | '<' | '<=';

export type LabelFilter =
  | { readonly kind: 'and' | 'or'; readonly left: LabelFilter; readonly right: LabelFilter }
  | { readonly kind: 'string'; readonly matcher: Matcher }
  | { readonly kind: 'ip'; readonly label: string; readonly negated: boolean; readonly pattern: string }
  | LabelComparison;

export interface LabelComparison {
  readonly kind: 'number' | 'duration' | 'bytes';
  readonly label: string;
  readonly operator: CompareOperator;
  /** A duration's in ns. */
  readonly value: number;
}

export type Conversion = 'bytes' | 'duration' | 'duration_seconds';

export interface Unwrap {
  readonly label: string;
  readonly conversion: Conversion | undefined;
  readonly filters: readonly LabelFilter[];
}

export interface Grouping {
  readonly without: boolean;
  readonly labels: readonly string[];
}

export type RangeOperation = (typeof RANGE_OPERATIONS)[number];
export const RANGE_OPERATIONS = [
  'count_over_time',
  'rate',
  'rate_counter',
  'bytes_over_time',
  'bytes_rate',
  'avg_over_time',
  'sum_over_time',
  'min_over_time',
  'max_over_time',
  'stdvar_over_time',
  'stddev_over_time',
  'quantile_over_time',
  'first_over_time',
  'last_over_time',
  'absent_over_time',
] as const;

export type VectorOperation = (typeof VECTOR_OPERATIONS)[number];
export const VECTOR_OPERATIONS = [
  'sum',
  'avg',
  'max',
  'min',
  'count',
  'stddev',
  'stdvar',
  'bottomk',
  'topk',
  'sort',
  'sort_desc',
  'approx_topk',
] as const;

export type SetOperator = 'and' | 'or' | 'unless';
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '^';
export type BinaryOperator = SetOperator | ArithmeticOperator | CompareOperator;

export interface Matching {
  readonly cardinality: 'one-to-one' | 'many-to-one' | 'one-to-many';
  readonly on: boolean;
  /** Undefined when neither `on` nor `ignoring` was written. */
  readonly labels: readonly string[] | undefined;
  /** Labels of the "one" side; undefined without parentheses. */
  readonly include: readonly string[] | undefined;
}

export interface RangeAggregation {
  readonly kind: 'range';
  readonly operation: RangeOperation;
  readonly parameter: number | undefined;
  readonly grouping: Grouping | undefined;
  readonly selector: LogExpression;
  readonly unwrap: Unwrap | undefined;
  readonly range_ns: number;
  readonly offset_ns: number;
}

export interface VectorAggregation {
  readonly kind: 'aggregation';
  readonly operation: VectorOperation;
  /** Of topk and bottomk. */
  readonly parameter: number;
  readonly grouping: Grouping | undefined;
  readonly inner: MetricExpression;
}

export interface Binary {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly returnBool: boolean;
  readonly matching: Matching;
  readonly left: MetricExpression;
  readonly right: MetricExpression;
}

export interface LabelReplace {
  readonly kind: 'label_replace';
  readonly inner: MetricExpression;
  readonly destination: string;
  readonly replacement: string;
  readonly source: string;
  readonly regex: string;
}

export type MetricExpression =
  | RangeAggregation
  | VectorAggregation
  | Binary
  | LabelReplace
  | { readonly kind: 'literal'; readonly value: number }
  | { readonly kind: 'vector'; readonly value: number };

export const COMPARE_OPERATORS: ReadonlySet<string> = new Set(['==', '!=', '>', '>=', '<', '<=']);
export const SET_OPERATORS: ReadonlySet<string> = new Set(['and', 'or', 'unless']);
