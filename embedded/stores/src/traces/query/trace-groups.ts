/** The spans of a trace under their resources and scopes, in the order in which those began. */
import type { Snapshot } from './snapshot.js';

export interface ResourceGroup {
  readonly resource: number;
  readonly scopes: readonly { readonly scope: number; readonly spans: readonly number[] }[];
}

export function groupByScope(snapshot: Snapshot, trace: number): readonly ResourceGroup[] {
  const { index, spans, store } = snapshot;
  const ordered = [...index.order.subarray(index.from[trace], index.from[trace + 1])].sort(
    (a, b) =>
      (spans.seconds[a] as number) - (spans.seconds[b] as number) ||
      (spans.nanos[a] as number) - (spans.nanos[b] as number) ||
      a - b,
  );
  const resources = new Map<number, Map<number, number[]>>();
  for (const span of ordered) {
    const scope = spans.scope[span] as number;
    const { resource } = store.scopes.get(scope);
    const scopes = resources.get(resource) ?? new Map<number, number[]>();
    resources.set(resource, scopes);
    const list = scopes.get(scope) ?? [];
    scopes.set(scope, list);
    list.push(span);
  }
  return [...resources].map(([resource, scopes]) => ({
    resource,
    scopes: [...scopes].map(([scope, list]) => ({ scope, spans: list })),
  }));
}
