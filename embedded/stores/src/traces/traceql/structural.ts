/** Operators that relate spans of one trace by its tree, by where they are in it. */
import type { TraceIndex } from '../trace-index.js';
import type { StructuralOperator } from './ast.js';

type Relation = '>' | '<' | '>>' | '<<' | '~';
/** Of places on the right side, in their order: which are in the relation to any on the left. */
type Test = (place: number) => boolean;

const INVERSE: Readonly<Record<Relation, Relation>> = {
  '>': '<',
  '<': '>',
  '>>': '<<',
  '<<': '>>',
  '~': '~',
};

/**
 * @param left spans, and @param right spans, both of one trace
 * @returns spans of the right side that are in the relation to any of the left side, those that are not if the operator
 * denies, and with those of the left side that they are in it to if it unites
 */
export function relate(
  index: TraceIndex,
  operator: StructuralOperator,
  left: readonly number[],
  right: readonly number[],
): readonly number[] {
  if (right.length === 0) return [];
  const denies = operator.startsWith('!');
  const unites = operator.startsWith('&');
  const relation = (denies || unites ? operator.slice(1) : operator) as Relation;
  const found = pick(index, relation, left, right, !denies);
  if (!unites) return found;
  const others = pick(index, INVERSE[relation], right, left, true);
  const known = new Set(found);
  return [...found, ...others.filter((span) => !known.has(span))];
}

/** In the order of the right side. */
function pick(
  index: TraceIndex,
  relation: Relation,
  left: readonly number[],
  right: readonly number[],
  wanted: boolean,
): readonly number[] {
  const test = testOf(index, relation, placesOf(index, left));
  const found = new Set(placesOf(index, right).filter(test));
  return right.filter((span) => found.has(index.place[span] as number) === wanted);
}

/** In ascending order: a span comes before all that is below it. */
function placesOf({ place }: TraceIndex, spans: readonly number[]): number[] {
  const places = spans.map((span) => place[span] as number);
  for (let i = 1; i < places.length; i++) {
    if ((places[i - 1] as number) > (places[i] as number)) return places.sort((a, b) => a - b);
  }
  return places;
}

function testOf(index: TraceIndex, relation: Relation, left: readonly number[]): Test {
  switch (relation) {
    case '>>':
      return isBelow(index, left);
    case '<<':
      return isAbove(index, left);
    case '>': {
      const parents = new Set(left);
      return (place) => parents.has(index.parent[place] as number);
    }
    case '<': {
      const parents = new Set(left.map((place) => index.parent[place]));
      return (place) => parents.has(place);
    }
    case '~':
      return isBeside(index, left);
  }
}

/** Left places are gone through as right ones come: the furthest end of a tree so far covers all up to it. */
function isBelow(index: TraceIndex, left: readonly number[]): Test {
  let next = 0;
  let covered = -1;
  return (place) => {
    for (; next < left.length && (left[next] as number) < place; next++) {
      covered = Math.max(covered, lastBelow(index, left[next] as number));
    }
    return place <= covered;
  };
}

function isAbove(index: TraceIndex, left: readonly number[]): Test {
  let next = 0;
  return (place) => {
    while (next < left.length && (left[next] as number) <= place) next++;
    return next < left.length && (left[next] as number) <= lastBelow(index, place);
  };
}

/** Roots are beside each other; a span is not beside itself. */
function isBeside(index: TraceIndex, left: readonly number[]): Test {
  const own = new Set(left);
  const children = new Map<number, number>();
  for (const place of left) {
    const parent = index.parent[place] as number;
    children.set(parent, (children.get(parent) ?? 0) + 1);
  }
  return (place) => {
    const parent = index.parent[place] as number;
    return parent !== -2 && (children.get(parent) ?? 0) > (own.has(place) ? 1 : 0);
  };
}

/** The place itself where nothing is below it. */
function lastBelow({ left, right }: TraceIndex, place: number): number {
  return left[place] === 0 ? place : place + ((right[place] as number) - (left[place] as number) - 1) / 2;
}
