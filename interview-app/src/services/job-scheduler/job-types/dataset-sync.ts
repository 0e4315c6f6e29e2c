import { z } from 'zod';
import { id } from '../../../api/middleware/validation.js';
import type { Session } from '../../../lib/database/client.js';
import { HttpClient } from '../../../lib/external-apis/http-client.js';
import { CONNECTOR_PEER } from '../../../lib/telemetry-names.js';
import type { JobHandler } from './handler.js';

const payloadSchema = z.object({
  plan: z.object({
    datasetId: id,
    endpoint: z.url(),
    fields: z.array(
      z.object({
        name: z.string(),
        sourcePath: z.string(),
        rules: z.array(z.object({ kind: z.string() })),
      }),
    ),
  }),
  full: z.boolean(),
});

/** One page of a source's records; `next` leads to the following one. */
const pageSchema = z.object({
  records: z.array(z.record(z.string(), z.unknown())).max(500).default([]),
  next: z.string().nullish(),
});

type Field = z.infer<typeof payloadSchema>['plan']['fields'][number];
type SourceRecord = Readonly<Record<string, unknown>>;

const SOURCE_TIMEOUT_MS = 20_000;
const PAGES_MAX = 200;

/** Reads what changed at the source of a data set, or everything, and brings the data set up to date. */
export const datasetSync: JobHandler = async ({ tenantId, payload }, { database, tracing, signal }) => {
  const { plan, full } = payloadSchema.parse(payload);
  const { datasetId, endpoint, fields } = plan;
  const startedAt = new Date();
  const dataset = await database.dataset.findFirst({ where: { id: datasetId, tenantId: tenantId ?? '' } });
  if (!dataset) return;
  const source = new HttpClient({
    service: CONNECTOR_PEER,
    endpoint: { url: endpoint, timeoutMs: SOURCE_TIMEOUT_MS },
    tracing,
  });
  const since = full ? undefined : dataset.syncedAt?.toISOString();
  let records = 0;
  let cursor: string | null | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    signal.throwIfAborted();
    const answer = pageSchema.parse(await source.get(`/records?${queryOf({ since, cursor })}`));
    const accepted = answer.records.filter((record) => isAcceptable(record, fields));
    await database.$connection((db) => store(db, datasetId, { records: accepted, fields }));
    records += accepted.length;
    cursor = answer.next;
    if (!cursor) break;
  }
  await database.$transaction(async (tx) => {
    const rowCount = await tx.datasetRecord.count({ where: { datasetId } });
    await tx.dataset.update({ where: { id: datasetId }, data: { rowCount, syncedAt: startedAt } });
    await tx.datasetRun.create({
      data: { id: crypto.randomUUID(), datasetId, kind: 'sync', records, startedAt },
    });
  });
};

function queryOf(parameters: Readonly<Record<string, string | null | undefined>>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(parameters).filter((entry): entry is [string, string] => !!entry[1]),
  );
}

/** A record needs a key, and a value for every required field. */
function isAcceptable(record: SourceRecord, fields: readonly Field[]): boolean {
  if (typeof record.key !== 'string' || record.key === '') return false;
  const required = fields.filter(({ rules }) => rules.some(({ kind }) => kind === 'required'));
  return required.every(({ sourcePath }) => record[sourcePath] !== undefined && record[sourcePath] !== null);
}

async function store(
  db: Session,
  datasetId: string,
  { records, fields }: { readonly records: readonly SourceRecord[]; readonly fields: readonly Field[] },
): Promise<void> {
  for (const record of records) {
    const payload = Object.fromEntries(fields.map((field) => [field.name, fieldValue(record, field)]));
    const updatedAt = new Date();
    await db.datasetRecord.upsert({
      conflict: ['datasetId', 'key'],
      create: { id: crypto.randomUUID(), datasetId, key: String(record.key), payload, updatedAt },
      update: { payload, updatedAt },
    });
  }
}

/** Masked values never reach our database. */
function fieldValue(record: SourceRecord, { sourcePath, rules }: Field): unknown {
  const masked = rules.some(({ kind }) => kind === 'mask');
  return masked ? '***' : (record[sourcePath] ?? null);
}
