import type { Database } from '../../lib/database/client.js';
import { HttpClient } from '../../lib/external-apis/http-client.js';
import type { WorkerClient } from '../../lib/external-apis/worker.js';
import { CONNECTOR_PEER } from '../../lib/telemetry-names.js';
import type { Tracing } from '../../lib/tracing.js';
import type { PlannedStep } from '../../types/workflow.js';
import { pause } from '../../worker/pause.js';
import { parseConfig } from './validators.js';

export interface StepRunnerOptions {
  readonly database: Database;
  readonly tracing: Tracing;
  readonly services: WorkerClient;
}

/** What a step can see of the execution that it is part of. */
export interface StepScope {
  readonly tenantId: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Outputs of the steps that ran before, by key. */
  readonly steps: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
}

/** Runs single steps. */
export class StepRunner {
  readonly #options: StepRunnerOptions;

  constructor(options: StepRunnerOptions) {
    this.#options = options;
  }

  /**
   * Runs a step.
   * @returns its output; for a branch, whether the steps behind it are to be run
   * @throws what went wrong, the caller's to record
   */
  run(step: PlannedStep, scope: StepScope): Promise<unknown> {
    switch (step.kind) {
      case 'http':
        return this.#callConnector(step, scope);
      case 'notify':
        return this.#notify(step, scope);
      case 'transform':
        return transform(step, scope);
      case 'branch':
        return branch(step, scope);
      case 'delay':
        return pause(parseConfig('delay', step.config).ms, scope.signal);
    }
  }

  async #callConnector({ endpoint, credentialId, config }: PlannedStep, scope: StepScope): Promise<unknown> {
    const { method, path, timeoutMs } = parseConfig('http', config);
    if (endpoint === null) throw new Error('the step has no connector');
    if (credentialId !== null) await this.#checkCredential(credentialId, scope.tenantId);
    const { tracing } = this.#options;
    const client = new HttpClient({
      service: CONNECTOR_PEER,
      endpoint: { url: endpoint, timeoutMs },
      tracing,
    });
    const { input, steps } = scope;
    return method === 'GET' ? client.get(path) : client.post(path, { input, steps });
  }

  async #checkCredential(id: string, tenantId: string): Promise<void> {
    const credential = await this.#options.database.credential.findFirst({ where: { id, tenantId } });
    if (!credential) throw new Error('the credential of the connector is gone');
    if (credential.expiresAt && credential.expiresAt < new Date()) {
      throw new Error('the credential of the connector has expired');
    }
  }

  async #notify({ endpoint, config }: PlannedStep, { tenantId, input, steps }: StepScope): Promise<unknown> {
    const { channel, to = endpoint, template } = parseConfig('notify', config);
    if (to === null) throw new Error('the step has no connector');
    return this.#options.services.notify({ tenantId, channel, to, template, data: { input, steps } });
  }
}

async function transform({ config }: PlannedStep, scope: StepScope): Promise<Record<string, unknown>> {
  const { set } = parseConfig('transform', config);
  return Object.fromEntries(Object.entries(set).map(([name, path]) => [name, lookUp(path, scope)]));
}

async function branch({ config }: PlannedStep, scope: StepScope): Promise<boolean> {
  const { path, equals } = parseConfig('branch', config);
  return lookUp(path, scope) === equals;
}

/** The value at a path like `input.order.total` or `steps.fetch.items.0`; undefined when there is none. */
function lookUp(path: string, { input, steps }: StepScope): unknown {
  let value: unknown = { input, steps };
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}
