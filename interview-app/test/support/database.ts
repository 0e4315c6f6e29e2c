import type { TestContext } from 'node:test';
import { apiConfig, type PoolConfig } from '../../src/lib/config.js';
import { Database } from '../../src/lib/database/client.js';
import { createLogger } from '../../src/lib/logger.js';
import { Metrics } from '../../src/lib/metrics.js';
import { Tracing } from '../../src/lib/tracing.js';
import { FakeDatabase } from './fake-database.js';
import { TelemetryRecorder } from './telemetry.js';

/** A `Database` over a fake one, with all that it reports kept. */
export function openDatabase(t: TestContext, pool: Partial<PoolConfig> = {}) {
  const fake = new FakeDatabase();
  const telemetry = new TelemetryRecorder();
  const outside = telemetry.recording({ connect: fake.connect } as never);
  const config = apiConfig({ DATABASE_URL: 'postgres://api@database:5433/workflows' }).database;
  const metrics = new Metrics();
  const tracing = new Tracing({
    serviceName: 'api',
    serviceVersion: '1',
    spanProcessors: outside.spanProcessors('api'),
  });
  const db = new Database({
    config: { ...config, pool: { ...config.pool, min: 0, ...pool } },
    applicationName: 'api',
    connect: fake.connect,
    tracing,
    metrics,
    logger: createLogger('api', outside.logTransports('api')),
  });
  t.after(() => db.stop());
  return { db, fake, telemetry, tracing, metrics };
}
