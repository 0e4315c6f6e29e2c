import type { JobType } from '../../../types/job.js';
import { activityDigest } from './activity-digest.js';
import { datasetSync } from './dataset-sync.js';
import type { JobHandler } from './handler.js';
import { scheduledReport } from './scheduled-report.js';
import { sessionCleanup } from './session-cleanup.js';
import { usageBilling } from './usage-billing.js';
import { usageReport } from './usage-report.js';

export const JOB_HANDLERS: Readonly<Record<JobType, JobHandler>> = {
  'activity-digest': activityDigest,
  'dataset-sync': datasetSync,
  'scheduled-report': scheduledReport,
  'session-cleanup': sessionCleanup,
  'usage-billing': usageBilling,
  'usage-report': usageReport,
};
