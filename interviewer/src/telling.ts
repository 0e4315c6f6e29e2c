/** Phrases that would give a candidate the answer, or tell that the day was staged. */

export interface Telling {
  readonly pattern: RegExp;
  /** A sentence that the pattern has to find. */
  readonly example: string;
}

const OUTSIDE_CALL = '(?:external|outside|remote|network|http|api|validation|third-party)';

export const TELLING: readonly Telling[] = [
  // The cause: a call to somebody else while a transaction is open.
  telling(
    `${OUTSIDE_CALL}[\\w -]{0,30}(?:call|request|service|validation|i/o)s?\\b[^.]{0,30}\\b(?:inside|within|in the middle of|during|under)\\b[^.]{0,20}\\btransaction`,
    'It makes an external call inside the transaction.',
  ),
  telling(
    `transactions?\\b[^.]{0,40}\\b(?:across|around|spans?|wraps?|while|during|until)\\b[^.]{0,40}\\b${OUTSIDE_CALL}[\\w -]{0,20}(?:call|request|service|answer)`,
    'The transaction stays open across the validation call.',
  ),
  telling(
    'i/o (?:inside|in|within|during) (?:a |the |an open )?transaction',
    'Never do I/O inside a transaction.',
  ),
  // Who does it.
  telling(
    '\\bimports?\\b[^.]{0,40}\\b(?:holds?|holding|keeps?|hogs?|exhausts?|blocks?|starves?)\\b[^.]{0,30}\\b(?:connection|pool|transaction)',
    'Each import holds a connection for its whole time.',
  ),
  telling(
    '\\b(?:connections?|pool)\\b[^.]{0,40}\\b(?:held|kept|exhausted|blocked|taken)\\b[^.]{0,15}\\bby\\b[^.]{0,25}\\b(?:import|validation)',
    'The pool is exhausted by imports.',
  ),
  telling(
    '\\b(?:caused by|because of|due to)\\b[^.]{0,30}\\b(?:imports?|validation)\\b',
    'Timeouts caused by the import endpoint.',
  ),
  telling('root cause|culprit|to blame\\b', 'The culprit is this endpoint.'),
  // What to do about it.
  telling(
    '\\b(?:move|take|pull)\\b[^.]{0,40}\\bout of (?:the|its|a) transaction',
    'Move the call out of the transaction.',
  ),
  telling('\\bsaga\\b|compensating transaction', 'Use a saga pattern.'),
  telling('circuit breaker', 'Put a circuit breaker there.'),
  // The stage.
  telling('\\bbuggy\\b|\\bbug (?:is )?here\\b|\\bthe bug\\b|\\bBUG:', 'BUG: the call is here'),
  telling('on purpose|deliberately|intentional(?:ly)? (?:slow|broken|bad)', 'This is slow on purpose.'),
  telling('answer key|spoiler|pass level|six steps', 'See the answer key.'),
  telling('simulated|simulation|virtual time', 'In virtual time this is quick.'),
  telling('\\b(?:TODO|FIXME|HACK|XXX)\\b', '// FIXME'),
];

function telling(source: string, example: string): Telling {
  return { pattern: new RegExp(source, 'i'), example };
}

/** The places of a text that tell; comments may run over several lines. */
export function tellingPlaces(text: string): readonly string[] {
  const flat = text.replaceAll(/\s*\n\s*(?:\/\/|\*|#|;)?\s*/g, ' ');
  return TELLING.flatMap(({ pattern }) => {
    const found = pattern.exec(flat);
    return found ? [found[0]] : [];
  });
}
