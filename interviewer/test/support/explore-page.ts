/** Explore, which the jumps between signals lead to. */
import type { Locator } from 'playwright-core';
import type { Visitor } from './browser.js';

export class ExplorePage {
  readonly #visitor: Visitor;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  /** Spans of the trace that is shown; waits for the first one. */
  async spans(): Promise<readonly string[]> {
    await this.#visitor.page.waitForURL('**/explore?**');
    const rows = this.#visitor.page.getByTestId('TimelineRowCell').getByRole('switch');
    await this.#visitor.page.getByTestId('span-view').first().waitFor();
    return rows.allInnerTexts();
  }

  /** Follows one of the links of the first span, by its title. */
  async followSpanLink(title: string): Promise<void> {
    await this.#visitor.page.getByTestId('SpanLinksMenu').first().getByRole('button').click();
    await this.#visitor.page.getByRole('menu').locator('a').filter({ hasText: title }).click();
    await this.#visitor.settle();
  }

  /** Log lines that are shown; waits for the first one. */
  async lines(): Promise<readonly string[]> {
    const rows = this.#visitor.page.getByTestId('data-testid Panel header Logs').locator('tbody tr');
    await rows.first().waitFor();
    return rows.allInnerTexts();
  }

  /** The links in the table of traces that were found; waits for the first one. */
  async foundTraces(): Promise<Locator> {
    await this.#visitor.page.waitForURL('**/explore?**');
    const links = this.#visitor.page.locator('a[href*="/explore"]').filter({ hasText: /^[0-9a-f]{16,32}$/ });
    await links.first().waitFor();
    return links;
  }
}
