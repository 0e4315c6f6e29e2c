import { registerPanel, registerPluginPanel } from '../host/panel-plugins';

/** Every panel type that dashboards may use. */
export function registerPanels(): void {
  registerPanel('heatmap', async () => (await import('./heatmap/plugin')).plugin);
  registerPanel('logs', async () => (await import('./logs')).plugin);
  registerPanel('stat', async () => (await import('./stat')).plugin);
  registerPanel('table', async () => (await import('./table')).plugin);
  registerPanel('text', async () => (await import('./text')).plugin);
  registerPanel('timeseries', async () => (await import('./timeseries/plugin')).plugin);
  registerPluginPanel('incidentbundle-databaseanalyzer-panel');
  registerPluginPanel('incidentbundle-servicegraph-panel');
}
