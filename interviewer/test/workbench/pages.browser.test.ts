/** Every page in both themes: nothing keeps anyone from using it, and it fits a small screen. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DASHBOARD } from 'dashboards/config';
import { CODE } from '../../src/six-steps.js';
import { seriousFindings } from '../support/accessibility.js';
import { SMALL_SCREEN, useWorkbench } from '../support/workbench.js';

const workbench = useWorkbench();

const source = `/source?file=${CODE.file.replace('interview-app/', '')}&line=90`;

interface PageToLookAt {
  readonly name: string;
  /** Goes there. */
  readonly visit: () => Promise<unknown>;
}

const PAGES: readonly PageToLookAt[] = [
  ...Object.values(DASHBOARD).map(({ uid }) => ({
    name: uid,
    visit: () => workbench().visitor.visit(`/d/${uid}`),
  })),
  { name: 'explore', visit: () => workbench().visitor.visit('/explore') },
  {
    name: 'explore-metrics',
    visit: () => workbench().explore.ask('prometheus', 'sum by (route) (rate(http_requests_total[2m]))'),
  },
  {
    name: 'explore-logs',
    visit: async () => {
      const { explore } = workbench();
      await explore.ask('loki', '{service_name="api"} |= "request.timeout"');
      await explore.openLine(explore.logs, 'request.timeout');
    },
  },
  { name: 'explore-traces', visit: () => workbench().explore.ask('tempo', '{ name = "workflow.validate" }') },
  {
    name: 'explore-trace',
    visit: async () => {
      const { explore } = workbench();
      await explore.ask('tempo', '{ name = "workflow.validate" }');
      await (await explore.foundTraces()).first().click();
      await explore.spans();
      await explore.rows.nth(1).click();
    },
  },
  { name: 'source', visit: () => workbench().visitor.visit(source) },
];

for (const theme of ['dark', 'light'] as const) {
  describe(`the ${theme} theme`, () => {
    test('is chosen by a button, and kept', async () => {
      const { visitor } = workbench();
      await visitor.visit('/source');
      const other = visitor.page.getByRole('button', {
        name: theme === 'dark' ? 'Dark theme' : 'Light theme',
      });
      if ((await other.count()) > 0) await other.click();
      await visitor.visit('/explore');
      const scheme = await visitor.page.evaluate('document.documentElement.style.colorScheme');
      assert.equal(scheme, theme);
    });

    for (const { name, visit } of PAGES) {
      test(`${name} keeps nobody out, and fits`, async () => {
        const { visitor } = workbench();
        await visitor.page.setViewportSize(SMALL_SCREEN);
        await visit();
        await visitor.settle();
        await visitor.screenshot(`${name}-${theme}`);
        assert.deepEqual(await visitor.page.evaluate(whatIsTooWide), []);
        assert.deepEqual(await seriousFindings(visitor.page), []);
        assert.deepEqual(visitor.takeProblems(), []);
      });
    }
  });
}

/** Runs in the page. @returns what of the page, its header and its bars would have to be scrolled sideways */
function whatIsTooWide(): string[] {
  const { document, innerWidth } = globalThis as unknown as {
    readonly innerWidth: number;
    readonly document: {
      readonly documentElement: { readonly scrollWidth: number };
      querySelectorAll(selector: string): Iterable<{
        readonly tagName: string;
        readonly scrollWidth: number;
        readonly clientWidth: number;
        getBoundingClientRect(): { readonly right: number; readonly width: number };
        readonly textContent: string | null;
      }>;
    };
  };
  const found: string[] = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push('the page');
  for (const element of document.querySelectorAll('main, header')) {
    if (element.scrollWidth > element.clientWidth) found.push(element.tagName);
  }
  for (const element of document.querySelectorAll('header *, [role="toolbar"] *, h1, nav a')) {
    const { right, width } = element.getBoundingClientRect();
    if (width > 1 && right > innerWidth) found.push(`${element.tagName} ${element.textContent ?? ''}`);
  }
  return found;
}
