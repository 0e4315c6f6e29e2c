/** A dashboard as a candidate sees it. */
import type { Locator } from 'playwright-core';
import { SCREEN, type Visitor } from './browser.js';

/** High enough for every dashboard: panels that are not in view do not load. */
const WHOLE_HEIGHT = 3200;
const PANEL_HEADER = 'data-testid Panel header ';

export class DashboardPage {
  readonly #visitor: Visitor;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  /** @param query such as `?var-route=x` */
  async open(uid: string, query = ''): Promise<void> {
    await this.#visitor.page.setViewportSize(SCREEN);
    await this.#visitor.visit(`/d/${uid}${query}`);
  }

  panel(title: string): Locator {
    return this.#visitor.page.getByTestId(`${PANEL_HEADER}${title}`);
  }

  /** Brings all panels into view, and waits until they have their data. */
  async loadWhole(): Promise<void> {
    await this.#visitor.page.setViewportSize({ ...SCREEN, height: WHOLE_HEIGHT });
    await this.#visitor.settle();
  }

  get #panels(): Locator {
    return this.#visitor.page.locator(`[data-testid^="${PANEL_HEADER}"]`);
  }

  async titles(): Promise<readonly string[]> {
    const panels = await this.#panels.all();
    const ids = await Promise.all(panels.map((panel) => panel.getAttribute('data-testid')));
    return ids.map((id) => (id ?? '').slice(PANEL_HEADER.length));
  }

  /** Panels that show an error or no data, with what they say. */
  async failing(): Promise<readonly string[]> {
    const failing: string[] = [];
    for (const panel of await this.#panels.all()) {
      const errors = await panel.getByTestId('data-testid Panel status error').count();
      const text = (await panel.textContent()) ?? '';
      if (errors > 0 || /No data|unexpected error|plugin not found|Unknown panel type/i.test(text)) {
        failing.push(text.slice(0, 200));
      }
    }
    return failing;
  }

  /** Whether a panel is on the first screen, from its title to its lower edge. */
  async isOnFirstScreen(title: string): Promise<boolean> {
    const box = await this.panel(title).boundingBox();
    return box !== null && box.y >= 0 && box.y + box.height <= SCREEN.height;
  }
}
