import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { clearStorage, openStorage, store } from './storage';

/** As much of a browser's storage as is used: keys are properties. */
function fakeStorage(entries: Record<string, string> = {}) {
  return Object.create(
    {
      getItem(this: Record<string, string>, key: string) {
        return this[key] ?? null;
      },
      setItem(this: Record<string, string>, key: string, value: string) {
        if (value.length > 100) throw new Error('full');
        this[key] = value;
      },
      removeItem(this: Record<string, string>, key: string) {
        delete this[key];
      },
    },
    Object.getOwnPropertyDescriptors(entries),
  );
}

let localStorage = fakeStorage();
beforeEach(() => {
  localStorage = fakeStorage({ 'incident:old:notes': '1', 'incident:new:notes': '"kept"', other: 'x' });
  for (const key of Object.keys(localStorage)) {
    Object.defineProperty(localStorage, key, { writable: true, configurable: true });
  }
  Object.assign(globalThis, { window: { localStorage } });
});

test('opening an incident drops what is kept under any other, and nothing else', () => {
  openStorage('new');
  assert.deepEqual(Object.keys(localStorage), ['incident:new:notes', 'other']);
  assert.equal(store('notes', '').get(), 'kept');
});

test('values are kept under the incident until they are cleared', () => {
  openStorage('new');
  const history = store<string[]>('history', []);
  assert.deepEqual(history.get(), []);
  history.set(['up']);
  assert.deepEqual(history.get(), ['up']);
  assert.equal(localStorage['incident:new:history'], '["up"]');
  history.clear();
  assert.deepEqual(history.get(), []);
  history.set(['up']);
  clearStorage();
  assert.deepEqual(Object.keys(localStorage), ['other']);
});

test('what cannot be read or kept is as if it was not there', () => {
  openStorage('new');
  localStorage['incident:new:notes'] = 'no JSON';
  const notes = store('notes', 'fallback');
  assert.equal(notes.get(), 'fallback');
  notes.set('y'.repeat(200));
  assert.equal(notes.get(), 'fallback');
});
