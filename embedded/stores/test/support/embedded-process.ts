/** The stores in a process of their own, for tests that may hang or crash them. Tells its addresses, and its memory when asked. */
import { type PrometheusVersion, startEmbedded } from './embedded.js';

const { close: _, ...urls } = await startEmbedded(process.argv[2] as PrometheusVersion);
process.on('message', () => process.send?.({ peak_MiB: process.resourceUsage().maxRSS / 1024 }));
process.send?.(urls);
