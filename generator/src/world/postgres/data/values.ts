/** From what a client sends to what the server keeps, and back to what node-postgres gives. */
import { DatabaseError, SQLSTATE } from '../database-error.js';
import { isUuid } from './entity-id.js';
import type { ColumnType, Value } from './schema.js';

/** @throws {DatabaseError} 22P02 or 22007, naming the type and what was given */
export function toStored(type: ColumnType, given: unknown): Value {
  if (given === null || given === undefined) return null;
  switch (type) {
    case 'uuid': {
      if (typeof given === 'string' && isUuid(given)) return given;
      const text = String(given).toLowerCase();
      return isUuid(text) ? text : refuse(type, given);
    }
    case 'integer': {
      const number = given === '' ? Number.NaN : Number(given);
      return Number.isInteger(number) ? number : refuse(type, given);
    }
    case 'timestamptz': {
      const ms = given instanceof Date ? given.getTime() : Date.parse(String(given));
      return Number.isNaN(ms) ? refuse('timestamp with time zone', given, SQLSTATE.invalidDatetime) : ms;
    }
    case 'boolean':
      if (typeof given === 'boolean') return given;
      if (given === 'true' || given === 't') return true;
      return given === 'false' || given === 'f' ? false : refuse(type, given);
    case 'jsonb':
      return typeof given === 'string' ? checkedJson(given) : JSON.stringify(given);
    case 'text':
      return typeof given === 'string' ? given : String(given);
  }
}

/** The value as node-postgres parses it by the column's type. */
export function fromStored(type: ColumnType, stored: Value): unknown {
  if (stored === null) return null;
  if (type === 'timestamptz') return new Date(stored as number);
  return type === 'jsonb' ? JSON.parse(stored as string) : stored;
}

function checkedJson(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    return refuse('json', text);
  }
}

function refuse(type: string, given: unknown, code: string = SQLSTATE.invalidText): never {
  throw new DatabaseError(code, `invalid input syntax for type ${type}: "${given}"`);
}
