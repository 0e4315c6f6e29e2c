/** One stream of seeded random numbers. */
export interface Random {
  /** A whole number from 0 to 2^32 - 1. */
  nextUint32(): number;
  /** From 0 (inclusive) to 1 (exclusive), with 53 random bits. */
  next(): number;
  /** Evenly spread from `low` (inclusive) to `high` (exclusive). */
  between(low: number, high: number): number;
  /** A whole number from `low` to `high`, both inclusive. */
  integer(low: number, high: number): number;
  exponential(mean: number): number;
  /** From `low` to `high`, most often near `mode`; `quantile` (0 to 1) may come from a deck. */
  triangular(low: number, mode: number, high: number, quantile?: number): number;
  /** @throws {RangeError} when the list is empty */
  pick<T>(list: readonly T[]): T;
  /**
   * A shuffled deck of `size` evenly spread quantiles (0 to 1), dealt one a call and shuffled anew when it is used up:
   * the distribution of independent draws with far less luck between seeds.
   */
  deck(size: number): () => number;
}

const FNV_PRIME = 0x01000193;
const GOLDEN_RATIO = 0x9e3779b9;

/**
 * Makes the stream of that name (generator: sfc32). Every source of chance gets a name of its own, so that one more
 * draw in one place does not change what another draws.
 * @param seed a whole number from 0 to 2^53 - 1
 */
export function createRandom(seed: number, name: string): Random {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new RangeError(`seed must be a whole number, not ${seed}`);
  const nextUint32 = sfc32(
    hash(name, GOLDEN_RATIO),
    hash(name, 0x811c9dc5),
    seed | 0,
    Math.floor(seed / 2 ** 32),
  );

  const next = () => (nextUint32() + (nextUint32() >>> 11) / 0x200000) / 0x100000000;
  const integer = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));

  function triangular(low: number, mode: number, high: number, quantile = next()): number {
    const width = high - low;
    return quantile * width < mode - low
      ? low + Math.sqrt(quantile * width * (mode - low))
      : high - Math.sqrt((1 - quantile) * width * (high - mode));
  }

  function pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('nothing to pick from');
    return list[integer(0, list.length - 1)] as T;
  }

  function deck(size: number): () => number {
    let cards: number[] = [];
    return () => {
      const card = cards.pop();
      if (card !== undefined) return card;
      cards = shuffledQuantiles(size);
      return cards.pop() as number;
    };
  }

  function shuffledQuantiles(size: number): number[] {
    const cards = Array.from({ length: size }, (_, i) => (i + next()) / size);
    for (let i = size - 1; i > 0; i--) {
      const j = integer(0, i);
      const card = cards[i] as number;
      cards[i] = cards[j] as number;
      cards[j] = card;
    }
    return cards;
  }

  return {
    nextUint32,
    next,
    between: (low, high) => low + (high - low) * next(),
    integer,
    exponential: (mean) => -mean * Math.log(1 - next()),
    triangular,
    pick,
    deck,
  };
}

function sfc32(first: number, second: number, third: number, fourth: number): () => number {
  let a = first;
  let b = second;
  let c = third;
  let d = fourth + 1;
  const nextUint32 = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  // Until every bit of the state has had an effect on every other.
  for (let i = 0; i < 20; i++) nextUint32();
  return nextUint32;
}

function hash(text: string, start: number): number {
  let value = start | 0;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), FNV_PRIME);
  return value;
}
