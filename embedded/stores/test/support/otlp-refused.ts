/** Bodies that are no OTLP, each with what has to be said of it. */
import { hex } from './traces-fixture.js';

export const REFUSED: readonly (readonly [body: string, message: RegExp])[] = [
  ['', /\{ is expected at byte 0/],
  ['{', /is expected/],
  ['[]', /\{ is expected/],
  ['{"resourceSpans":5}', /\[ is expected/],
  ['{"resourceSpans":[}', /is expected/],
  ['{"resourceSpans":[]]', /a comma or an end is expected/],
  [spanWith({ traceId: 'zz' }), /an id of 32 hexadecimal digits is expected/],
  [spanWith({ traceId: 'g'.repeat(32) }), /a hexadecimal digit is expected/],
  [spanWith({ traceId: '0'.repeat(32) }), /trace ids must be 128 bit, received 0 bits/],
  [spanWith({ spanId: '1234' }), /an id of 16 hexadecimal digits is expected/],
  [spanWith({ kind: 'x' }), /a known number or name is expected/],
  [spanWith({ startTimeUnixNano: 'abc' }), /nanoseconds is expected/],
  [spanWith({ attributes: [{ key: 'a', value: { intValue: 'x' } }] }), /intValue has to be a whole number/],
  [spanWith({ attributes: [{ key: 'a', value: 5 }] }), /a value has to be an object/],
  [spanWith({ attributes: [5] }), /a string or an object is expected/],
  [spanWithNested(100), /nested too deeply/],
  [spanWithNested(50_000), /nested too deeply/],
];

function spanWith(members: object): string {
  const span = { traceId: hex(1, 32), spanId: hex(1, 16), ...members };
  return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
}

/** As text: to write it from an object would exhaust the stack here. */
function spanWithNested(levels: number): string {
  const nested = `${'{"kvlistValue":{"values":[{"key":"k","value":'.repeat(levels)}{}${'}]}}'.repeat(levels)}`;
  return spanWith({ attributes: [{ key: 'a', value: 'NESTED' }] }).replace('"NESTED"', nested);
}
