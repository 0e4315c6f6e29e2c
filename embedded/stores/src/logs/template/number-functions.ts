/** Template functions on numbers, and from texts to numbers. */
import { parseBytes } from '../go/bytes.js';
import { parseGoDuration } from '../go/durations.js';
import { castFloat, castInteger, ofTexts, type TemplateFunction } from './arguments.js';
import { TemplateError, type Value } from './values.js';

const ANY = Number.POSITIVE_INFINITY;

export const NUMBER_FUNCTIONS: readonly (readonly [string, TemplateFunction])[] = [
  ['int', { arguments: [1], call: ([value]) => castInteger(value) }],
  ['float64', { arguments: [1], call: ([value]) => castFloat(value) }],
  [
    'add',
    { arguments: [0, ANY], call: (values) => values.map(castInteger).reduce((sum, value) => sum + value, 0) },
  ],
  [
    'mul',
    {
      arguments: [1, ANY],
      call: (values) => values.map(castInteger).reduce((product, value) => product * value),
    },
  ],
  ['sub', { arguments: [2], call: ([a, b]) => castInteger(a) - castInteger(b) }],
  ['div', { arguments: [2], call: ([a, b]) => Math.trunc(castInteger(a) / divisor(b)) }],
  ['mod', { arguments: [2], call: ([a, b]) => castInteger(a) % divisor(b) }],
  ['max', { arguments: [1, ANY], call: (values) => Math.max(...values.map(castInteger)) }],
  ['min', { arguments: [1, ANY], call: (values) => Math.min(...values.map(castInteger)) }],
  [
    'addf',
    { arguments: [0, ANY], call: (values) => values.map(castFloat).reduce((sum, value) => sum + value, 0) },
  ],
  [
    'subf',
    { arguments: [1, ANY], call: (values) => values.map(castFloat).reduce((rest, value) => rest - value) },
  ],
  [
    'mulf',
    {
      arguments: [1, ANY],
      call: (values) => values.map(castFloat).reduce((product, value) => product * value),
    },
  ],
  [
    'divf',
    { arguments: [1, ANY], call: (values) => values.map(castFloat).reduce((rest, value) => rest / value) },
  ],
  ['maxf', { arguments: [1, ANY], call: (values) => Math.max(...values.map(castFloat)) }],
  ['minf', { arguments: [1, ANY], call: (values) => Math.min(...values.map(castFloat)) }],
  ['ceil', { arguments: [1], call: ([value]) => Math.ceil(castFloat(value)) }],
  ['floor', { arguments: [1], call: ([value]) => Math.floor(castFloat(value)) }],
  [
    'round',
    { arguments: [2, 3], call: ([value, places, up]) => round(castFloat(value), castInteger(places), up) },
  ],
  ['bytes', ofTexts(1, (value = '') => toBytes(value))],
  ['duration', ofTexts(1, (value = '') => toSeconds(value))],
  ['duration_seconds', ofTexts(1, (value = '') => toSeconds(value))],
];

function divisor(value: Value): number {
  const number = castInteger(value);
  if (number === 0) throw new TemplateError('error calling div: runtime error: integer divide by zero');
  return number;
}

function round(value: number, places: number, up: Value): number {
  const power = 10 ** places;
  const digit = value * power;
  const threshold = up === undefined ? 0.5 : castFloat(up);
  const rest = digit - Math.trunc(digit);
  return (rest >= threshold ? Math.ceil(digit) : Math.floor(digit)) / power;
}

function toBytes(value: string): number {
  const parsed = parseBytes(value);
  if (parsed.kind === 'error') throw new TemplateError(`error calling bytes: ${parsed.message}`);
  return parsed.bytes;
}

function toSeconds(value: string): number {
  const parsed = parseGoDuration(value);
  if (parsed.kind === 'error') throw new TemplateError(`error calling duration: ${parsed.message}`);
  return parsed.ns / 1e9;
}
