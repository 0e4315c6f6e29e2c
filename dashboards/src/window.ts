/** Dashboards that open on one window of time, whenever they are opened. */

export interface Window {
  /** ISO 8601, or milliseconds since 1970. */
  readonly from: string | number;
  readonly to: string | number;
}

/** The part of a dashboard's JSON that a window changes. */
export interface Timed {
  readonly time?: { readonly from: string; readonly to: string };
  readonly refresh?: string;
}

/**
 * The same dashboard with an absolute time range and no refresh; nothing else differs.
 * @throws {RangeError} when a time is none, or the window is empty
 */
export function dashboardsForWindow<Dashboard extends Timed>(json: Dashboard, window: Window): Dashboard {
  const from = instantOf(window.from);
  const to = instantOf(window.to);
  if (from >= to) throw new RangeError(`a window from ${from} to ${to} is empty`);
  return { ...json, time: { from, to }, refresh: '' };
}

function instantOf(time: string | number): string {
  const date = new Date(typeof time === 'string' && /^\d+$/.test(time) ? Number(time) : time);
  if (Number.isNaN(date.valueOf())) throw new RangeError(`${time} is no time`);
  return date.toISOString();
}
