import type { Locator } from 'playwright-core';

/** The text of one element as it is laid out, with its lines and cells apart; waits for the element. */
export async function shownText(element: Locator): Promise<string> {
  await element.first().waitFor();
  const [text = ''] = await element.first().allInnerTexts();
  return text;
}
