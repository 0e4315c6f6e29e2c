import type { Session } from './session';

/** What a dashboard variable says when it stands for all of its values. */
const ALL = new Set(['', 'All', '$__all']);

/** The one route that a dashboard variable in the page's address names; `undefined` when it names all, or several. */
export function routeInAddress(value: unknown): string | undefined {
  const values = Array.isArray(value) ? value : [value];
  const [only] = values;
  return values.length === 1 && typeof only === 'string' && !ALL.has(only) ? only : undefined;
}

/** What others ask this panel to show: not the route that the panel itself put into the address. */
export function routeAsked(inAddress: string | undefined, written: string | undefined): string | undefined {
  return inAddress === written ? undefined : inAddress;
}

/** The sessions that work for a route, all when none is asked for. */
export function sessionsOf(sessions: readonly Session[], route: string | undefined): readonly Session[] {
  return route === undefined ? sessions : sessions.filter((session) => session.route === route);
}
