import { z } from 'zod';
import { id } from '../../../api/middleware/validation.js';
import type { JobHandler } from './handler.js';

const payloadSchema = z.object({ datasetId: id });

/** Brings a data set's totals in line with its records, after the API has taken a batch of them in. */
export const datasetSync: JobHandler = async ({ tenantId, payload }, { database }) => {
  const { datasetId } = payloadSchema.parse(payload);
  await database.$transaction(async (tx) => {
    const dataset = await tx.dataset.findFirst({ where: { id: datasetId, tenantId: tenantId ?? '' } });
    if (!dataset) return;
    const rowCount = await tx.datasetRecord.count({ where: { datasetId } });
    await tx.dataset.update({ where: { id: datasetId }, data: { rowCount, syncedAt: new Date() } });
    await tx.datasetRun.createMany({
      data: [{ id: crypto.randomUUID(), datasetId, kind: 'sync', records: rowCount, startedAt: new Date() }],
    });
  });
};
