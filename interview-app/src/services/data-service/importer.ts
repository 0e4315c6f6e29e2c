import type { Cache } from '../../lib/cache.js';
import type { Database, Session } from '../../lib/database/client.js';
import { conflict, notFound } from '../../lib/errors.js';
import type { WorkerClient } from '../../lib/external-apis/worker.js';
import type { Dataset, FieldRule } from '../../types/data.js';
import type { EnqueuedJob } from '../../types/job.js';

/** How a data set is read from its source, as the job that does it wants to know. */
export interface SyncPlan {
  readonly datasetId: string;
  readonly tenantId: string;
  readonly endpoint: string;
  readonly credentialId: string | null;
  readonly fields: readonly SyncField[];
  /** Records of the last runs on average: how many to expect. */
  readonly expectedRecords: number;
}

export interface SyncField {
  readonly name: string;
  readonly sourcePath: string;
  readonly rules: readonly Pick<FieldRule, 'kind' | 'config'>[];
  /** Whether values of this field may be compared with those of former runs. */
  readonly comparable: boolean;
}

export interface SyncOptions {
  /** Everything, not only what changed since the last time. */
  readonly full: boolean;
}

const RUNS_TO_AVERAGE = 5;

/** Brings data sets up to date from where they come from. */
export class DatasetImporter {
  readonly #db: Database;
  readonly #worker: WorkerClient;
  /** By data set. */
  readonly #plans: Cache<SyncPlan>;

  constructor(db: Database, worker: WorkerClient, plans: Cache<SyncPlan>) {
    this.#db = db;
    this.#worker = worker;
    this.#plans = plans;
  }

  /** @throws {ApiError} 404 for an unknown data set, 409 when its connector is gone */
  async sync(tenantId: string, datasetId: string, { full }: SyncOptions): Promise<EnqueuedJob> {
    const plan = await this.#plan(tenantId, datasetId);
    return this.#worker.enqueueJob({ type: 'dataset-sync', tenantId, payload: { plan, full } });
  }

  async #plan(tenantId: string, datasetId: string): Promise<SyncPlan> {
    const cached = this.#plans.get(datasetId);
    if (cached && cached.tenantId === tenantId) return cached;
    const plan = await this.#db.$connection((db) => loadPlan(db, tenantId, datasetId));
    this.#plans.set(datasetId, plan);
    return plan;
  }
}

/** @throws {ApiError} 404 */
export async function findDataset(db: Session, tenantId: string, id: string): Promise<Dataset> {
  const dataset = await db.dataset.findFirst({ where: { id, tenantId } });
  if (!dataset) throw notFound('dataset', id);
  return dataset;
}

async function loadPlan(db: Session, tenantId: string, datasetId: string): Promise<SyncPlan> {
  const dataset = await findDataset(db, tenantId, datasetId);
  const connector = await db.connector.findFirst({ where: { tenantId, key: dataset.connector } });
  if (!connector) throw conflict('connector_missing', `The connector ${dataset.connector} is gone`);
  const credential = connector.credentialId
    ? await db.credential.findFirst({ where: { id: connector.credentialId, tenantId } })
    : undefined;
  const runs = await db.datasetRun.findMany({
    where: { datasetId, kind: 'sync' },
    orderBy: { startedAt: 'desc' },
    take: RUNS_TO_AVERAGE,
  });
  const stored = await db.datasetField.findMany({ where: { datasetId }, orderBy: { name: 'asc' } });
  const fields: SyncField[] = [];
  for (const { id, name, sourcePath } of stored) {
    const rules = await db.fieldRule.findMany({ where: { fieldId: id } });
    const masks = await db.fieldRule.count({ where: { fieldId: id, kind: 'mask' } });
    fields.push({
      name,
      sourcePath,
      rules: rules.map(({ kind, config }) => ({ kind, config })),
      comparable: masks === 0,
    });
  }
  const records = runs.reduce((sum, run) => sum + run.records, 0);
  return {
    datasetId,
    tenantId,
    endpoint: connector.endpoint,
    credentialId: credential?.id ?? null,
    fields,
    expectedRecords: runs.length > 0 ? Math.round(records / runs.length) : dataset.rowCount,
  };
}
