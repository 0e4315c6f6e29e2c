/** Columns that a query will look into, made one by one before it is compiled, which is done without a pause. */
import type { Budget } from '../../query/budget.js';
import type { Field, Query } from '../traceql/ast.js';
import { distinctFields, type Fetch, fetchOf } from '../traceql/conditions.js';
import { columnOf, type Snapshot } from './snapshot.js';

export async function warmColumns(snapshot: Snapshot, query: Query, budget: Budget): Promise<void> {
  for (const name of new Set(fieldsOf(query, fetchOf(query)).map(keyOf))) {
    if (name === undefined) continue;
    columnOf(snapshot, name);
    budget.spend(snapshot.index.count);
    await budget.breathe();
  }
}

function fieldsOf({ metrics }: Query, { conditions, selected }: Fetch): readonly Field[] {
  const measured =
    metrics?.kind === 'metrics' ? [...metrics.by, ...(metrics.field ? [metrics.field] : [])] : [];
  return [...distinctFields(conditions), ...selected, ...measured];
}

/** Of an attribute that a span itself may have. */
function keyOf(field: Field): string | undefined {
  if (field.kind !== 'attribute') return undefined;
  return field.scope === undefined || field.scope === 'span' ? field.name : undefined;
}
