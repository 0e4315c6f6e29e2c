/** Where the project's own files are. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const REPOSITORY = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../..');

export const PROVISIONING = path.join(REPOSITORY, 'provisioning');
