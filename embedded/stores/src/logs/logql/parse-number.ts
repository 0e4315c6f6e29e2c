import { parseFloat64 } from '../go/numbers.js';
import { parseError } from './parse-error.js';
import type { TokenReader } from './token-reader.js';

/** A number with perhaps one sign. @throws {QueryError} on what the lexer took for a number and Go does not */
export function parseNumber(reader: TokenReader): number {
  const sign = reader.accept('+', '-');
  if (reader.type() !== 'NUMBER') sign ? reader.fail('NUMBER') : reader.fail();
  const parsed = parseFloat64(reader.advance().text);
  if (parsed.kind === 'error') throw parseError(`unable to parse literal as a float: ${parsed.message}`);
  return sign?.type === '-' ? -parsed.value : parsed.value;
}
