import type { Locator } from 'playwright-core';
import type { Visitor } from './browser.js';
import type { Explore } from './explore.js';

export type Store = 'prometheus' | 'loki' | 'tempo';

/** Labels of the three editors. */
const EDITOR = {
  prometheus: 'PromQL query',
  loki: 'LogQL query',
  tempo: 'TraceQL query or trace id',
} as const;
/** What a query is sent to, not what completes it. */
const ANSWER = /\/stores\/.*\/(query|query_range|search)(\?|$)/;
const NAME = { prometheus: 'Prometheus', loki: 'Loki', tempo: 'Tempo' } as const;

export class WorkbenchExplore implements Explore {
  readonly #visitor: Visitor;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  /** The spans of the trace that is shown, as many as are in sight. */
  get rows(): Locator {
    return this.#visitor.page.getByRole('treegrid', { name: 'Spans' }).locator('[data-span-row]');
  }

  get logs(): Locator {
    return this.#visitor.page.getByRole('region', { name: 'Logs', exact: true });
  }

  editor(store: Store): Locator {
    return this.#visitor.page.getByRole('textbox', { name: EDITOR[store] });
  }

  /** Opens the page, and runs a query that is typed there. */
  async ask(store: Store, query: string): Promise<void> {
    await this.#visitor.visit('/explore');
    await this.#visitor.page.getByRole('radio', { name: NAME[store] }).check({ force: true });
    await this.editor(store).click();
    await this.#visitor.page.keyboard.insertText(query);
    const answered = this.#visitor.page.waitForResponse((response) => ANSWER.test(response.url()));
    await this.#visitor.page.keyboard.press('Shift+Enter');
    await answered;
    await this.#visitor.settle();
  }

  async spans(): Promise<readonly string[]> {
    await this.#visitor.page.waitForURL('**/explore?**');
    await this.rows.first().waitFor();
    return this.rows.allInnerTexts();
  }

  async followToLogs(): Promise<void> {
    await this.rows.first().click();
    await this.#visitor.page.getByRole('link', { name: 'Logs of the trace' }).click();
    await this.#visitor.settle();
  }

  async lines(): Promise<readonly string[]> {
    const lines = this.logs.getByRole('listitem').filter({ has: this.#visitor.page.locator('time') });
    await lines.first().waitFor();
    return lines.allInnerTexts();
  }

  async foundTraces(): Promise<Locator> {
    await this.#visitor.page.waitForURL('**/explore?**');
    const links = this.#visitor.page
      .getByRole('region', { name: 'Traces' })
      .getByRole('link', { name: /^[0-9a-f]{31,32}$/ });
    await links.first().waitFor();
    return links;
  }

  async openLine(panel: Locator, text: string): Promise<string> {
    const line = panel.getByRole('listitem').filter({ hasText: text }).first();
    await line.getByRole('button', { name: /^Fields of the line/ }).click();
    await line.getByRole('table').first().waitFor();
    return (await line.textContent()) ?? '';
  }
}
