import { locationService } from '@grafana/runtime';
import * as React from 'react';
import { Router as ReactRouter } from 'react-router-dom-v5-compat';

/** Grafana's location service, which its libraries and plugins navigate by, as the router of the pages. */
export function Router({ children }: { readonly children: React.ReactNode }) {
  const history = locationService.getHistory();
  const [location, setLocation] = React.useState(history.location);
  React.useLayoutEffect(() => history.listen((next) => setLocation(next)), [history]);
  return (
    <ReactRouter location={location} navigator={history as never} navigationType={history.action as never}>
      {children}
    </ReactRouter>
  );
}
