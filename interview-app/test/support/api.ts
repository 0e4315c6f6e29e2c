import type { TestContext } from 'node:test';
import { createApi } from '../../src/api/server.js';
import { type ApiConfig, apiConfig } from '../../src/lib/config.js';
import type { Service } from '../../src/lib/service.js';
import { FakeDatabase } from './fake-database.js';
import { TelemetryRecorder } from './telemetry.js';

export interface SentRequest {
  readonly url: URL;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  readonly body: any;
}

export type Peer = (request: SentRequest) => unknown;

export interface ApiUnderTest {
  readonly service: Service;
  readonly database: FakeDatabase;
  readonly telemetry: TelemetryRecorder;
  /** What the API sent to other services. */
  readonly sent: SentRequest[];
  /** By host: what another service answers; it may be changed, and may throw. */
  readonly peers: Record<string, Peer>;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
}

export const TENANT_ID = '5b0f9a52-8d8e-4a32-9a35-0d6c6a3c1c11';
export const USER_ID = '0c8a2f7e-51a5-4b0e-9f58-3f2d1d2b7a22';

/** The API over a fake database and fake other services; it is stopped, and `fetch` restored, when the test ends. */
export async function startApi(t: TestContext, changes: Partial<ApiConfig['database']['pool']> = {}) {
  const config = testConfig(changes);
  const database = new FakeDatabase();
  const telemetry = new TelemetryRecorder();
  const sent: SentRequest[] = [];
  const peers: Record<string, Peer> = {
    'identity-provider': ({ body }) => introspection(body.token),
    'validation-service': ({ body }) => ({
      results: body.workflows.map(({ name }: { name: string }) => ({ name, valid: true, issues: [] })),
    }),
    'job-scheduler': () => ({ jobId: crypto.randomUUID() }),
    'workflow-engine': ({ url }) => (url.search ? { executions: [] } : { executionId: crypto.randomUUID() }),
    'notification-service': () => ({ notificationId: crypto.randomUUID() }),
  };
  t.mock.method(globalThis, 'fetch', async (address: string, init: RequestInit = {}) => {
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    const request = { url: new URL(address), headers: new Headers(init.headers), body };
    sent.push(request);
    const answer = await peers[request.url.hostname]?.(request);
    return answer instanceof Response ? answer : Response.json(answer);
  });
  const service = createApi(config, telemetry.recording({ connect: database.connect } as never));
  await service.start();
  t.after(() => service.stop());

  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const request = new Request(`http://api${path}`, {
      method,
      headers: { authorization: 'Bearer admin', ...headers },
      body: body === undefined || typeof body === 'string' ? (body as string) : JSON.stringify(body),
    });
    const response = await service.fetch(request);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }
  return { service, database, telemetry, sent, peers, call } satisfies ApiUnderTest;
}

function testConfig(pool: Partial<ApiConfig['database']['pool']>): ApiConfig {
  const config = apiConfig({
    DATABASE_URL: 'postgres://api@database:5433/workflows',
    IDENTITY_PROVIDER_URL: 'http://identity-provider',
    VALIDATION_SERVICE_URL: 'http://validation-service',
    JOB_SCHEDULER_URL: 'http://job-scheduler:3001',
    WORKFLOW_ENGINE_URL: 'http://workflow-engine:3001',
    NOTIFICATION_SERVICE_URL: 'http://notification-service:3001',
  });
  return { ...config, database: { ...config.database, pool: { ...config.database.pool, min: 0, ...pool } } };
}

/** A token is the name of a role; any other is not active. */
function introspection(token: string) {
  if (!['admin', 'editor', 'viewer'].includes(token)) return { active: false };
  return { active: true, sub: USER_ID, tenant_id: TENANT_ID, roles: [token] };
}

/** A definition with `count` steps, each after the one before. */
export function definition(name: string, count = 2) {
  const steps = Array.from({ length: count }, (_, index) => ({
    key: `step-${index}`,
    kind: 'http',
    connector: 'crm',
    dependsOn: index > 0 ? [`step-${index - 1}`] : [],
    config: { path: '/contacts' },
  }));
  return { name, version: 3, steps };
}
