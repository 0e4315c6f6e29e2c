/** The store as one query sees it, however long it takes and whatever is written meanwhile. */
import type { Budget } from '../../query/budget.js';
import type { SpanColumns } from '../columns.js';
import type { AttributeTable } from '../dictionaries.js';
import type { TracesStore } from '../store.js';
import type { TraceIndex } from '../trace-index.js';

export interface Snapshot {
  readonly store: TracesStore;
  readonly index: TraceIndex;
  readonly spans: SpanColumns;
  readonly attributes: AttributeTable;
}

export async function takeSnapshot(store: TracesStore, budget: Budget): Promise<Snapshot> {
  const index = await store.index(budget);
  return { store, index, spans: store.spans, attributes: store.attributes };
}

/** The value of the resource's `service.name`, as text. */
export function serviceOf({ store, spans, attributes }: Snapshot, span: number): string {
  const { resource } = store.scopes.get(spans.scope[span] as number);
  for (const attribute of store.resources.get(resource).attributes) {
    const value = attributes.value(attribute);
    if (attributes.key(attribute) === 'service.name' && value.kind === 'string') return value.value;
  }
  return '';
}

/** @returns undefined for a key that no attribute has */
export function columnOf({ index, attributes }: Snapshot, key: string): Uint32Array | undefined {
  const id = attributes.keys.find(key);
  return id === undefined ? undefined : index.keyColumns.column(id, attributes.keyOf);
}
