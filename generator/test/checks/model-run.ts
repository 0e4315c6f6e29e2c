/** A small service around the queue of `queue-model.ts`, under users and importing clients; written as a run. */
import type { Measuring } from '../../src/scenario/measuring.js';
import { type ModelWindow, type OpenTrace, Recorder, type SpanRecord, set } from './model-recorder.js';
import { Pool, Random, type Session, Timeline } from './queue-model.js';

const S = 1e6;
const MS = 1e3;
const POOL_SIZE = 20;
const IMPORT = { method: 'POST', route: '/api/import' } as const;
const ENDPOINTS = [
  { method: 'GET', route: '/api/items' },
  { method: 'POST', route: '/api/items' },
  { method: 'GET', route: '/api/items/:id' },
  { method: 'POST', route: '/api/jobs' },
] as const;

export const MODEL_WINDOW: ModelWindow = {
  start_ms: Date.UTC(2026, 2, 2, 9),
  incident_s: 120,
  steady_s: 150,
  end_s: 420,
};

export const MODEL_MEASURING: Measuring = {
  api: 'api',
  importEndpoint: `${IMPORT.method} ${IMPORT.route}`,
  externalService: 'validation-service',
  uncountedEndpoints: [`${IMPORT.method} ${IMPORT.route}`, 'GET /health'],
  slowWait_s: 0.5,
  longestWait_s: 2,
  endpointP99: { baseline_ms: { min: 100, max: 400 }, steady_ms: { min: 2000, max: 3000 }, requests: 40 },
  logGroups: {
    routine: ['request.completed'],
    timeout: ['request.timeout'],
    import: ['import.started', 'import.validating'],
    transaction: ['transaction.long'],
    pool: ['pool.saturated'],
  },
  holdingTraces: { min: 5, max: 6 },
  longTransaction_s: 3,
  gap_s: { min: 3, max: 4 },
  fast_s: 0.1,
  tail_s: 20,
};

interface Endpoint {
  readonly method: string;
  readonly route: string;
}

/** A request under way. */
interface Context {
  readonly trace: OpenTrace;
  readonly root: SpanRecord;
  readonly endpoint: Endpoint;
}

class Model {
  readonly timeline = new Timeline(-30 * S);
  readonly recorder = new Recorder(MODEL_WINDOW, () => this.timeline.now);
  readonly random = new Random();
  readonly pool = new Pool(this.timeline, POOL_SIZE);
  readonly end = MODEL_WINDOW.end_s * S;

  start(): void {
    const { timeline } = this;
    const every = (period: number, from: number, work: () => void) => {
      const tick = () => {
        work();
        if (timeline.now + period <= this.end) timeline.after(period, tick);
      };
      timeline.at(from, tick);
    };
    every(1 * S, -29.5 * S, () => this.pool.waiting > 0 && this.recorder.noise('api', 'pool.saturated'));
    every(10 * S, -25 * S, () => void this.#job());
    every(5 * S, -30 * S, () => this.#health());
    every(5 * S, 0, () => this.#snapshot());
    every(15 * S, 0, () => this.#scrape());
    this.#users();
    for (const time of [30, 80]) timeline.at(time * S, () => void this.#import());
    for (const delay of [0, 0.6, 1.2, 1.8, 2.4, 3])
      timeline.at((MODEL_WINDOW.incident_s + delay) * S, () => void this.#importer());
  }

  #users(): void {
    if (this.timeline.now > this.end) return;
    void this.#ordinary();
    this.timeline.after(this.random.between(20 * MS, 230 * MS), () => this.#users());
  }

  async #importer(): Promise<void> {
    while (this.timeline.now < this.end) {
      await this.#import();
      await this.timeline.sleep(this.random.between(30 * MS, 120 * MS));
    }
  }

  async #ordinary(): Promise<void> {
    const endpoint = ENDPOINTS[this.random.between(0, 3)] as Endpoint;
    const request = await this.#request(endpoint);
    const needs = this.random.next();
    let status = this.random.next() < 0.01 ? 404 : 200;
    if (needs < 0.42) status = await this.#database(request, needs < 0.1);
    else if (endpoint.route === '/api/jobs') await this.#worker(request);
    await this.timeline.sleep(this.random.between(1 * MS, 30 * MS));
    this.#finish(request, status);
  }

  async #request(endpoint: Endpoint): Promise<Context> {
    const trace = this.recorder.trace();
    const { method, route } = endpoint;
    const attributes = { 'http.request.method': method, 'http.route': route };
    const root = trace.start({ name: `${method} ${route}`, kind: 2, attributes });
    const request = { trace, root, endpoint };
    const identity = this.#client(request, 'identity-provider', root);
    await this.timeline.sleep(this.random.between(70 * MS, 110 * MS));
    trace.end(identity);
    return request;
  }

  #finish({ trace, root, endpoint }: Context, status: number): void {
    set(root, { 'http.response.status_code': status });
    trace.end(root, { failed: status >= 500 });
    trace.line('request.completed');
    const { method, route } = endpoint;
    this.recorder.count(
      `http_requests_total{job="api",method="${method}",route="${route}",status_code="${status}"}`,
    );
    this.#keep(trace);
  }

  /** Keeps a finished trace, and counts its client spans as a service graph does. */
  #keep(trace: OpenTrace): void {
    if (!this.recorder.finish(trace)) return;
    for (const { span, service } of trace.spans) {
      if (span.kind !== 3) continue;
      const text = (key: string) => span.attributes.find((one) => one.key === key)?.value.stringValue ?? '';
      const other = trace.spans.find(
        ({ span: { kind, parentSpanId } }) => kind === 2 && parentSpanId === span.spanId,
      );
      const type = other ? '' : text('db.system.name') ? 'database' : 'virtual_node';
      const server = other?.service ?? text('service.peer.name');
      const labels = `client="${service}",server="${server}",connection_type="${type}",client_http_route="${text('http.route')}"`;
      this.recorder.count(`traces_service_graph_request_total{${labels}}`);
      if (span.status.code === 2) this.recorder.count(`traces_service_graph_request_failed_total{${labels}}`);
      const seconds = Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / 1e9;
      this.recorder.count(`traces_service_graph_request_client_seconds_sum{${labels}}`, seconds);
      this.recorder.count(`traces_service_graph_request_client_seconds_count{${labels}}`);
    }
  }

  #client({ trace, endpoint }: Context, peer: string, parent: SpanRecord): SpanRecord {
    const attributes = {
      'http.request.method': 'POST',
      'service.peer.name': peer,
      'http.route': endpoint.route,
    };
    return trace.start({ name: `POST ${peer}`, kind: 3, parent, attributes });
  }

