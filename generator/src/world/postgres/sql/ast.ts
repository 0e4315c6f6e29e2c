/** Statements that the simulated server understands, as parsed: one table each, conditions joined by AND. */

export type Operand =
  | { readonly kind: 'parameter'; readonly index: number }
  | { readonly kind: 'constant'; readonly value: string | number | boolean | null }
  | { readonly kind: 'now' };

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=' | 'like' | 'ilike';

export type Condition =
  | {
      readonly kind: 'compare';
      readonly column: string;
      readonly operator: Comparison;
      readonly operand: Operand;
    }
  | { readonly kind: 'null'; readonly column: string; readonly negated: boolean }
  /** `= ANY($1)` has one operand, an array; `IN (a, b)` has several. */
  | {
      readonly kind: 'any';
      readonly column: string;
      readonly operands: readonly Operand[];
      readonly array: boolean;
    };

export type AggregateFunction = 'count' | 'sum' | 'min' | 'max' | 'avg';

export type SelectItem =
  | { readonly kind: 'column'; readonly column: string; readonly alias: string; readonly cast?: string }
  | {
      readonly kind: 'aggregate';
      readonly function: AggregateFunction;
      /** Undefined for `count(*)`. */
      readonly column: string | undefined;
      readonly distinct: boolean;
      readonly alias: string;
      readonly cast?: string;
    }
  | { readonly kind: 'value'; readonly operand: Operand; readonly alias: string; readonly cast?: string };

export interface OrderTerm {
  readonly column: string;
  readonly descending: boolean;
}

export interface SelectStatement {
  readonly kind: 'select';
  /** Undefined for `SELECT 1`. */
  readonly table: string | undefined;
  readonly items: readonly SelectItem[];
  readonly where: readonly Condition[];
  readonly groupBy: readonly string[];
  readonly orderBy: readonly OrderTerm[];
  readonly limit: Operand | undefined;
  readonly offset: Operand | undefined;
  readonly lock: 'none' | 'wait' | 'skip';
}

export type Assignment =
  | { readonly kind: 'set'; readonly column: string; readonly operand: Operand }
  | { readonly kind: 'add'; readonly column: string; readonly operand: Operand; readonly sign: 1 | -1 }
  /** `EXCLUDED.column` of an upsert. */
  | { readonly kind: 'excluded'; readonly column: string; readonly source: string };

export interface InsertStatement {
  readonly kind: 'insert';
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Operand[])[];
  readonly conflict:
    | { readonly columns: readonly string[]; readonly assignments: readonly Assignment[] | 'nothing' }
    | undefined;
  readonly returning: readonly SelectItem[];
}

export interface UpdateStatement {
  readonly kind: 'update';
  readonly table: string;
  readonly assignments: readonly Assignment[];
  readonly where: readonly Condition[];
  readonly returning: readonly SelectItem[];
}

export interface DeleteStatement {
  readonly kind: 'delete';
  readonly table: string;
  readonly where: readonly Condition[];
  readonly returning: readonly SelectItem[];
}

export type Statement =
  | { readonly kind: 'begin' | 'commit' | 'rollback' | 'set' }
  | SelectStatement
  | InsertStatement
  | UpdateStatement
  | DeleteStatement;
