/** A run and checks of changed copies of it, to see that exactly the verdicts concerned turn. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CheckReport, checkRun } from '../../src/checks/index.js';
import type { Target } from '../../src/scenario/types.js';
import type { OtlpLogRecord, OtlpSpan } from '../../src/telemetry/run-files.js';
import { MODEL_MEASURING, writeModelRun } from './model-run.js';
import { first, type Rewrite, rewriteRun, type Sample } from './rewrite-run.js';

export class Fixture {
  #folder = '';
  #original: string;
  readonly #isModel: boolean;
  #copies = 0;

  /** @param run an existing run of a scenario; without, a run of the small model is written */
  constructor(run?: string) {
    this.#original = run ?? '';
    this.#isModel = run === undefined;
  }

  async open(): Promise<void> {
    this.#folder = await mkdtemp(path.join(tmpdir(), 'checks-'));
    if (!this.#isModel) return;
    this.#original = path.join(this.#folder, 'original');
    await writeModelRun(this.#original);
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true });
  }

  /** @param targets for a run of the model, which has none of its own */
  checkOriginal(targets: readonly Target[] = []): Promise<CheckReport> {
    return this.#check(this.#original, targets);
  }

  #check(folder: string, targets: readonly Target[]): Promise<CheckReport> {
    return checkRun(folder, this.#isModel ? { scenario: { targets, measuring: MODEL_MEASURING } } : {});
  }

  /** Checks a copy in which something was changed. Fails when a change found nothing to change. */
  async checkChanged(change: Rewrite, targets: readonly Target[] = []): Promise<CheckReport> {
    const copy = path.join(this.#folder, `copy-${++this.#copies}`);
    await rewriteRun(this.#original, copy, change);
    for (const one of Object.values(change)) {
      if ('done' in one) assert.ok((one as { done: () => boolean }).done(), 'nothing was changed');
    }
    const report = await this.#check(copy, targets);
    await rm(copy, { recursive: true });
    return report;
  }
}

/** Letters of the laws that do not hold. */
export function broken(report: CheckReport): string[] {
  return report.laws.filter(({ holds }) => !holds).map(({ id }) => id);
}

type Is<T> = (item: T, where: string) => boolean;

/** Changes the first span that is meant. */
export function firstSpan(isMeant: Is<OtlpSpan>, change: (span: OtlpSpan) => readonly OtlpSpan[]): Rewrite {
  return { span: first(isMeant, change, (span) => [span]) };
}

/** Changes the first log record that is meant. */
export function firstRecord(
  isMeant: Is<OtlpLogRecord>,
  change: (record: OtlpLogRecord) => readonly OtlpLogRecord[],
): Rewrite {
  return { record: first(isMeant, change, (record) => [record]) };
}

/** Changes the first sample that is meant. */
export function firstSample(
  isMeant: (sample: Sample) => boolean,
  change: (value: number) => number | undefined,
): Rewrite {
  return {
    sample: first(
      isMeant,
      ({ value }) => change(value),
      ({ value }) => value,
    ),
  };
}

/** A span with one attribute set to a text. */
export function withAttribute(span: OtlpSpan, key: string, value: string): OtlpSpan {
  const others = span.attributes.filter((attribute) => attribute.key !== key);
  return { ...span, attributes: [...others, { key, value: { stringValue: value } }] };
}

/** A span that ends later. */
export function longer(span: OtlpSpan, by_ms: number): OtlpSpan {
  return { ...span, endTimeUnixNano: String(BigInt(span.endTimeUnixNano) + BigInt(by_ms) * 1_000_000n) };
}

/** An app line's record with fields of its text replaced. */
export function withFields(record: OtlpLogRecord, fields: Readonly<Record<string, string>>): OtlpLogRecord {
  const text = JSON.stringify({ ...JSON.parse(record.body.stringValue), ...fields });
  return { ...record, body: { stringValue: text } };
}

export function isEvent(event: string): Is<OtlpLogRecord> {
  return (record, stream) =>
    stream !== 'session_snapshot' && JSON.parse(record.body.stringValue).event === event;
}
