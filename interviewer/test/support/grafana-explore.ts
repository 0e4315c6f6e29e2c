import type { Locator } from 'playwright-core';
import type { Visitor } from './browser.js';
import type { Explore } from './explore.js';

export class GrafanaExplore implements Explore {
  readonly #visitor: Visitor;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  async spans(): Promise<readonly string[]> {
    await this.#visitor.page.waitForURL('**/explore?**');
    const rows = this.#visitor.page.getByTestId('TimelineRowCell').getByRole('switch');
    await this.#visitor.page.getByTestId('span-view').first().waitFor();
    return rows.allInnerTexts();
  }

  followToLogs(): Promise<void> {
    return this.followSpanLink('Related logs');
  }

  /** Follows one of the links of the first span, by its title. */
  async followSpanLink(title: string): Promise<void> {
    await this.#visitor.page.getByTestId('SpanLinksMenu').first().getByRole('button').click();
    await this.#visitor.page.getByRole('menu').locator('a').filter({ hasText: title }).click();
    await this.#visitor.settle();
  }

  async lines(): Promise<readonly string[]> {
    const rows = this.#visitor.page.getByTestId('data-testid Panel header Logs').locator('tbody tr');
    await rows.first().waitFor();
    return rows.allInnerTexts();
  }

  async foundTraces(): Promise<Locator> {
    await this.#visitor.page.waitForURL('**/explore?**');
    const links = this.#visitor.page.locator('a[href*="/explore"]').filter({ hasText: /^[0-9a-f]{16,32}$/ });
    await links.first().waitFor();
    return links;
  }

  async openLine(panel: Locator, text: string): Promise<string> {
    await panel.locator('tbody tr').filter({ hasText: text }).first().click();
    // Its fields open below it, in the same table.
    await panel.getByRole('link', { name: 'Open the trace' }).first().waitFor();
    return (await panel.textContent()) ?? '';
  }
}
