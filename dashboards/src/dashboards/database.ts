/** The database server above, the API's connection pool below. */
import { CONNECTION_STATE } from 'interview-app/telemetry-names';
import { IDLE_IN_TRANSACTION_S, POOL_TIMEOUT_S, THRESHOLD } from '../config.js';
import { buildDashboard } from '../frame.js';
import { panelLink } from '../links.js';
import { lines } from '../panels.js';
import * as server from '../queries/database.js';
import * as pool from '../queries/pool.js';
import { RATE } from '../queries/promql.js';
import { percent, seconds } from '../say.js';
import { range } from '../targets.js';

const STATE_COLOR = {
  [CONNECTION_STATE.active]: 'green',
  [CONNECTION_STATE.idleInTransaction]: 'purple',
  [CONNECTION_STATE.idle]: 'text',
};

const host = [
  lines({
    title: 'CPU by mode',
    description: 'Share of the database server’s processors by what they are busy with.',
    at: [0, 0, 6, 7],
    unit: 'percentunit',
    min: 0,
    max: 1,
    stacked: true,
    fill: 40,
    color: { user: 'blue', system: 'light-blue', iowait: 'orange', softirq: 'purple' },
    limits: [percent(THRESHOLD.cpu.warn)],
    targets: [
      range(`${server.cpuByMode()} > 0`, '{{mode}}'),
      range(`vector(${THRESHOLD.cpu.warn})`, percent(THRESHOLD.cpu.warn)),
    ],
  }),
  lines({
    title: 'Disk and memory',
    description:
      'Share of time in which the database server’s disk was busy, and share of its memory in use.',
    at: [6, 0, 6, 7],
    unit: 'percentunit',
    min: 0,
    max: 1,
    color: { disk: 'orange', memory: 'blue' },
    targets: [range(server.diskBusy(), 'disk'), range(server.memoryUsed(), 'memory')],
  }),
  lines({
    title: 'Query latency',
    description: 'P50, P95 and P99 of the API’s statements, from sending one to its result.',
    at: [12, 0, 6, 7],
    unit: 's',
    min: 0,
    max: 0.1,
    color: { P50: 'green', P95: 'blue', P99: 'purple' },
    limits: [seconds(THRESHOLD.queryP95_s.warn)],
    targets: [
      ...[0.5, 0.95, 0.99].map((q) => range(server.statementTime(q, RATE), `P${q * 100}`)),
      range(`vector(${THRESHOLD.queryP95_s.warn})`, seconds(THRESHOLD.queryP95_s.warn)),
    ],
  }),
  lines({
    title: 'Statements by operation',
    description: 'Statements of the API per second.',
    at: [18, 0, 6, 7],
    unit: 'ops',
    min: 0,
    stacked: true,
    fill: 30,
    targets: [range(`${server.statements()} > 0`, '{{operation}}')],
  }),
];

const sessions = [
  lines({
    title: 'Sessions by application',
    description:
      'Sessions open at the server, by the name that each client gave itself, and how many it accepts.',
    at: [0, 7, 6, 7],
    unit: 'short',
    min: 0,
    color: { api: 'blue', worker: 'purple', reporting: 'green', psql: 'yellow' },
    limits: ['most allowed'],
    targets: [
      range(server.sessionsByApplication(), '{{application_name}}'),
      range(server.maxConnections(), 'most allowed'),
    ],
  }),
  lines({
    title: 'Oldest transaction',
    description: 'How long the oldest open transaction has been open, by what its session is doing.',
    at: [6, 7, 6, 7],
    unit: 's',
    min: 0,
    color: STATE_COLOR,
    limits: [seconds(IDLE_IN_TRANSACTION_S)],
    links: [panelLink('analyzer')],
    targets: [
      range(server.longestIdleInTransaction(), CONNECTION_STATE.idleInTransaction),
      range(server.oldestTransaction(CONNECTION_STATE.active), CONNECTION_STATE.active),
      range(`vector(${IDLE_IN_TRANSACTION_S})`, seconds(IDLE_IN_TRANSACTION_S)),
    ],
  }),
  lines({
    title: 'Transactions',
    description: 'Transactions that ended per second, by how; and deadlocks.',
    at: [12, 7, 6, 7],
    unit: 'ops',
    min: 0,
    color: { committed: 'green', 'rolled back': 'orange', deadlocks: 'red' },
    targets: [
      range(server.transactions('commit'), 'committed'),
      range(server.transactions('rollback'), 'rolled back'),
      range(server.deadlocks(), 'deadlocks'),
    ],
  }),
  lines({
    title: 'Locks',
    description: 'Locks held, by mode.',
    at: [18, 7, 6, 7],
    unit: 'short',
    min: 0,
    stacked: true,
    fill: 30,
    targets: [range(server.locks(), '{{mode}}')],
  }),
];

