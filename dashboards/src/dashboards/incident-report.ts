/** What was reported, in the words of those who reported it: symptoms and what they cost. */
import { buildDashboard } from '../frame.js';
import { words } from '../panels.js';

const REPORT = `## API requests time out

**Severity 1 · reported by the support team · open**

### What users see

- Many pages and operations end after about ten seconds with "Request timeout" or "Database unavailable".
- It is not one feature: the dashboard, workflows, users, reports and data all have it. Sometimes a second try works.

### What is known

- It began half an hour before the end of the time range that these dashboards open with, in ordinary business hours.
- The database team looked first: its CPU and disks are as on any other day, and single queries are fast.
- The API's connection pool is reported as fully used.
- Nothing was deployed, no infrastructure was changed, and there are no more users or requests than usual.

### What it costs

- About a third of all API requests fail.
- Workflows do not start, or do not finish.
- Customers cannot open their dashboard or run operations.
- Support is flooded with reports about timeouts.

### What we need from you

1. What is going on, and what shows it?
2. Where does it come from: which request, which code?
3. What would you do in the next ten minutes, and what afterwards?
`;

const GUIDE = `## Where to look

| Dashboard | Shows |
|---|---|
| [Service overview](/d/service-overview?$\{__url_time_range}) | API, database, connection pool and external services on one screen |
| [API endpoints](/d/api-endpoints?$\{__url_time_range}) | Rate, errors and duration of each endpoint |
| [Database and pool](/d/database-and-pool?$\{__url_time_range}) | The database server, its sessions, the API's connection pool |
| [Database Analyzer](/d/database-analyzer?$\{__url_time_range}) | Every session and transaction at any moment |
| [Service graph](/d/service-graph?$\{__url_time_range}) | Who calls whom, how often, how long |
| [External services](/d/external-services?$\{__url_time_range}) | Services that others run |
| [Logs](/d/logs?$\{__url_time_range}) | Lines of all services; each leads to its trace |
| [Traces](/d/traces?$\{__url_time_range}) | Requests, step by step |

**Explore** in the menu takes any query of your own: Prometheus, Loki (logs and database sessions) and Tempo (traces).

Vertical lines on the graphs mark when alerts began (orange) and when this report came in (blue).

The source code of the service is in \`interview-app/\`.
`;

export const incidentReport = buildDashboard({
  key: 'report',
  description: 'What was reported, and where to look.',
  panels: [
    words({
      title: 'Report',
      description: 'Reported symptoms and their impact.',
      at: [0, 0, 13, 20],
      content: REPORT,
    }),
    words({
      title: 'Dashboards',
      description: 'What each dashboard shows.',
      at: [13, 0, 11, 20],
      content: GUIDE,
    }),
  ],
});
