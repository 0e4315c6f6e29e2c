/** Column descriptions for `tables.ts`, each with a way to make the values of the population. */
import { entityId, mix } from './entity-id.js';
import type { Column, ColumnType, RowPlace, Value } from './schema.js';

const DAY_MS = 86_400_000;

type Make = (place: RowPlace) => Value;

function column(type: ColumnType, value: Make, more: Partial<Column> = {}): Column {
  return { type, nullable: false, byDefault: undefined, references: undefined, value, ...more };
}

/** A number from 0 to 1 that belongs to the row; `salt` tells several of them apart. */
export function chance({ hash }: Pick<RowPlace, 'hash'>, salt: number): number {
  return mix(hash + Math.imul(salt, 0x9e3779b9)) / 0x100000000;
}

export function choose<T>(place: RowPlace, salt: number, list: readonly T[]): T {
  return list[Math.floor(chance(place, salt) * list.length)] as T;
}

export const id = (table: string) => column('uuid', ({ n }) => entityId(table, n));

/** The id of a row of another table, whose number is told by `number`. */
export function reference(table: string, number: (place: RowPlace) => number): Column {
  // Rows that are looked at together mostly refer to the same one.
  let lastNumber = -1;
  let lastId = '';
  const value = (place: RowPlace) => {
    const n = number(place);
    if (n !== lastNumber) {
      lastNumber = n;
      lastId = entityId(table, n);
    }
    return lastId;
  };
  return column('uuid', value, { references: table });
}

/** The id of the parent. */
export const parent = (table: string) => reference(table, (place) => place.parent);

export const text = (value: (place: RowPlace) => string) => column('text', value);

export const oneOf = (salt: number, values: readonly string[]) =>
  text((place) => choose(place, salt, values));

export const integer = (salt: number, low: number, high: number) =>
  column('integer', (place) => low + Math.floor(chance(place, salt) * (high - low + 1)));

export const whole = (value: (place: RowPlace) => number) => column('integer', value);

export const json = (value: (place: RowPlace) => unknown) =>
  column('jsonb', (place) => JSON.stringify(value(place)), { result: value });

/** A time within so many days before the simulation. */
export const daysAgo = (salt: number, low: number, high: number) =>
  column('timestamptz', (place) =>
    Math.floor(place.epochMs - (low + chance(place, salt) * (high - low)) * DAY_MS),
  );

/** A time that falls from slot to slot by about `stepDays`. */
export const newestFirst = (salt: number, stepDays: number) =>
  column('timestamptz', (place) =>
    Math.floor(place.epochMs - (place.slot + 0.05 + 0.9 * chance(place, salt)) * stepDays * DAY_MS),
  );

/** A time that comes so many seconds after the column `from` describes. */
export const after = (from: Column, salt: number, low_s: number, high_s: number) =>
  column('timestamptz', (place) =>
    Math.min(
      Number(from.value(place)) + Math.floor((low_s + chance(place, salt) * (high_s - low_s)) * 1000),
      place.epochMs,
    ),
  );

/** Null in so many of a hundred rows. */
export const sometimesNull = (percent: number, salt: number, of: Column): Column => ({
  ...of,
  nullable: true,
  value: (place) => (chance(place, salt) * 100 < percent ? null : of.value(place)),
  ...(of.result && { result: (place) => (chance(place, salt) * 100 < percent ? null : of.result?.(place)) }),
});

export const withDefault = (byDefault: Value | 'now()', of: Column): Column => ({ ...of, byDefault });
