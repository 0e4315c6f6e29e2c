import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { windowOf, writeDashboards } from './window-dashboards.js';

const committed = new URL('../../../provisioning/grafana/dashboards/', import.meta.url);

test('every committed dashboard is written, and differs in its time and refresh only', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'window-dashboards-'));
  try {
    const window = { start: '2026-03-02T09:08:00.000Z', end: '2026-03-02T10:00:00.000Z' };
    mkdirSync(path.join(folder, 'run'));
    writeFileSync(path.join(folder, 'run', 'manifest.json'), JSON.stringify({ format: 1, window }));
    const target = path.join(folder, 'dashboards');
    writeDashboards(windowOf(path.join(folder, 'run')), target);
    const names = readdirSync(target).sort();
    assert.deepEqual(
      names,
      readdirSync(committed)
        .filter((name) => name.endsWith('.json'))
        .sort(),
    );
    assert.ok(names.includes('service-overview.json'), 'the one that grafana.ini opens on');
    for (const name of names) {
      const { time, refresh, ...rest } = JSON.parse(readFileSync(path.join(target, name), 'utf8'));
      assert.deepEqual(time, { from: window.start, to: window.end });
      assert.equal(refresh, '');
      const {
        time: _time,
        refresh: _refresh,
        ...original
      } = JSON.parse(readFileSync(new URL(name, committed), 'utf8'));
      assert.deepEqual(rest, original);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
