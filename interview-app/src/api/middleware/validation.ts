import type { Context } from 'hono';
import { z } from 'zod';
import { badRequest, type ErrorDetail, invalidRequest, notFound } from '../../lib/errors.js';

/**
 * The body of a request, checked.
 * @throws {ApiError} 400 when it is not JSON, 422 when it does not fit `schema`
 */
export async function readBody<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  let body: unknown;
  try {
    body = await c.req.json();
  } catch {
    throw badRequest('invalid_json', 'The body is not JSON');
  }
  return check(schema, body);
}

/**
 * The query of a request, checked.
 * @throws {ApiError} 422 when it does not fit `schema`
 */
export function readQuery<T>(c: Context, schema: z.ZodType<T>): T {
  return check(schema, c.req.query());
}

/**
 * The id in a request's path.
 * @param what is named in the answer: `workflow`, `user`
 * @throws {ApiError} 404 when it is no id at all
 */
export function readId(c: Context, what: string): string {
  const id = c.req.param('id') ?? '';
  if (!UUID.test(id)) throw notFound(what, id);
  return id.toLowerCase();
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id as a field of a body. */
export const id = z.string().regex(UUID, 'is not a UUID').toLowerCase();

/** Some ids, each once. */
export const ids = z
  .array(id)
  .max(20)
  .transform((given) => [...new Set(given)]);

/** A day or a time in ISO 8601, as a date. */
export const instant = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'is not a date')
  .transform((text) => new Date(text));

function check<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const details = result.error.issues.map(
    (issue): ErrorDetail => ({ path: issue.path.join('.'), message: issue.message }),
  );
  throw invalidRequest(details);
}
