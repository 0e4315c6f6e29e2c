import type { ErrorDetail } from '../../lib/errors.js';
import type { StepDefinition, StepKind, WorkflowStep } from '../../types/workflow.js';

/** Kinds of steps that talk to something outside and so need a connector. */
const NEEDS_CONNECTOR: ReadonlySet<StepKind> = new Set(['http', 'notify']);

/**
 * What is wrong with the steps of a definition as such: keys given twice, dependencies that do not exist or go in a
 * circle, connectors that are missing. Whether a connector exists is not looked at.
 * @param path goes before the path of each detail: `workflows.2.`
 */
export function checkSteps(steps: readonly StepDefinition[], path = ''): readonly ErrorDetail[] {
  const details: ErrorDetail[] = [];
  const keys = new Set<string>();
  steps.forEach((step, index) => {
    const report = (field: string, message: string) => {
      details.push({ path: `${path}steps.${index}.${field}`, message });
    };
    if (keys.has(step.key)) report('key', `another step has the key ${step.key}`);
    keys.add(step.key);
    if (NEEDS_CONNECTOR.has(step.kind) && !step.connector)
      report('connector', `a step of kind ${step.kind} needs one`);
  });
  steps.forEach((step, index) => {
    for (const key of step.dependsOn) {
      if (!keys.has(key))
        details.push({ path: `${path}steps.${index}.dependsOn`, message: `there is no step ${key}` });
    }
  });
  if (details.length === 0 && inDependencyOrder(steps).length < steps.length) {
    details.push({ path: `${path}steps`, message: 'the dependencies go in a circle' });
  }
  return details;
}

/**
 * The steps so that each comes after all that it depends on, otherwise in the order given. Steps on a circle, and those
 * that depend on them, are left out.
 */
export function inDependencyOrder<T extends Pick<StepDefinition, 'key' | 'dependsOn'>>(
  steps: readonly T[],
): T[] {
  const ordered: T[] = [];
  const done = new Set<string>();
  let waiting = steps;
  while (waiting.length > 0) {
    const ready = waiting.filter((step) => step.dependsOn.every((key) => done.has(key)));
    if (ready.length === 0) break;
    for (const step of ready) done.add(step.key);
    ordered.push(...ready);
    waiting = waiting.filter((step) => !done.has(step.key));
  }
  return ordered;
}

/** One step of a definition as a row. */
export function stepRow(step: StepDefinition, place: { workflowId: string; position: number }): WorkflowStep {
  return {
    id: crypto.randomUUID(),
    ...place,
    key: step.key,
    kind: step.kind,
    connector: step.connector ?? null,
    dependsOn: step.dependsOn,
    config: step.config,
  };
}
