/**
 * Runs before every module: Grafana's libraries read these globals when they are loaded. A script of its own, because
 * the page's policy forbids scripts inside it.
 */
import { readTheme } from './shell/theme-choice';

const theme = readTheme(window.location.search, window.localStorage);

Object.assign(window, {
  // Checks of themes compile nothing: the page's policy forbids it, and zod would try.
  __zod_globalConfig: { jitless: true },
  // Icons are at /public/build/img/icons, fonts at /public/fonts.
  __grafana_public_path__: '/public/',
  grafanaBootData: {
    assets: { dark: '', light: '' },
    navTree: [],
    user: {
      theme,
      lightTheme: theme === 'light',
      timezone: 'browser',
      weekStart: '',
      locale: 'en-US',
      language: 'en-US',
      orgRole: 'Viewer',
      login: 'candidate',
      isSignedIn: false,
    },
    settings: {
      theme,
      appSubUrl: '',
      windowTitlePrefix: '',
      minRefreshInterval: '5s',
      exploreEnabled: true,
      buildInfo: { version: '13.1.1', commit: '', env: 'production' },
      featureToggles: {},
      datasources: {},
      panels: {},
      namespace: 'default',
    },
  },
});
document.documentElement.style.background = theme === 'light' ? '#f4f5f5' : '#111217';
document.documentElement.style.colorScheme = theme;
