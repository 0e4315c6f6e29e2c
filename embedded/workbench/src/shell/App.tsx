import { css } from '@emotion/css';
import { type GrafanaTheme2, ThemeContext } from '@grafana/data';
import { config, LocationServiceProvider, locationService } from '@grafana/runtime';
import { GlobalStyles, LoadingPlaceholder, ModalsProvider, PortalContainer, useStyles2 } from '@grafana/ui';
import * as React from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router-dom-v5-compat';
import { ErrorBoundary } from './ErrorBoundary';
import { Header, REPORT_URL } from './Header';
import { Router } from './Router';
import { store } from './storage';
import { Tour } from './Tour';

const DashboardPage = React.lazy(() => import('../dashboard/DashboardPage'));
const ExplorePage = React.lazy(() => import('../explore/ExplorePage'));
const SourcePage = React.lazy(() => import('../source/SourcePage'));

/** Everything around the pages that Grafana's libraries ask for. */
export function App() {
  return (
    <ThemeContext.Provider value={config.theme2}>
      <GlobalStyles />
      <LocationServiceProvider service={locationService}>
        <Router>
          <ModalsProvider>
            <Frame />
          </ModalsProvider>
          <PortalContainer />
        </Router>
      </LocationServiceProvider>
    </ThemeContext.Provider>
  );
}

/** The header, the page that the address names, and the tour of a first visit. */
function Frame() {
  const styles = useStyles2(getStyles);
  const { pathname } = useLocation();
  const [tour] = React.useState(() => store('tour-is-over', false));
  const [showsTour, setShowsTour] = React.useState(() => !tour.get());
  return (
    <div className={styles.frame}>
      <Header onTour={() => setShowsTour(true)} />
      {showsTour && (
        <Tour
          onEnd={() => {
            tour.set(true);
            setShowsTour(false);
          }}
        />
      )}
      <main className={styles.main}>
        <ErrorBoundary page={pathname}>
          <React.Suspense fallback={<LoadingPlaceholder text="Loading" />}>
            <Routes>
              <Route path="/d/:uid/*" element={<DashboardPage />} />
              <Route path="/explore" element={<ExplorePage />} />
              <Route path="/source" element={<SourcePage />} />
              <Route path="/report" element={<Navigate to={REPORT_URL} replace />} />
              <Route path="/" element={<Navigate to={REPORT_URL} replace />} />
              <Route path="*" element={<p role="alert">There is no page {pathname}.</p>} />
            </Routes>
          </React.Suspense>
        </ErrorBoundary>
      </main>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    frame: css({
      display: 'flex',
      flexDirection: 'column',
      height: '100vh',
      background: theme.colors.background.canvas,
      color: theme.colors.text.primary,
    }),
    main: css({ flex: 1, minHeight: 0, overflow: 'auto' }),
  };
}
