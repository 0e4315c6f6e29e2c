export type Theme = 'dark' | 'light';

/** Where the choice is kept; below the incident's prefix like everything else (see storage.ts). */
const KEY = /^incident:[^:]*:theme$/;

/**
 * The theme to begin with: what the address asks for (`?theme=light`, as in Grafana), else what was chosen, else dark.
 * It is asked for before it is known which incident this is, so a choice under any incident's key counts.
 */
export function readTheme(search: string, storage: Pick<Storage, 'getItem' | 'key' | 'length'>): Theme {
  const asked = new URLSearchParams(search).get('theme');
  if (asked === 'light' || asked === 'dark') return asked;
  for (let index = 0; index < storage.length; index++) {
    const key = storage.key(index) ?? '';
    if (KEY.test(key)) return storage.getItem(key) === '"light"' ? 'light' : 'dark';
  }
  return 'dark';
}
