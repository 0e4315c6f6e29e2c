/** What each handler of the API is asked. */
import type { ApiAnswer, ApiRequest } from '../../http/api.js';
import type { Semantics } from '../semantics.js';
import type { MetricsStore } from '../store.js';

export interface Asked extends Pick<ApiRequest, 'parameters' | 'body' | 'headers' | 'signal'> {
  readonly store: MetricsStore;
  readonly semantics: Semantics;
}

export type Handler = (asked: Asked) => Promise<ApiAnswer> | ApiAnswer;
