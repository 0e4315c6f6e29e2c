/** A route that was chosen elsewhere: which calls were made on its behalf. */
import { formatCount, formatRate } from './format';
import type { Graph, RouteFigures } from './types';

export interface MarkedRoute {
  readonly route: string;
  /** What its calls are on each edge that carries it, by the edge's id. */
  readonly edges: ReadonlyMap<string, RouteFigures>;
}

/**
 * @param text a route as the edges' series name it; anything else (a variable that is not set, a pattern for all routes)
 * marks nothing
 */
export function markedRoute({ edges }: Graph, text: string): MarkedRoute | undefined {
  const route = text.trim();
  if (route === '') return undefined;
  const carrying = edges.flatMap((edge) => {
    const own = edge.routes.find((each) => each.route === route && hasCalls(each));
    return own ? [[edge.id, own] as const] : [];
  });
  return carrying.length === 0 ? undefined : { route, edges: new Map(carrying) };
}

function hasCalls({ now, before }: RouteFigures): boolean {
  return (now.rate ?? 0) > 0 || (before?.rate ?? 0) > 0;
}

/** `For /api/users: 0.7/s, 16 in flight` */
export function describeRoute({ route, now }: RouteFigures): string {
  return `For ${route}: ${formatRate(now.rate)}, ${formatCount(now.inFlight)} in flight`;
}

/** Name of the variable that a text stands for: `route` of `${route}` or `$route`. */
export function variableIn(text: string): string | undefined {
  return /^\s*\$(?:\{(\w+)(?::\w+)?\}|(\w+))\s*$/.exec(text)?.slice(1).find(Boolean);
}
