/** The Database Analyzer, on its dashboard. */
import { DASHBOARD } from 'dashboards/config';
import type { Locator } from 'playwright-core';
import { SCREEN } from './browser.js';
import type { Site } from './site.js';

const TITLE = 'Database sessions';

export class Analyzer {
  readonly #site: Site;

  constructor(site: Site) {
    this.#site = site;
  }

  get panel(): Locator {
    return this.#site.dashboard.panel(TITLE);
  }

  get slider(): Locator {
    return this.panel.getByRole('slider', { name: 'Snapshot' });
  }

  get sessions(): Locator {
    return this.panel.getByRole('treegrid', { name: 'Sessions' });
  }

  /** The transaction of the session that is chosen. */
  get detail(): Locator {
    return this.panel.getByRole('region', { name: /^Transaction of pid/ });
  }

  /** The snapshot that is shown, counted from the first one. */
  async instant(): Promise<number> {
    return Number(await this.slider.getAttribute('aria-valuenow'));
  }

  open(): Promise<void> {
    return this.#site.dashboard.open(DASHBOARD.analyzer.uid);
  }

  /** Two minutes before the window's end, in a transaction that had ended by then and so has a stored trace. */
  async openBeforeTheEnd(): Promise<void> {
    const { page } = this.#site.visitor;
    await this.open();
    await page.setViewportSize({ ...SCREEN, height: 1200 });
    await this.slider.focus();
    for (let minutes = 0; minutes < 2; minutes++) await page.keyboard.press('PageUp');
    await this.#site.visitor.settle();
    await this.detail.filter({ hasText: 'COMMIT' }).waitFor();
  }
}
