/**
 * Frames as a panel got them from Grafana 10.4.3 with Prometheus 2.42, which held a generated run (seed 1); numbers cut
 * to seven digits. Their range ends in the incident.
 */
import type { DataFrame } from '@grafana/data';
import incidentRange from '../model/testdata/incident-range.json';
import instantTable from '../model/testdata/instant-table.json';
import rawCounters from '../model/testdata/raw-counters.json';
import routes from '../model/testdata/routes.json';
import serviceMap from '../model/testdata/service-map.json';
import wrong from '../model/testdata/wrong.json';

function frames(recorded: unknown): readonly DataFrame[] {
  return recorded as DataFrame[];
}

/** All suggested range queries, every 2 min, and buckets of two edges. */
export const INCIDENT = frames(incidentRange);
/** Edge queries by route of api > postgresql. */
export const ROUTES = frames(routes);
/** Edge queries as instant tables. */
export const INSTANT_TABLE = frames(instantTable);
/** Bare counters and gauges, queries named A to F. */
export const RAW_COUNTERS = frames(rawCounters);
/**
 * Tempo's service map (its table of links, then nodes and edges), as a panel got it from the Tempo data source over the same
 * run. It knows no latency of what has no server spans, and writes 0.
 */
export const SERVICE_MAP = frames(serviceMap);
/** Series without client and server. */
export const WRONG = frames(wrong);

export const RANGE = {
  from: Date.parse('2026-03-02T09:08:00.000Z'),
  to: Date.parse('2026-03-02T10:00:00.000Z'),
};
