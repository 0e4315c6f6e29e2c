/** The service graph, on its dashboard. */
import { DASHBOARD } from 'dashboards/config';
import type { Locator } from 'playwright-core';
import type { Site } from './site.js';

const TITLE = 'Service graph';

export class Graph {
  readonly #site: Site;

  constructor(site: Site) {
    this.#site = site;
  }

  get panel(): Locator {
    return this.#site.dashboard.panel(TITLE);
  }

  open(): Promise<void> {
    return this.#site.dashboard.open(DASHBOARD.graph.uid);
  }

  /** A service, `api`, or the calls from one to another, `api>postgresql`. */
  part(id: string): Locator {
    return this.panel.locator(`g[data-id="${id}"]`);
  }

  async hasFocus(id: string): Promise<boolean> {
    return (await this.panel.locator(`g[data-id="${id}"]:focus`).count()) === 1;
  }
}
