/** The workbench at WORKBENCH_URL, as a candidate finds it who has closed the tour. Screenshots are kept in out/workbench. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, beforeEach } from 'node:test';
import { Visitor } from './browser.js';
import { type Site, siteOf } from './site.js';
import { WorkbenchExplore } from './workbench-explore.js';

export interface Workbench extends Site {
  readonly explore: WorkbenchExplore;
}

export const SMALL_SCREEN = { width: 1280, height: 720 };

/** Opens it before the tests of a file, and closes it behind them. @returns it, once the tests run */
export function useWorkbench(): () => Workbench {
  let workbench: Workbench | undefined;
  before(async () => {
    const { WORKBENCH_URL } = process.env;
    assert.ok(WORKBENCH_URL, 'set WORKBENCH_URL');
    const screenshots = path.join('out', 'workbench');
    const visitor = await Visitor.open(WORKBENCH_URL, { screenshots, readsConsole: true });
    const explore = new WorkbenchExplore(visitor);
    workbench = { ...siteOf(visitor, explore), explore };
    await visitor.visit('/');
    await visitor.page.getByRole('button', { name: 'Close the tour for good' }).click();
  });
  beforeEach(() => {
    workbench?.visitor.takeProblems();
  });
  after(() => workbench?.visitor.close());
  return () => {
    assert.ok(workbench);
    return workbench;
  };
}
