/**
 * What a browser keeps for a candidate: everything under `incident:<id>:<name>`, so that it is gone with the incident.
 */
const PREFIX = 'incident:';

let incidentId = '';

/** Says which incident is open, and drops what is kept under any other. To be called once, before the first `store`. */
export function openStorage(id: string): void {
  incidentId = id;
  const own = `${PREFIX}${id}:`;
  for (const key of keys()) if (key.startsWith(PREFIX) && !key.startsWith(own)) drop(key);
}

/** Drops everything of the open incident. */
export function clearStorage(): void {
  for (const key of keys()) if (key.startsWith(`${PREFIX}${incidentId}:`)) drop(key);
}

export interface Store<T> {
  /** What was kept, or the fallback when there is nothing that can be read. */
  get(): T;
  /** Keeps a value that JSON can hold. A browser without room or permission keeps nothing, silently. */
  set(value: T): void;
  clear(): void;
}

/**
 * One named value of the open incident.
 * @param name e.g. `explore:history`
 * @param fallback what `get` answers when nothing was kept
 */
export function store<T>(name: string, fallback: T): Store<T> {
  const key = () => `${PREFIX}${incidentId}:${name}`;
  return {
    get() {
      try {
        const text = window.localStorage.getItem(key());
        return text === null ? fallback : (JSON.parse(text) as T);
      } catch {
        return fallback;
      }
    },
    set(value) {
      try {
        window.localStorage.setItem(key(), JSON.stringify(value));
      } catch {
        // Private windows may refuse to keep anything: the page works without.
      }
    },
    clear: () => drop(key()),
  };
}

function keys(): readonly string[] {
  try {
    return Object.keys(window.localStorage);
  } catch {
    return [];
  }
}

function drop(key: string): void {
  try {
    window.localStorage.removeItem(key);
  } catch {
    // As above.
  }
}
