/** A headless Chromium that looks at Grafana as a candidate does, and notes everything that goes wrong on the way. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page, type Response } from 'playwright-core';

/** No graphics card, no sandbox for a superuser, and no talk with the internet. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const SCREEN = { width: 1440, height: 900 };
const PATIENCE_MS = 20_000;

export class Visitor {
  readonly page: Page;
  readonly base: string;
  readonly #browser: Browser;
  readonly #screenshots: string;
  #problems: string[] = [];

  constructor(
    browser: Browser,
    page: Page,
    { base, screenshots }: { readonly base: string; readonly screenshots: string },
  ) {
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
  }

  /** @param base Grafana's address; @param screenshots a folder for them. CHROMIUM names another browser. */
  static async open(base: string, screenshots: string): Promise<Visitor> {
    mkdirSync(screenshots, { recursive: true });
    const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
    const browser = await chromium.launch({ executablePath, args: FLAGS });
    const page = await browser.newPage({ viewport: SCREEN, timezoneId: 'UTC' });
    page.setDefaultTimeout(PATIENCE_MS);
    return new Visitor(browser, page, { base: new URL(base).origin, screenshots });
  }

  /** Goes to an address within Grafana, and waits until nothing is loading any more. */
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
