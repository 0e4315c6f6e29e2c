/**
 * The application's schema as its migrations make it, and the data that its customers already had. A test compares the
 * columns with the migrations.
 */
import type { Table } from './schema.js';
import { accountsTables } from './tables-accounts.js';
import { datasetsTables } from './tables-datasets.js';
import { jobsTables } from './tables-jobs.js';
import { workflowsTables } from './tables-workflows.js';

/** All tables by name. */
export const tables: ReadonlyMap<string, Table> = new Map(
  [...accountsTables, ...workflowsTables, ...datasetsTables, ...jobsTables].map((table) => [
    table.name,
    table,
  ]),
);
