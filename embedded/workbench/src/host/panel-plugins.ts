import { type PanelPlugin, type PanelPluginMeta, PluginType } from '@grafana/data';
import { loadAmd } from './amd';
import { unknownPanel } from './UnknownPanel';

type Load = () => Promise<PanelPlugin>;

const loaders = new Map<string, Load>();
const loaded = new Map<string, PanelPlugin>();

/** Registers a panel type of the workbench's own. It is loaded when the first panel of its type is shown. */
export function registerPanel(id: string, load: Load): void {
  loaders.set(id, load);
}

/** Registers a panel plugin that is built for Grafana, at `/plugins/<id>/module.js`. */
export function registerPluginPanel(id: string): void {
  loaders.set(id, async () => {
    const { libraries } = await import('./plugin-libraries');
    const { plugin } = (await loadAmd(`/plugins/${id}/module.js`, libraries)) as { plugin?: PanelPlugin };
    if (!plugin) throw new Error(`/plugins/${id}/module.js exports no panel plugin`);
    return plugin;
  });
}

/** The panel plugin of a type; for a type that nobody registered, one that says so. */
export async function importPanel(id: string): Promise<PanelPlugin> {
  const known = loaded.get(id);
  if (known) return known;
  const load = loaders.get(id);
  const plugin = load ? await load() : unknownPanel(id, [...loaders.keys()]);
  plugin.meta = meta(id);
  loaded.set(id, plugin);
  return plugin;
}

export function loadedPanel(id: string): PanelPlugin | undefined {
  return loaded.get(id);
}

function meta(id: string): PanelPluginMeta {
  return {
    id,
    name: id,
    type: PluginType.panel,
    sort: 1,
    module: `/plugins/${id}/module.js`,
    baseUrl: `/plugins/${id}`,
    info: {
      author: { name: '' },
      description: '',
      links: [],
      logos: { small: '', large: '' },
      screenshots: [],
      updated: '',
      version: '',
    },
  };
}
