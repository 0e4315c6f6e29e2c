import type { Handler } from 'hono';
import type { ApiEnv } from '../../middleware/auth.js';
import { readId } from '../../middleware/validation.js';
import type { ApiServices } from '../../services.js';

/** GET /api/workflows/:id/export: the workflow as a document, for a download. */
export function exportWorkflow({ exporter }: ApiServices): Handler<ApiEnv> {
  return async (c) => {
    const document = await exporter.exportWorkflow(c.get('principal').tenantId, readId(c, 'workflow'));
    const { name, version } = document.workflow;
    const fileName = `${name.replace(/[^\w.-]+/g, '-')}-v${version}.json`;
    c.header('content-disposition', `attachment; filename="${fileName}"`);
    return c.json(document);
  };
}
