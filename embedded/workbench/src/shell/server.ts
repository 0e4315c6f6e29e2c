/** What the server tells about the incident, apart from its three stores. */
export interface Incident {
  /** Another one for each candidate. */
  readonly id: string;
  /** ISO times. */
  readonly window: { readonly start: string; readonly end: string };
}

export interface DashboardSummary {
  readonly uid: string;
  readonly title: string;
  readonly description?: string;
  readonly tags?: readonly string[];
}

/**
 * One of the server's answers as JSON.
 * @param path below `/workbench/`, e.g. `incident`
 * @throws {Error} that says what was asked for and what came instead
 */
export async function ask<T>(path: string): Promise<T> {
  const response = await fetch(`/workbench/${path}`);
  if (!response.ok) throw new Error(`/workbench/${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

let incident: Promise<Incident> | undefined;
let dashboards: Promise<readonly DashboardSummary[]> | undefined;

/** The incident, asked for once. */
export function getIncident(): Promise<Incident> {
  incident ??= ask<Incident>('incident');
  return incident;
}

/** The dashboards in the order of the navigation, asked for once. */
export function getDashboards(): Promise<readonly DashboardSummary[]> {
  dashboards ??= ask<readonly DashboardSummary[]>('dashboards');
  return dashboards;
}

/** Gives the exercise another id, by which every browser drops what it has kept. @throws {Error} when it is refused */
export async function startAgain(): Promise<void> {
  const response = await fetch('/workbench/reset', { method: 'POST' });
  if (!response.ok) throw new Error(`starting again: ${response.status} ${await response.text()}`);
}
