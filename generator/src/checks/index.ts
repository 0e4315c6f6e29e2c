export { type CheckOptions, checkRun } from './check-run.js';
export { formatReport } from './format-report.js';
export type { LawVerdict } from './laws/law.js';
export type { CheckReport, TargetVerdict } from './report.js';
