/** What the engine tells of itself, as far as clients ask for it. */
import type { ApiAnswer } from '../../http/api.js';
import { LOOKBACK_MS } from '../promql/context.js';
import { formatDuration } from '../promql/durations.js';
import { success } from './answers.js';
import type { Asked } from './asked.js';
import { checkMetadataLimit } from './parameters.js';

/** The version whose answers these are; clients choose by it what to ask for. */
export function buildInfo({ semantics }: Asked): ApiAnswer {
  return success({
    version: semantics.version,
    revision: '',
    branch: 'embedded',
    buildUser: '',
    buildDate: '',
    goVersion: '',
  });
}

/** Remote write brings samples without metadata. */
export function metadata({ parameters }: Asked): ApiAnswer {
  checkMetadataLimit(parameters);
  return success({});
}

export function config(): ApiAnswer {
  return success({
    yaml: 'global:\n  scrape_interval: 1m\n  scrape_timeout: 10s\n  evaluation_interval: 1m\n',
  });
}

export function flags({ semantics }: Asked): ApiAnswer {
  return success({
    'query.lookback-delta': formatDuration(LOOKBACK_MS),
    'enable-feature': semantics.experimentalFunctions ? 'promql-experimental-functions' : '',
  });
}
