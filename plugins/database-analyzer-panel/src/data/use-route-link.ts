import { locationService } from '@grafana/runtime';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { routeAsked, routeInAddress } from '../model/route-link';

/** The dashboard variable by which panels and dashboards tell each other which route is looked at. */
export interface RouteLink {
  /** The route that a link or another panel asks for. */
  readonly asked: string | undefined;
  /** Tells the others. */
  readonly tell: (route: string | undefined) => void;
  /** Shows all routes again. */
  readonly clear: () => void;
}

/** @param variable the variable's name; no link when it is empty */
export function useRouteLink(variable: string): RouteLink {
  const name = `var-${variable}`;
  const written = useRef<string>();
  const [asked, setAsked] = useState(() => (variable ? inAddress(name) : undefined));
  useEffect(() => {
    if (!variable) return undefined;
    return locationService.getHistory().listen(() => setAsked(routeAsked(inAddress(name), written.current)));
  }, [variable, name]);
  const tell = useCallback(
    (route: string | undefined) => {
      if (!variable || route === inAddress(name)) return;
      written.current = route;
      locationService.partial({ [name]: route ?? null }, true);
    },
    [variable, name],
  );
  const clear = useCallback(() => {
    written.current = undefined;
    locationService.partial({ [name]: null }, true);
  }, [name]);
  return useMemo(() => ({ asked, tell, clear }), [asked, tell, clear]);
}

function inAddress(name: string): string | undefined {
  return routeInAddress(locationService.getSearchObject()[name]);
}
