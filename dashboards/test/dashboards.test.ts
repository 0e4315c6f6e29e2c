/** What holds for every dashboard, read from the committed JSON. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { DASHBOARD, DATASOURCE } from '../src/config.js';

interface Ref {
  readonly type?: string;
  readonly uid?: string;
}

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly datasource?: Ref;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
  readonly targets?: readonly {
    readonly datasource?: Ref;
    readonly expr?: string;
    readonly exemplar?: boolean;
  }[];
}

interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly schemaVersion: number;
  readonly graphTooltip: number;
  readonly panels: readonly Panel[];
  readonly links: readonly {
    readonly url: string;
    readonly keepTime: boolean;
    readonly includeVars: boolean;
  }[];
  readonly annotations: { readonly list: readonly { readonly name: string }[] };
  readonly templating: { readonly list?: readonly { readonly name: string }[] };
}

const FOLDER = new URL('../../../provisioning/grafana/dashboards/', import.meta.url);
const UIDS = Object.values(DASHBOARD).map(({ uid }) => uid);
const dashboards = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Dashboard);

/** Panels of text and of log lines show no numbers. */
const WITHOUT_UNIT = ['text', 'logs'];

test('all dashboards are there', () => {
  assert.deepEqual(dashboards.map(({ uid }) => uid).sort(), [...UIDS].sort());
});

for (const { uid, panels, links, graphTooltip, annotations, schemaVersion, templating } of dashboards) {
  test(`${uid}: every panel has a title, a description and a unit`, () => {
    for (const { title, description, type, fieldConfig } of panels) {
      assert.ok(title, 'title');
      assert.ok(description, title);
      if (!WITHOUT_UNIT.includes(type)) assert.ok(fieldConfig?.defaults.unit, title);
    }
  });

  test(`${uid}: panels have ids of their own and do not overlap`, () => {
    assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
    );
    assert.equal(new Set(cells).size, cells.length);
    assert.ok(panels.every(({ gridPos: { x, w } }) => x + w <= 24));
  });

  test(`${uid}: every query names a provisioned data source`, () => {
    const known: readonly (string | undefined)[] = Object.values(DATASOURCE).map((each) => each.uid);
    for (const { title, targets = [], type } of panels) {
      if (type !== 'text') assert.ok(targets.length > 0, title);
      for (const { datasource } of targets) assert.ok(known.includes(datasource?.uid), title);
    }
  });

  test(`${uid}: leads to all other dashboards with time and variables`, () => {
    const others = UIDS.filter((other) => other !== uid).map((other) => `/d/${other}`);
    assert.deepEqual(links.map(({ url }) => url).sort(), others.sort());
    assert.ok(links.every(({ keepTime, includeVars }) => keepTime && includeVars));
  });

  test(`${uid}: shares the crosshair and marks alerts and the report`, () => {
    assert.equal(graphTooltip, 1);
    assert.deepEqual(
      annotations.list.map(({ name }) => name),
      ['Alerts', 'Reported'],
    );
    assert.equal(schemaVersion, 39);
  });

  test(`${uid}: asks for no variable that it does not have`, () => {
    const names = (templating.list ?? []).map(({ name }) => name);
    const queries = JSON.stringify(panels.map(({ targets }) => targets));
    const used = [...queries.matchAll(/\$\{?([a-z][a-z_]*)\b(?!:)/g)].map(([, name = '']) => name);
    assert.deepEqual(
      used.filter((name) => !names.includes(name)),
      [],
    );
  });
}

test('the first screen of the overview is as high as 1440 x 900 leaves room for', () => {
  const overview = dashboards.find(({ uid }) => uid === DASHBOARD.overview.uid);
  const bottom = Math.max(...(overview?.panels.map(({ gridPos: { y, h } }) => y + h) ?? []));
  assert.equal(bottom, 20);
});

test('latency panels by endpoint and by service show exemplars', () => {
  const titles = [
    'API P99 by endpoint',
    'P50 by endpoint',
    'P95 by endpoint',
    'P99 by endpoint',
    'Latency P95',
  ];
  const panels = dashboards.flatMap((each) => each.panels);
  for (const title of titles) {
    const panel = panels.find((each) => each.title === title);
    assert.ok(
      panel?.targets?.some(({ exemplar }) => exemplar),
      title,
    );
  }
});

interface Rule {
  readonly title: string;
  readonly noDataState: string;
  readonly dashboardUid: string;
  readonly panelId: number;
}

test('alert rules lead to their panels, and no data is none', () => {
  const file = new URL('../alerting/rules.yaml', FOLDER);
  const { groups } = parse(readFileSync(file, 'utf8')) as { groups: readonly { rules: readonly Rule[] }[] };
  const rules = groups.flatMap((group) => group.rules);
  assert.equal(rules.length, 5);
  for (const { title, noDataState, dashboardUid, panelId } of rules) {
    const panels = dashboards.find(({ uid }) => uid === dashboardUid)?.panels ?? [];
    assert.ok(
      panels.some(({ id }) => id === panelId),
      title,
    );
    assert.equal(noDataState, 'OK');
  }
});
