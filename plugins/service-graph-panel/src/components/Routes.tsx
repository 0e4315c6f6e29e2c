import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { formatCount, formatPercent, formatRate, formatSeconds } from '../model/format';
import type { GraphEdge, RouteFigures } from '../model/types';
import type { Link } from './Links';
import { detailStyles } from './styles';

export interface RoutesProps {
  readonly edge: GraphEdge;
  readonly linksOf: (route: string) => readonly Link[];
  readonly marked: string | undefined;
  readonly onMark: (route: string) => void;
}

/** The edge's calls by the route of the client that made them: which of them fail, and which do not. */
export function Routes({ edge, linksOf, marked, onMark }: RoutesProps) {
  const styles = useStyles2(detailStyles);
  if (edge.routes.length === 0) return null;
  const hasBefore = edge.routes.some((route) => route.before?.rate != null);
  return (
    <>
      <h4 className={styles.heading}>By route of the caller</h4>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Route</th>
            <th scope="col">Rate</th>
            {hasBefore && <th scope="col">was</th>}
            <th scope="col">Errors</th>
            <th scope="col">Mean</th>
            <th scope="col">In flight</th>
          </tr>
        </thead>
        <tbody>
          {edge.routes.map((route) => (
            <tr key={route.route} className={route.route === marked ? styles.marked : undefined}>
              <td className={styles.route}>
                <RouteName
                  route={route}
                  links={linksOf(route.route)}
                  isMarked={route.route === marked}
                  onMark={onMark}
                />
              </td>
              <td>{formatRate(route.now.rate)}</td>
              {hasBefore && <td>{formatRate(route.before?.rate)}</td>}
              <td className={route.over.errors ? styles.over : undefined}>
                {route.over.errors ? '▲ ' : ''}
                {formatPercent(route.now.errors)}
              </td>
              <td className={route.over.latency ? styles.over : undefined}>
                {route.over.latency ? '▲ ' : ''}
                {formatSeconds(route.now.mean_s)}
              </td>
              <td>{formatCount(route.now.inFlight)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

interface RouteNameProps extends Pick<RoutesProps, 'onMark'> {
  readonly route: RouteFigures;
  readonly links: readonly Link[];
  readonly isMarked: boolean;
}

function RouteName({ route: { route }, links, isMarked, onMark }: RouteNameProps) {
  const styles = useStyles2(detailStyles);
  const name = route === '' ? 'no route (background work)' : route;
  return (
    <>
      {route === '' ? (
        name
      ) : (
        <button
          type="button"
          className={styles.routeButton}
          aria-pressed={isMarked}
          title={isMarked ? 'Do not mark its calls any longer' : 'Mark its calls in the graph'}
          onClick={() => onMark(route)}
        >
          {isMarked ? '◆ ' : ''}
          {/* A line may break after a slash, not within a word. */}
          {name.replaceAll('/', '/\u200b')}
        </button>
      )}
      <span className={styles.routeLinks}>
        {links.map(({ title, href }) => (
          <a key={title} href={href} aria-label={`${title} of ${name}`}>
            {title}
          </a>
        ))}
      </span>
    </>
  );
}
