import { ThemeContext } from '@grafana/data';
import { config, LocationServiceProvider, locationService } from '@grafana/runtime';
import { GlobalStyles, LoadingPlaceholder, ModalsProvider, PortalContainer } from '@grafana/ui';
import * as React from 'react';
import { Route, Routes } from 'react-router-dom-v5-compat';
import { Router } from './Router';

const ReportPage = React.lazy(() => import('./ReportPage'));
const DashboardPage = React.lazy(() => import('../dashboard/DashboardPage'));
const ExplorePage = React.lazy(() => import('../explore/ExplorePage'));
const SourcePage = React.lazy(() => import('../source/SourcePage'));

/** The page: the frame around the pages, and which of them an address opens. */
export function App() {
  return (
    <ThemeContext.Provider value={config.theme2}>
      <GlobalStyles />
      <LocationServiceProvider service={locationService}>
        <Router>
          <ModalsProvider>
            <React.Suspense fallback={<LoadingPlaceholder text="Loading" />}>
              <Routes>
                <Route path="/" element={<ReportPage />} />
                <Route path="/report" element={<ReportPage />} />
                <Route path="/d/:uid/*" element={<DashboardPage />} />
                <Route path="/explore" element={<ExplorePage />} />
                <Route path="/source" element={<SourcePage />} />
              </Routes>
            </React.Suspense>
          </ModalsProvider>
          <PortalContainer />
        </Router>
      </LocationServiceProvider>
    </ThemeContext.Provider>
  );
}
