/** What axe-core, the testing engine for accessibility, finds in a page. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const ENGINE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly help: string;
    readonly nodes: readonly {
      readonly html: string;
      readonly target: readonly string[];
      readonly failureSummary: string;
    }[];
  }[];
}

/**
 * In the service graph figures are drawn inside of what they belong to, and told in words in its name: they are no label
 * that someone would say to press it, which is what the rule is about.
 */
const DRAWN = { rule: 'label-content-name-mismatch', element: /^<g / } as const;

/** @returns the findings that keep someone from something: those that are serious or critical, with where they are */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  // Through the debugger's door: the page's policy lets no such script in. `define` there is for the panels' modules.
  await page.evaluate(`(function (define) { ${ENGINE}\n }).call(window)`);
  const { violations } = (await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] })',
  )) as AxeResults;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes
        .filter(({ html }) => id !== DRAWN.rule || !DRAWN.element.test(html))
        .map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary}`),
    );
}
