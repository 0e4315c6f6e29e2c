import { exploreUrl } from '../../explore/model/url-state';
import { shownLabels } from './fields';
import type { LogRow } from './rows';

const MINUTE_MS = 60_000;

/** The trace of a line in Explore. */
export function traceUrl(
  { traceId, spanId }: { readonly traceId: string; readonly spanId?: string | undefined },
  timeMs: number,
): string {
  return exploreUrl({
    datasource: 'tempo',
    queries: [{ refId: 'A', queryType: 'traceql', query: traceId }],
    range: rangeAround(timeMs, 5 * MINUTE_MS),
    spanId,
  });
}

/** The lines of the same stream right before and after a line. */
export function aroundUrl(row: LogRow): string {
  const labels = shownLabels(row).filter(
    ([name]) => (row.origins[name] ?? 'stream') === 'stream' && name !== 'detected_level',
  );
  const expr = `{${labels.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(', ')}}`;
  return exploreUrl({
    datasource: 'loki',
    queries: [{ refId: 'A', queryType: 'range', expr }],
    range: rangeAround(row.timeMs, 5000),
  });
}

/** Explore's range of some time before and after a moment. */
export function rangeAround(
  timeMs: number,
  aroundMs: number,
): { readonly from: string; readonly to: string } {
  return { from: String(Math.floor(timeMs - aroundMs)), to: String(Math.ceil(timeMs + aroundMs)) };
}
