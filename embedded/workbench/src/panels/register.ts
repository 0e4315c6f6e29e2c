import { registerPanel, registerPluginPanel } from '../host/panel-plugins';

/** Every panel type that dashboards may use. */
export function registerPanels(): void {
  registerPanel('text', async () => (await import('./text')).plugin);
  registerPluginPanel('incidentbundle-databaseanalyzer-panel');
  registerPluginPanel('incidentbundle-servicegraph-panel');
}