  async #worker(request: Context): Promise<void> {
    const { trace } = request;
    const call = this.#client(request, 'job-scheduler', request.root);
    await this.timeline.sleep(1 * MS);
    const server = trace.start({ name: 'POST /jobs', kind: 2, parent: call, service: 'job-scheduler' });
    await this.timeline.sleep(5 * MS);
    trace.end(server);
    await this.timeline.sleep(1 * MS);
    trace.end(call);
  }

  async #borrow(request: Context, urgent: boolean): Promise<Session | undefined> {
    const attributes = {
      'db.system.name': 'postgresql',
      'service.peer.name': 'postgresql',
      'http.route': request.endpoint.route,
    };
    const span = request.trace.start({ name: 'pool.connect', kind: 3, parent: request.root, attributes });
    const session = await this.pool.borrow(urgent, (urgent ? 12 : 2) * S);
    if (session) set(span, { 'db.connection.id': session.pid });
    request.trace.end(span, { failed: session === undefined });
    return session;
  }

  async #database(request: Context, transactional: boolean): Promise<number> {
    const { trace, root } = request;
    const session = await this.#borrow(request, false);
    if (session === undefined) {
      trace.line('request.timeout', 'error');
      return 503;
    }
    const parent = transactional ? trace.start({ name: 'transaction', kind: 1, parent: root }) : root;
    const operations = transactional ? ['BEGIN', 'SELECT', 'COMMIT'] : ['SELECT', 'SELECT', 'UPDATE'];
    for (const operation of operations) await this.#statement(request, session, parent, operation);
    if (transactional) trace.end(parent);
    this.pool.giveBack(session);
    return 200;
  }

  async #statement(request: Context, session: Session, parent: SpanRecord, operation: string): Promise<void> {
    const { trace, endpoint } = request;
    const span = trace.start({
      name: `${operation} items`,
      kind: 3,
      parent,
      attributes: {
        'db.system.name': 'postgresql',
        'service.peer.name': 'postgresql',
        'http.route': endpoint.route,
        'db.operation.name': operation,
        'db.connection.id': session.pid,
      },
    });
    const inTransaction = parent.span.name === 'transaction';
    if (operation === 'BEGIN') session.transactionStart = this.timeline.now;
    Object.assign(session, {
      state: 'active',
      route: endpoint.route,
      traceId: trace.id,
      spanId: span.span.spanId,
    });
    await this.timeline.sleep(this.random.between(20 * MS, 60 * MS));
    const ends = operation === 'COMMIT' || !inTransaction;
    if (ends) session.transactionStart = undefined;
    session.state = ends ? 'idle' : 'idle in transaction';
    trace.end(span);
  }

  async #import(): Promise<void> {
    const request = await this.#request(IMPORT);
    const { trace, root } = request;
    trace.line('import.started');
    trace.line('import.validating');
    let answer: Promise<SpanRecord> | undefined;
    const definition = async () => {
      const session = await this.#borrow(request, true);
      if (session === undefined) throw new Error('an import waits until it gets its connection');
      const transaction = trace.start({ name: 'transaction', kind: 1, parent: root });
      for (const operation of ['BEGIN', 'INSERT', 'INSERT']) {
        await this.#statement(request, session, transaction, operation);
      }
      const waiting = trace.start({ name: 'workflow.validate', kind: 1, parent: transaction });
      answer ??= this.#validate(request, waiting);
      await answer;
      trace.end(waiting);
      for (const operation of ['UPDATE', 'COMMIT'])
        await this.#statement(request, session, transaction, operation);
      trace.end(transaction);
      this.pool.giveBack(session);
    };
    await Promise.all(Array.from({ length: 4 }, definition));
    trace.line('transaction.long', 'warn');
    await this.timeline.sleep(this.random.between(1 * MS, 30 * MS));
    this.#finish(request, 200);
  }

  async #validate(request: Context, parent: SpanRecord): Promise<SpanRecord> {
    const span = this.#client(request, 'validation-service', parent);
    const latency = this.random.between(3 * S, 3.6 * S);
    await this.timeline.sleep(latency);
    request.trace.end(span);
    const labels = '{job="api",service="validation-service"}';
    this.recorder.count(`external_api_call_latency_seconds_sum${labels}`, latency / S);
    this.recorder.count(`external_api_call_latency_seconds_count${labels}`);
    return span;
  }

  #health(): void {
    const trace = this.recorder.trace();
    const endpoint = { method: 'GET', route: '/health' };
    const attributes = { 'http.request.method': 'GET', 'http.route': '/health' };
    const root = trace.start({ name: 'GET /health', kind: 2, attributes });
    this.#finish({ trace, root, endpoint }, 200);
  }

  async #job(): Promise<void> {
    this.recorder.noise('job-scheduler', 'cron.tick');
    const trace = this.recorder.trace();
    const root = trace.start({ name: 'job', kind: 1, service: 'job-scheduler' });
    await this.timeline.sleep(50 * MS);
    trace.end(root);
    trace.line('job.done', 'info', 'job-scheduler');
    this.#keep(trace);
  }

  #snapshot(): void {
    for (const { pid, state, transactionStart, route, traceId, spanId } of this.pool.sessions) {
      const age = transactionStart === undefined ? '' : `${(this.timeline.now - transactionStart) / S}s`;
      const traceparent = traceId === '' ? '' : `00-${traceId}-${spanId}-01`;
      this.recorder.sessionLine(
        `datname="app" pid="${pid}" user="app" app="api" state="${state}" xact_time="${age}" route="${route}" traceparent="${traceparent}"`,
      );
    }
    this.recorder.sessionLine(
      'datname="app" pid="7" user="app" app="reporting" state="active" xact_time="3m1.5s"',
    );
  }

  #scrape(): void {
    const { used, waiting, useTime_s, timeouts, sessions } = this.pool;
    const idle = sessions.filter(({ state }) => state === 'idle in transaction').length;
    const time_s = 1000 + this.timeline.now / S;
    this.recorder.scrape({
      'database_connection_pool_utilization{job="api"}': used / POOL_SIZE,
      'db_client_connection_max{job="api"}': POOL_SIZE,
      'db_client_connection_count{job="api",state="used"}': used,
      'db_client_connection_count{job="api",state="idle"}': POOL_SIZE - used,
      'database_active_connections{job="api",state="idle in transaction"}': idle,
      'database_active_connections{job="api",state="active"}': used - idle,
      'connection_pool_queue_depth{job="api"}': waiting,
      'db_client_connection_timeouts_total{job="api"}': timeouts,
      'db_client_connection_use_time_seconds_sum{job="api"}': useTime_s,
      'node_cpu_seconds_total{job="node",cpu="0",mode="idle"}': 0.65 * time_s,
      'node_cpu_seconds_total{job="node",cpu="0",mode="user"}': 0.35 * time_s,
    });
  }
}

/** Simulates the model and writes its run. Always the same. */
export async function writeModelRun(folder: string): Promise<void> {
  const model = new Model();
  model.start();
  await model.timeline.runUntil(model.end + 10 * S);
  await model.recorder.write(folder);
}
