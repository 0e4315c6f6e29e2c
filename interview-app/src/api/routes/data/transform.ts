import type { Handler } from 'hono';
import { z } from 'zod';
import { applyRecipe, type Operation } from '../../../services/data-service/transformer.js';
import type { ApiEnv } from '../../middleware/auth.js';
import { id, readBody } from '../../middleware/validation.js';
import type { ApiServices } from '../../services.js';

const field = z.string().min(1).max(120);

const operation: z.ZodType<Operation> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rename'), field, to: field }),
  z.strictObject({ kind: z.literal('drop'), field }),
  z.strictObject({ kind: z.literal('set'), field, value: z.json() }),
  z.strictObject({ kind: z.literal('trim'), field }),
  z.strictObject({ kind: z.literal('number'), field }),
]);
const recipe = z.array(operation).min(1).max(20);

/** Either records to try a recipe on, or a data set to apply it to. */
const bodySchema = z.union([
  z.strictObject({ recipe, records: z.array(z.record(z.string(), z.unknown())).min(1).max(100) }),
  z.strictObject({ recipe, datasetId: id, after: z.string().max(200).optional() }),
]);

/** POST /api/data/transform: changes the records of a data set, or shows what would become of some. */
export function transformData({ transformer }: ApiServices): Handler<ApiEnv> {
  return async (c) => {
    const body = await readBody(c, bodySchema);
    if ('records' in body) {
      return c.json({ records: body.records.map((record) => applyRecipe(body.recipe, record)) });
    }
    return c.json(await transformer.transform(c.get('principal'), body.datasetId, body));
  };
}
