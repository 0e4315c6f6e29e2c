/** The embedded stores, empty and writable, as the loader and the comparison reach them. */
import { startStores } from '../../src/index.js';
import type { WritableStores } from './load.js';

export async function startEmbedded(): Promise<WritableStores & { readonly close: () => Promise<void> }> {
  const { url, close } = await startStores({ port: 0 });
  const tempo = `${url}/stores/tempo`;
  return {
    prometheus: `${url}/stores/prometheus`,
    loki: `${url}/stores/loki`,
    tempo,
    otlp: tempo,
    close,
  };
}
