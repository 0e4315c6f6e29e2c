/** A headless Chromium that looks at dashboards as a candidate does, and notes everything that goes wrong on the way. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page, type Response } from 'playwright-core';

/** No graphics card, no sandbox for a superuser, no shared memory that a container may be short of, no talk with the internet. */
const FLAGS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const SCREEN = { width: 1440, height: 900 };
const PATIENCE_MS = 20_000;

export interface VisitOptions {
  /** A folder for them. */
  readonly screenshots: string;
  /** Whether what scripts write to the console as an error is a problem, as what breaks the page's policy is. */
  readonly readsConsole?: boolean;
}

export class Visitor {
  readonly page: Page;
  readonly base: string;
  readonly #browser: Browser;
  readonly #screenshots: string;
  #problems: string[] = [];

  constructor(browser: Browser, page: Page, base: string, { screenshots, readsConsole }: VisitOptions) {
    this.#browser = browser;
    this.page = page;
    this.base = base;
    this.#screenshots = screenshots;
    page.on('pageerror', (error) => this.#problems.push(`script: ${error.message}`));
    page.on('response', (response) => void this.#judge(response));
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== base) this.#problems.push(`asked ${request.url()}`);
    });
    if (!readsConsole) return;
    page.on('console', (message) => {
      if (message.type() === 'error') this.#problems.push(`console: ${message.text()}`);
    });
  }

  /** @param base the address of what is looked at. CHROMIUM names another browser. */
  static async open(base: string, options: VisitOptions): Promise<Visitor> {
    mkdirSync(options.screenshots, { recursive: true });
    const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
    const browser = await chromium.launch({ executablePath, args: FLAGS });
    const page = await browser.newPage({ viewport: SCREEN, timezoneId: 'UTC' });
    page.setDefaultTimeout(PATIENCE_MS);
    return new Visitor(browser, page, new URL(base).origin, options);
  }

  /** Goes to an address there, and waits until nothing is loading any more. */
  async visit(address: string): Promise<void> {
    await this.page.goto(`${this.base}${address}`);
    await this.settle();
  }

  async settle(): Promise<void> {
    await this.page.waitForLoadState('networkidle');
    await this.page.getByLabel('Panel loading bar').first().waitFor({ state: 'detached' });
    await this.page.waitForLoadState('networkidle');
  }

  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: path.join(this.#screenshots, `${name}.png`) });
  }

  /** What went wrong since the last call: failed requests, errors in scripts, requests to anywhere else. */
  takeProblems(): readonly string[] {
    const problems = [...new Set(this.#problems)];
    this.#problems = [];
    return problems;
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  async #judge(response: Response): Promise<void> {
    if (response.status() < 400) return;
    const body = await response.text().catch(() => '');
    this.#problems.push(`${response.status()} ${response.url()}: ${body.slice(0, 300)}`);
  }
}
