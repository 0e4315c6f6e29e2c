import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BatchSpanProcessor, type SpanProcessor } from '@opentelemetry/sdk-trace-base';
import pg from 'pg';
import { LEVEL, MESSAGE } from 'triple-beam';
import winston from 'winston';
import LokiTransport from 'winston-loki';
import type { DatabaseConfig, TelemetryConfig } from './config.js';

export type Row = Readonly<Record<string, unknown>>;

export interface QueryResult {
  readonly rows: Row[];
  readonly rowCount: number | null;
}

/** The part of `pg.Client` that is used. */
export interface DatabaseConnection {
  /** The server process behind this connection, as in `pg_stat_activity.pid`. */
  readonly processID: number;
  query(text: string, values?: readonly unknown[]): Promise<QueryResult>;
  end(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** What a process gets from outside itself; everything else are ordinary globals. */
export interface Outside {
  /** Opens one connection to the database. */
  connect(options: { readonly applicationName: string }): Promise<DatabaseConnection>;
  /** Where the spans of a service go. */
  spanProcessors(serviceName: string): readonly SpanProcessor[];
  /** Where the log lines of a service go. */
  logTransports(serviceName: string): readonly winston.transport[];
}

/** What Loki is given: the line as it is, and beside it the ids that lead to the trace. */
const lokiEntry = winston.format((info) => ({
  [LEVEL]: info[LEVEL],
  [MESSAGE]: info[MESSAGE],
  level: info.level,
  message: info.message,
  trace_id: info.trace_id,
  span_id: info.span_id,
}));

/** PostgreSQL by `pg`, traces by OTLP/HTTP, logs to the console and, where configured, to Loki. */
export function ordinaryOutside(config: {
  readonly database: DatabaseConfig;
  readonly telemetry: TelemetryConfig;
}): Outside {
  const { database, telemetry } = config;
  return {
    async connect({ applicationName }) {
      const client = new pg.Client({
        connectionString: database.url,
        application_name: applicationName,
        connectionTimeoutMillis: database.connectTimeoutMs,
        keepAlive: true,
      });
      await client.connect();
      return client as unknown as DatabaseConnection;
    },
    spanProcessors() {
      if (!telemetry.otlpTracesUrl) return [];
      return [new BatchSpanProcessor(new OTLPTraceExporter({ url: telemetry.otlpTracesUrl }))];
    },
    logTransports(serviceName) {
      const console = new winston.transports.Console();
      if (!telemetry.lokiUrl) return [console];
      const loki = new LokiTransport({
        host: telemetry.lokiUrl,
        labels: { service_name: serviceName },
        json: true,
        replaceTimestamp: true,
        // The service is stopped by its host, which also waits for the last lines.
        gracefulShutdown: false,
        format: lokiEntry(),
      });
      return [console, loki];
    },
  };
}
