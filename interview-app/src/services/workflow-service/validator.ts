import type { SpanContext } from '@opentelemetry/api';
import { UpstreamError } from '../../lib/errors.js';
import type { ValidationService } from '../../lib/external-apis/validation-service.js';
import type { Logger } from '../../lib/logger.js';
import { EVENT } from '../../lib/telemetry-names.js';
import type { ValidationIssue, WorkflowBundle, WorkflowVerdict } from '../../types/workflow.js';

/** The verdicts on a bundle, by the names of its workflows. */
export interface BundleValidation {
  readonly verdicts: ReadonlyMap<string, WorkflowVerdict>;
  /** The call that they came from. */
  readonly call: SpanContext | undefined;
}

/**
 * Has a bundle checked by the validation service, which knows the catalogue of connectors and the rules of each plan.
 * Does not throw for want of an answer: then no workflow is valid, and the reason is kept with each of them.
 * @returns a verdict on every workflow of the bundle
 */
export async function validateWithExternalService(
  bundle: WorkflowBundle,
  { validationService, logger, requestId }: ValidationDependencies,
): Promise<BundleValidation> {
  const verdicts = new Map<string, WorkflowVerdict>();
  let call: SpanContext | undefined;

  logger.info(EVENT.importValidating, 'Validating with external service', {
    request_id: requestId,
    workflows: bundle.workflows.length,
    steps: bundle.workflows.reduce((count, workflow) => count + workflow.steps.length, 0),
  });

  let missing: ValidationIssue = {
    code: 'no_verdict',
    message: 'The validation service said nothing about this workflow',
  };
  try {
    const answered = await validationService.validate(bundle, (span) => {
      call = span;
    });
    for (const verdict of answered) verdicts.set(verdict.name, verdict);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    missing = {
      code: 'validation_unavailable',
      message: error.message,
    };
  }

  for (const { name } of bundle.workflows) {
    if (!verdicts.has(name)) {
      verdicts.set(name, { name, valid: false, issues: [missing] });
    }
  }
  return { verdicts, call };
}

export interface ValidationDependencies {
  readonly validationService: ValidationService;
  readonly logger: Logger;
  readonly requestId: string;
}
