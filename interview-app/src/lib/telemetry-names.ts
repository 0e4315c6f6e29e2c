/** Every name under which this service is seen from outside: metrics, labels, span attributes, log events, services. */

export const SERVICE = {
  api: 'api',
  jobScheduler: 'job-scheduler',
  workflowEngine: 'workflow-engine',
  notificationService: 'notification-service',
} as const;

/** Services that others run: value of the `service` label and of the peer attributes. */
export const OUTSIDE_SERVICE = {
  identityProvider: 'identity-provider',
  validationService: 'validation-service',
  paymentGateway: 'payment-gateway',
  emailProvider: 'email-provider',
} as const;

export const DATABASE_PEER = 'postgresql';

/** Whatever a customer connected: one name for all, their addresses are theirs. */
export const CONNECTOR_PEER = 'connector';

/** How a process introduces itself to PostgreSQL. */
export const APPLICATION_NAME = { api: 'api', worker: 'worker' } as const;

export const METRIC = {
  httpRequests: 'http_requests_total',
  httpRequestDuration: 'http_request_duration_seconds',
  poolUtilization: 'database_connection_pool_utilization',
  activeConnections: 'database_active_connections',
  poolQueueDepth: 'connection_pool_queue_depth',
  queryDuration: 'database_query_duration_seconds',
  externalApiCallLatency: 'external_api_call_latency_seconds',
  cacheRequests: 'cache_requests_total',
  connectionCount: 'db_client_connection_count',
  connectionMax: 'db_client_connection_max',
  connectionIdleMax: 'db_client_connection_idle_max',
  connectionPendingRequests: 'db_client_connection_pending_requests',
  connectionTimeouts: 'db_client_connection_timeouts_total',
  connectionWaitTime: 'db_client_connection_wait_time_seconds',
  connectionUseTime: 'db_client_connection_use_time_seconds',
} as const;

export const LABEL = {
  method: 'method',
  route: 'route',
  statusCode: 'status_code',
  state: 'state',
  operation: 'operation',
  service: 'service',
  cache: 'cache',
  result: 'result',
} as const;

/** Values of the `state` label. */
export const CONNECTION_STATE = {
  active: 'active',
  idleInTransaction: 'idle in transaction',
  idle: 'idle',
  used: 'used',
} as const;

export const SPAN = {
  poolConnect: 'pool.connect',
  transaction: 'transaction',
  workflowValidate: 'workflow.validate',
} as const;

export const ATTRIBUTE = {
  serviceName: 'service.name',
  serviceVersion: 'service.version',
  httpMethod: 'http.request.method',
  httpRoute: 'http.route',
  httpStatusCode: 'http.response.status_code',
  urlPath: 'url.path',
  urlFull: 'url.full',
  errorType: 'error.type',
  serverAddress: 'server.address',
  serverPort: 'server.port',
  peerService: 'peer.service',
  servicePeerName: 'service.peer.name',
  dbSystem: 'db.system.name',
  dbNamespace: 'db.namespace',
  dbOperation: 'db.operation.name',
  dbCollection: 'db.collection.name',
  dbQueryText: 'db.query.text',
  dbQuerySummary: 'db.query.summary',
  dbStatusCode: 'db.response.status_code',
  dbConnectionId: 'db.connection.id',
  workflowId: 'workflow.id',
  workflowName: 'workflow.name',
  workflowSteps: 'workflow.steps',
  workflowValid: 'workflow.valid',
  codeFilePath: 'code.file.path',
  codeLineNumber: 'code.line.number',
} as const;

/** The `event` of a log line. */
export const EVENT = {
  requestCompleted: 'request.completed',
  requestTimeout: 'request.timeout',
  requestFailed: 'request.failed',
  importStarted: 'import.started',
  importValidating: 'import.validating',
  transactionLong: 'transaction.long',
  poolSaturated: 'pool.saturated',
  poolConnectionLost: 'pool.connection_lost',
  notificationFailed: 'notification.failed',
  emailSlow: 'email.slow',
  sessionCleanup: 'session.cleanup',
  reportProgress: 'report.progress',
  billingCompleted: 'billing.completed',
  billingDeclined: 'billing.declined',
  jobFailed: 'job.failed',
  jobsSummary: 'jobs.summary',
  schedulerFailed: 'scheduler.failed',
  executionFailed: 'execution.failed',
  migrationApplied: 'migration.applied',
  serviceStarted: 'service.started',
  serviceStopped: 'service.stopped',
} as const;
