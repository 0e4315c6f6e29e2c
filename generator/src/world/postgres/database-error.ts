/** What is known about an error besides its message; the members that node-postgres gives. */
export interface ErrorFields {
  readonly severity?: 'ERROR' | 'FATAL';
  readonly detail?: string;
  readonly hint?: string;
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;
  /** Where in the statement, counted from 1. */
  readonly position?: string;
}

/** An error as the server reports it, in the shape of node-postgres' `DatabaseError`. */
export class DatabaseError extends Error {
  override readonly name: string = 'error';
  /** The SQLSTATE. */
  readonly code: string;
  readonly severity: 'ERROR' | 'FATAL';
  readonly detail: string | undefined;
  readonly hint: string | undefined;
  readonly table: string | undefined;
  readonly column: string | undefined;
  readonly constraint: string | undefined;
  readonly position: string | undefined;

  constructor(code: string, message: string, fields: ErrorFields = {}) {
    super(message);
    this.code = code;
    this.severity = fields.severity ?? 'ERROR';
    this.detail = fields.detail;
    this.hint = fields.hint;
    this.table = fields.table;
    this.column = fields.column;
    this.constraint = fields.constraint;
    this.position = fields.position;
  }
}

/** SQLSTATEs by what they mean. */
export const SQLSTATE = {
  notNullViolation: '23502',
  foreignKeyViolation: '23503',
  uniqueViolation: '23505',
  invalidDatetime: '22007',
  invalidText: '22P02',
  protocolViolation: '08P01',
  inFailedTransaction: '25P02',
  deadlockDetected: '40P01',
  syntaxError: '42601',
  undefinedColumn: '42703',
  undefinedTable: '42P01',
  groupingError: '42803',
  datatypeMismatch: '42804',
  invalidColumnReference: '42P10',
  featureNotSupported: '0A000',
  tooManyConnections: '53300',
  adminShutdown: '57P01',
} as const;
