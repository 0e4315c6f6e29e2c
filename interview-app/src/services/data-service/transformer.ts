import type { Database } from '../../lib/database/client.js';
import type { DatasetRecord } from '../../types/data.js';
import type { Principal } from '../../types/user.js';
import type { Audit } from '../user-service/audit.js';
import { findDataset } from './importer.js';

export type Payload = Readonly<Record<string, unknown>>;

/** One change to every record. */
export type Operation =
  | { readonly kind: 'rename'; readonly field: string; readonly to: string }
  | { readonly kind: 'drop'; readonly field: string }
  | { readonly kind: 'set'; readonly field: string; readonly value: unknown }
  | { readonly kind: 'trim'; readonly field: string }
  | { readonly kind: 'number'; readonly field: string };

/** Applies operations one after the other; a record without the field is left as it is. */
export function applyRecipe(recipe: readonly Operation[], payload: Payload): Payload {
  return recipe.reduce(applyOperation, payload);
}

function applyOperation(payload: Payload, operation: Operation): Payload {
  const { field } = operation;
  if (operation.kind === 'set') return { ...payload, [field]: operation.value };
  if (!(field in payload)) return payload;
  const { [field]: value, ...rest } = payload;
  switch (operation.kind) {
    case 'rename':
      return { ...rest, [operation.to]: value };
    case 'drop':
      return rest;
    case 'trim':
      return typeof value === 'string' ? { ...payload, [field]: value.trim() } : payload;
    case 'number':
      return { ...payload, [field]: toNumber(value) };
  }
}

function toNumber(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

export interface TransformedBatch {
  readonly runId: string;
  readonly records: number;
  /** Where the next batch begins; null when this was the last. */
  readonly nextKey: string | null;
}

const BATCH_SIZE = 20;

/** Changes the stored records of data sets, a batch at a time: callers come back with `nextKey`. */
export class Transformer {
  readonly #db: Database;
  readonly #audit: Audit;

  constructor(db: Database, audit: Audit) {
    this.#db = db;
    this.#audit = audit;
  }

  /**
   * @param after the key of the last record that is done
   * @throws {ApiError} 404
   */
  async transform(
    principal: Principal,
    datasetId: string,
    { recipe, after }: { readonly recipe: readonly Operation[]; readonly after?: string | undefined },
  ): Promise<TransformedBatch> {
    return this.#db.$transaction(async (tx) => {
      const dataset = await findDataset(tx, principal.tenantId, datasetId);
      const batch = await tx.datasetRecord.findMany({
        where: { datasetId, ...(after !== undefined && { key: { gt: after } }) },
        orderBy: { key: 'asc' },
        take: BATCH_SIZE,
      });
      for (const { id, payload } of batch) {
        const data = { payload: applyRecipe(recipe, payload), updatedAt: new Date() };
        await tx.datasetRecord.updateMany({ where: { id }, data });
      }
      const run = await tx.datasetRun.create({
        data: {
          id: crypto.randomUUID(),
          datasetId,
          kind: 'transform',
          records: batch.length,
          startedAt: new Date(),
        },
      });
      await this.#audit.record(tx, principal, { action: 'dataset.transformed', targetId: dataset.id });
      await this.#audit.countUsage(tx, principal.tenantId, 'records', batch.length);
      return { runId: run.id, records: batch.length, nextKey: nextKey(batch) };
    });
  }
}

function nextKey(batch: readonly DatasetRecord[]): string | null {
  return batch.length === BATCH_SIZE ? (batch.at(-1)?.key ?? null) : null;
}
