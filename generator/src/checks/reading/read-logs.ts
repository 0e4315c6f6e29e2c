/** From a line of the logs file to log lines: the app's own, and what was seen of database sessions. */
import { ATTRIBUTE } from 'interview-app/telemetry-names';
import { attributeText, type LogBatch, type OtlpLogRecord } from '../../telemetry/run-files.js';
import { parseLogfmt } from './logfmt.js';
import { microseconds } from './run-window.js';

const SESSION_SNAPSHOT = 'session_snapshot';

/** A line that the app wrote. */
export interface AppLine {
  readonly kind: 'app';
  readonly time_us: number;
  readonly service: string;
  readonly event: string;
  readonly message: string;
  /** Empty when the line was written outside of a trace. */
  readonly traceId: string;
  /** Whether the line itself names the same trace as its record. */
  readonly agreesWithRecord: boolean;
}

/** A session of the database server at the instant of a snapshot. */
export interface SessionLine {
  readonly kind: 'session';
  readonly time_us: number;
  readonly application: string;
  readonly pid: string;
  readonly state: string;
  /** Age of the open transaction; undefined when none is open. */
  readonly transactionAge_s: number | undefined;
  readonly route: string;
  /** Of the last statement; empty when it carried none. */
  readonly traceId: string;
}

/** The lines of one batch. @throws {SyntaxError} when an app line is not JSON */
export function* linesOf({ resourceLogs }: LogBatch, start_ms: number): Iterable<AppLine | SessionLine> {
  for (const { resource, scopeLogs } of resourceLogs) {
    const service = attributeText(resource.attributes, ATTRIBUTE.serviceName);
    const operation = attributeText(resource.attributes, 'op');
    for (const { logRecords } of scopeLogs) {
      for (const record of logRecords) {
        if (service !== undefined) yield appLine(record, service, start_ms);
        else if (operation === SESSION_SNAPSHOT) yield sessionLine(record, start_ms);
      }
    }
  }
}

function appLine(record: OtlpLogRecord, service: string, start_ms: number): AppLine {
  const body = JSON.parse(record.body.stringValue) as Record<string, unknown>;
  const traceId = record.traceId ?? '';
  return {
    kind: 'app',
    time_us: microseconds(record.timeUnixNano, start_ms),
    service,
    event: String(body.event ?? ''),
    message: String(body.message ?? ''),
    traceId,
    agreesWithRecord: (body.trace_id ?? '') === traceId,
  };
}

function sessionLine(record: OtlpLogRecord, start_ms: number): SessionLine {
  const fields = parseLogfmt(record.body.stringValue);
  const age = fields.get('xact_time');
  return {
    kind: 'session',
    time_us: microseconds(record.timeUnixNano, start_ms),
    application: fields.get('app') ?? '',
    pid: fields.get('pid') ?? '',
    state: fields.get('state') ?? '',
    transactionAge_s: age ? goDuration_s(age) : undefined,
    route: fields.get('route') ?? '',
    traceId: fields.get('traceparent')?.split('-')[1] ?? '',
  };
}

const UNIT_S: Readonly<Record<string, number>> = {
  h: 3600,
  m: 60,
  s: 1,
  ms: 1e-3,
  µs: 1e-6,
  μs: 1e-6,
  us: 1e-6,
  ns: 1e-9,
};

/** A duration as Go prints it (`1m2.5s`, `350ms`) in seconds. @throws {SyntaxError} when it is none */
export function goDuration_s(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|µs|μs|us|ns)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) {
    throw new SyntaxError(`not a duration: ${text}`);
  }
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNIT_S[unit ?? ''] ?? 0), 0);
}
