/** Dashboards, jumps and panels in the workbench, as in Grafana. */
import { dashboardTests } from '../shared/dashboards.js';
import { jumpTests } from '../shared/jumps.js';
import { panelTests } from '../shared/panels.js';
import { useWorkbench } from '../support/workbench.js';

const workbench = useWorkbench();

dashboardTests(workbench);
jumpTests(workbench);
panelTests(workbench);
