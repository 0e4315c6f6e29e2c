/** Asks a store what the corpus holds, and tells where its answers are not the expected ones. */
import assert from 'node:assert/strict';
import { describe, firstDifference } from './compare.js';
import { fillIn, type Moments } from './moments.js';
import { type Answer, normalise } from './normalise.js';
import { ask, keyOf, type Query, type StoreUrls } from './query.js';

/** A store's answer as it is compared. */
export async function answerOf(query: Query, stores: StoreUrls, moments: Moments): Promise<Answer> {
  const sent = fillIn(query, moments);
  return normalise(sent, await ask(sent, stores));
}

/**
 * @param expectedOf what the real engine answers
 * @throws {assert.AssertionError} naming every query whose answer is another one, and where in it
 */
export async function compareAnswers(
  queries: readonly Query[],
  stores: StoreUrls,
  moments: Moments,
  expectedOf: (query: Query) => Promise<Answer> | Answer,
): Promise<void> {
  const problems: string[] = [];
  for (const query of queries) {
    const expected = await expectedOf(query);
    const problem = await problemOf(query, stores, moments, expected);
    if (problem) problems.push(`${query.source}\n    ${keyOf(query)}\n    ${problem}`);
  }
  assert.ok(
    problems.length === 0,
    `${problems.length} of ${queries.length} answers differ:\n  ${problems.join('\n  ')}`,
  );
}

async function problemOf(
  query: Query,
  stores: StoreUrls,
  moments: Moments,
  expected: Answer,
): Promise<string | undefined> {
  try {
    const difference = firstDifference(expected, await answerOf(query, stores, moments));
    return difference && describe(difference);
  } catch (error) {
    return `no answer: ${(error as Error).message}`;
  }
}
