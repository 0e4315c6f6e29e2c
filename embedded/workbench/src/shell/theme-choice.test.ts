import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTheme } from './theme-choice';

function storage(entries: Readonly<Record<string, string>>) {
  const keys = Object.keys(entries);
  return {
    length: keys.length,
    key: (at: number) => keys[at] ?? null,
    getItem: (key: string) => entries[key] ?? null,
  };
}

test('the theme is the one that the address asks for, then the one chosen, then dark', () => {
  const light = storage({ other: '"light"', 'incident:1:theme': '"light"' });
  assert.equal(readTheme('', storage({})), 'dark');
  assert.equal(readTheme('', light), 'light');
  assert.equal(readTheme('?theme=dark', light), 'dark');
  assert.equal(readTheme('?theme=light', storage({})), 'light');
  assert.equal(readTheme('?theme=pink', storage({})), 'dark');
});
