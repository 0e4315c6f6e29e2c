import type { SpanContext } from '@opentelemetry/api';
import type { WorkflowBundle, WorkflowVerdict } from '../../types/workflow.js';
import { callerOf } from '../source-location.js';
import { OUTSIDE_SERVICE } from '../telemetry-names.js';
import { HttpClient, type HttpClientOptions } from './http-client.js';

interface ValidationAnswer {
  readonly results: readonly WorkflowVerdict[];
}

export class ValidationService {
  readonly #client: HttpClient;

  constructor(options: Omit<HttpClientOptions, 'service'>) {
    this.#client = new HttpClient({ ...options, service: OUTSIDE_SERVICE.validationService });
  }

  /**
   * Has a bundle checked as a whole: its workflows may refer to each other.
   * @param onCall is told of the call's span when the call begins
   * @returns one verdict for each workflow, in any order
   * @throws {UpstreamError} when there is no answer
   */
  async validate(
    bundle: WorkflowBundle,
    onCall: (span: SpanContext) => void,
  ): Promise<readonly WorkflowVerdict[]> {
    const { results } = await this.#client.post<ValidationAnswer>('/validate', bundle, {
      caller: callerOf(this.validate),
      onSpan: (span) => onCall(span.spanContext()),
    });
    return results;
  }
}
