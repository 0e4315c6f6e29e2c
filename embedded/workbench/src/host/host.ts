/** Everything that Grafana's core provides to its libraries. */
import { EventBusSrv, locationUtil, setTimeZoneResolver } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import {
  config,
  FakeEchoSrv,
  locationService,
  setAppEvents,
  setBackendSrv,
  setChromeHeaderHeightHook,
  setCurrentUser,
  setDataSourceSrv,
  setEchoSrv,
  setLocationSrv,
  setPluginComponentHook,
  setPluginComponentsHook,
  setPluginFunctionsHook,
  setPluginImportUtils,
  setPluginLinksHook,
  setReturnToPreviousHook,
  setRunRequest,
  setTemplateSrv,
} from '@grafana/runtime';
import { dataSources } from '../datasources/data-sources';
import { registerPanels } from '../panels/register';
import { backendSrv } from './backend-srv';
import { DataSources } from './data-source-srv';
import { importPanel, loadedPanel } from './panel-plugins';
import { fillRegistries } from './registries';
import { runRequest } from './run-request';
import { openTimeRange, templateSrv } from './template-srv';

/** Prepares Grafana's libraries. To be called once, before anything of theirs is rendered. */
export async function initHost(): Promise<void> {
  await initPluginTranslations('grafana');
  setTimeZoneResolver(() => 'browser');
  fillRegistries();
  setAppEvents(new EventBusSrv());
  setEchoSrv(new FakeEchoSrv());
  setCurrentUser(config.bootData.user);
  setTemplateSrv(templateSrv);
  setBackendSrv(backendSrv);
  setRunRequest(runRequest);
  setLocationSrv(locationService);
  setDataSourceSrv(new DataSources(dataSources()));
  locationUtil.initialize({
    config: config as never,
    getTimeRangeForUrl: () => openTimeRange(),
    getVariablesUrlParams: () => ({}),
  });
  registerPanels();
  setPluginImportUtils({
    importPanelPlugin: importPanel,
    getPanelPluginFromCache: loadedPanel,
  });
  noExtensions();
}

/** Other plugins may hook into panels and links in Grafana; here none does. */
function noExtensions(): void {
  setReturnToPreviousHook(() => () => {});
  setPluginLinksHook(() => ({ links: [], isLoading: false }));
  setPluginComponentsHook(() => ({ components: [], isLoading: false }));
  setPluginComponentHook(() => ({ component: undefined, isLoading: false }));
  setPluginFunctionsHook(() => ({ functions: [], isLoading: false }));
  setChromeHeaderHeightHook(() => 0);
}
