/** Writes what Grafana is provisioned with: the committed files, under provisioning/grafana. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedFiles } from './files.js';

const PROVISIONING = fileURLToPath(new URL('../../../provisioning/grafana/', import.meta.url));

const files = generatedFiles();
for (const { path: name, content } of files) {
  const file = path.join(PROVISIONING, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}
console.log(`wrote ${files.length} files under provisioning/grafana`);
