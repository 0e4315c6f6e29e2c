/** The words of LogQL. A token's type is the name that the engine's errors call it by. */
import { RANGE_OPERATIONS, type RangeOperation, VECTOR_OPERATIONS, type VectorOperation } from './ast.js';

export interface Token {
  readonly type: string;
  /** Of a string its value, of anything else as it was written. */
  readonly text: string;
  /** Of a duration or a range in ns, of a size in bytes. */
  readonly number: number;
  readonly line: number;
  readonly column: number;
}

/** Also ones of two characters, which the lexer finds by their first. */
export const OPERATORS: ReadonlySet<string> = new Set(
  ', . { } = != =~ !~ !> |= |~ |> | ( ) [ ] + - * / % ^ == > >= < <='.split(' '),
);

/** Never names of labels. */
export const KEYWORDS: ReadonlySet<string> = new Set(
  [
    'unwrap by without bool offset on ignoring group_left group_right or and unless',
    'json regexp logfmt unpack pattern label_format line_format decolorize drop keep variants of',
  ]
    .join(' ')
    .split(' '),
);

/** Names of labels too, where no parenthesis, `by` or `without` follows. */
export const FUNCTIONS: ReadonlyMap<string, string> = new Map<string, string>([
  ...[...RANGE_OPERATIONS, ...VECTOR_OPERATIONS, 'vector'].map((name) => [name, name.toUpperCase()] as const),
  ['bytes', 'BYTES_CONV'],
  ['duration', 'DURATION_CONV'],
  ['duration_seconds', 'DURATION_SECONDS_CONV'],
  ['label_replace', 'label_replace'],
  ['ip', 'ip'],
]);

/** Operations by their type of token. */
export const RANGES: ReadonlyMap<string, RangeOperation> = new Map(
  RANGE_OPERATIONS.map((name) => [name.toUpperCase(), name]),
);
export const VECTORS: ReadonlyMap<string, VectorOperation> = new Map(
  VECTOR_OPERATIONS.map((name) => [name.toUpperCase(), name]),
);
