/** What series of two vectors are matched on. */
import { type Labels, METRIC_NAME } from '../labels.js';
import type { Matching } from './ast.js';

/** Equal for series that match. */
export function signature(labels: Labels, matching: Matching): string {
  if (matching.on) return JSON.stringify(matching.labels.map((name) => labels.get(name)));
  return matchedLabels(labels, matching).key;
}

/** The labels that are compared. */
export function matchedLabels(labels: Labels, { on, labels: names }: Matching): Labels {
  return on ? labels.only(names) : labels.without(METRIC_NAME, ...names);
}
