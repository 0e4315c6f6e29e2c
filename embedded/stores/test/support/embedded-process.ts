/** The stores in a process of their own, for tests that may hang or crash them. Tells its address, and its memory when asked. */
import { startStores } from '../../src/index.js';

const { url } = await startStores({ port: 0 });
process.on('message', () => process.send?.({ peak_MiB: process.resourceUsage().maxRSS / 1024 }));
process.send?.({ url });
