import { locationUtil } from '@grafana/data';
import { config } from '@grafana/runtime';

/** An address in Explore, below the path that Grafana is served from; none where there is no Explore. */
export function explore(url: string | undefined): string | undefined {
  return url && config.exploreEnabled !== false ? locationUtil.assureBaseUrl(url) : undefined;
}