const poolPanels = [
  lines({
    title: 'Connections in use by state',
    description: 'Connections of the API’s pool that are lent out, by what they do, and the pool’s maximum.',
    at: [0, 14, 8, 8],
    unit: 'short',
    min: 0,
    stacked: true,
    fill: 30,
    color: { ...STATE_COLOR, max: 'text' },
    limits: [percent(THRESHOLD.pool.warn), 'max'],
    links: [panelLink('analyzer')],
    targets: [
      range(pool.inUseByState(), '{{state}}'),
      range(pool.max(), 'max'),
      range(`${THRESHOLD.pool.warn} * ${pool.max()}`, percent(THRESHOLD.pool.warn)),
    ],
  }),
  lines({
    title: 'Pool utilization',
    description: 'Connections in use over the pool’s maximum.',
    at: [8, 14, 8, 8],
    unit: 'percentunit',
    min: 0,
    max: 1,
    fill: 15,
    color: { 'in use': 'blue' },
    limits: [percent(THRESHOLD.pool.warn)],
    targets: [
      range(pool.utilization(), 'in use'),
      range(`vector(${THRESHOLD.pool.warn})`, percent(THRESHOLD.pool.warn)),
    ],
  }),
  lines({
    title: 'Requests waiting',
    description: 'How many requests wait for a connection of the pool, at each sample.',
    at: [16, 14, 8, 8],
    unit: 'short',
    min: 0,
    fill: 15,
    color: { waiting: 'blue' },
    targets: [range(pool.waiting(), 'waiting')],
  }),
  lines({
    title: 'Wait for a connection',
    description: 'How long requests waited until they got a connection or gave up.',
    at: [0, 22, 8, 8],
    unit: 's',
    log: true,
    color: { P50: 'green', P95: 'blue', P99: 'purple' },
    limits: [`timeout ${seconds(POOL_TIMEOUT_S)}`],
    targets: [
      ...[0.5, 0.95, 0.99].map((q) => range(pool.waitTime(q, RATE), `P${q * 100}`)),
      range(`vector(${POOL_TIMEOUT_S})`, `timeout ${seconds(POOL_TIMEOUT_S)}`),
    ],
  }),
  lines({
    title: 'Checkouts and timeouts',
    description: 'Checkouts of a connection that ended per second, and those of them that gave up.',
    at: [8, 22, 8, 8],
    unit: 'ops',
    min: 0,
    color: { checkouts: 'blue', timeouts: 'red' },
    targets: [range(pool.checkouts(), 'checkouts'), range(pool.timeouts(), 'timeouts')],
  }),
  lines({
    title: 'Time a connection is lent',
    description:
      'Time between taking a connection from the pool and returning it; counted when it is returned.',
    at: [16, 22, 8, 8],
    unit: 's',
    log: true,
    color: { P50: 'green', P95: 'blue', mean: 'orange' },
    targets: [
      range(pool.useTime(0.5), 'P50'),
      range(pool.useTime(0.95), 'P95'),
      range(pool.meanUseTime(), 'mean'),
    ],
  }),
];

export const databaseAndPool = buildDashboard({
  key: 'database',
  description: 'The database server and its host, its sessions, and the connection pool of the API.',
  panels: [...host, ...sessions, ...poolPanels],
});
