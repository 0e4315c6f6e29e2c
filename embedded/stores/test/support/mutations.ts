/** Ways to spoil a text, a number or a body, as fast-check arbitraries. */
import fc from 'fast-check';

/** Pieces of the three languages, and of none. */
const TOKENS = [
  ...'(){}[]<>|,.:;@#$%^&*-+=!~/\\\'"`?_ \t\n\0'.split(''),
  ...['==', '!=', '=~', '!~', '|=', '|~', '>>', '<<', '&&', '||', '!>>', '&>>', '>=', 'bool', 'offset'],
  ...['by', 'without', 'on', 'ignoring', 'group_left', 'sum', 'rate', 'topk', 'json', 'logfmt', 'unwrap'],
  ...[
    'count()',
    'select(',
    'quantile_over_time(',
    '[5m]',
    '[1m:',
    '5m',
    '1e400',
    '-0',
    'NaN',
    'Inf',
    '0x',
    '1_0',
  ],
  ...['9'.repeat(40), '99999999999999999999y', '\u{1F680}', '\u0301', '\uFEFF', '\u2028', 'é'.repeat(50)],
  ...[
    '(?P<x>',
    '(a+)+$',
    '[[:alpha:',
    '\\d{1000}{1000}',
    '{{ .x | ',
    '{{ range',
    '<_>',
    'nil',
    '.a.b."c',
    'span:id',
  ],
] as const;

export type Mutation = (text: string) => string;

const share = fc.double({ min: 0, max: 1, noNaN: true });

function place(text: string, at: number): number {
  return Math.min(text.length, Math.floor(at * (text.length + 1)));
}

/** @param others texts of which pieces are taken */
export function mutation(others: readonly string[]): fc.Arbitrary<Mutation> {
  const piece = fc
    .tuple(fc.constantFrom(...others), share, share)
    .map(([other, a, b]) =>
      other.slice(Math.min(place(other, a), place(other, b)), Math.max(place(other, a), place(other, b))),
    );
  return fc.oneof(
    fc.tuple(share, fc.constantFrom(...TOKENS)).map(
      ([at, token]): Mutation =>
        (text) =>
          text.slice(0, place(text, at)) + token + text.slice(place(text, at)),
    ),
    fc.tuple(share, fc.nat(12)).map(
      ([at, length]): Mutation =>
        (text) =>
          text.slice(0, place(text, at)) + text.slice(place(text, at) + length),
    ),
    share.map(
      (at): Mutation =>
        (text) =>
          text.slice(0, place(text, at)),
    ),
    fc.tuple(share, piece).map(
      ([at, other]): Mutation =>
        (text) =>
          text.slice(0, place(text, at)) + other + text.slice(place(text, at)),
    ),
    fc.tuple(share, share).map(
      ([a, b]): Mutation =>
        (text) => {
          const [from, to] = [place(text, Math.min(a, b)), place(text, Math.max(a, b))];
          return text.slice(0, to) + text.slice(from, to) + text.slice(to);
        },
    ),
    fc.tuple(share, fc.string({ unit: 'binary', maxLength: 6 })).map(
      ([at, other]): Mutation =>
        (text) =>
          text.slice(0, place(text, at)) + other + text.slice(place(text, at)),
    ),
    fc.tuple(fc.constantFrom('(', '-', '{', '!', 'sum(', '[', '{{'), fc.constantFrom(50, 3000)).map(
      ([token, times]): Mutation =>
        (text) =>
          token.repeat(times) + text,
    ),
  );
}

/** What makes any query wrong that was right before. */
export const SPOILERS: readonly Mutation[] = [
  (query) => `${query} )`,
  (query) => `(${query}`,
  (query) => `${query} }`,
  (query) => `{ ${query}`,
  (query) => `${query} "`,
  (query) => `${query} ]`,
  (query) => `${query} @@`,
  (query) => `${query} ~`,
];

/** Values of times, steps, limits and durations that no client should send, and some that it may. */
export const ODD_VALUES = [
  ...['', ' ', '0', '-1', '1', '1e3', '1e400', '-1e400', 'NaN', 'Inf', 'abc', '1.5', '0x10', '1e-9', '٣'],
  ...[
    '9'.repeat(30),
    '-9223372036854775808',
    '9223372036854775807',
    '18446744073709551616',
    '1s',
    '-1s',
    '1y',
  ],
  ...[
    '1h30m',
    '5',
    '2026-03-02T10:00:00Z',
    '2026-13-40T99:99:99Z',
    'now',
    'null',
    '[]',
    '{}',
    '\0',
    '%',
    '1,2',
  ],
] as const;

/** Bytes flipped, cut, doubled. */
export function mutatedBytes(body: Uint8Array): fc.Arbitrary<Uint8Array> {
  const change = fc.tuple(share, fc.nat(255), fc.constantFrom('set', 'cut', 'insert', 'double'));
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    let bytes = Buffer.from(body);
    for (const [at, value, kind] of changes) {
      const i = Math.min(bytes.length, Math.floor(at * (bytes.length + 1)));
      if (kind === 'set' && i < bytes.length) bytes[i] = value;
      else if (kind === 'cut') bytes = bytes.subarray(0, i);
      else if (kind === 'insert')
        bytes = Buffer.concat([bytes.subarray(0, i), Buffer.of(value), bytes.subarray(i)]);
      else if (kind === 'double') bytes = Buffer.concat([bytes, bytes.subarray(i)]);
    }
    return bytes;
  });
}
