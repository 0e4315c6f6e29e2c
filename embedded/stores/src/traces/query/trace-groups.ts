/** The spans of a trace under their resources and scopes, all in the order in which they arrived: Tempo's own order. */
import type { Snapshot } from './snapshot.js';

export interface ResourceGroup {
  readonly resource: number;
  readonly scopes: readonly { readonly scope: number; readonly spans: readonly number[] }[];
}

export function groupByScope({ index, spans, store }: Snapshot, trace: number): readonly ResourceGroup[] {
  const groups: { resource: number; scopes: { scope: number; spans: number[] }[] }[] = [];
  for (const span of index.arrival.subarray(index.from[trace], index.from[trace + 1])) {
    const scope = spans.scope[span] as number;
    const { resource } = store.scopes.get(scope);
    if (groups.at(-1)?.resource !== resource) groups.push({ resource, scopes: [] });
    const scopes = groups.at(-1)?.scopes ?? [];
    if (scopes.at(-1)?.scope !== scope) scopes.push({ scope, spans: [] });
    scopes.at(-1)?.spans.push(span);
  }
  return groups;
}
