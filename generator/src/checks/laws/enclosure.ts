import type { Span, Trace } from '../reading/trace.js';
import { Findings, type Law, type LawVerdict } from './law.js';

const TOLERANCE_us = 1000;

/** Each trace has one root; each other span has its parent in the trace and lies within it; its links lead to others. */
export class Enclosure implements Law {
  readonly #findings = new Findings();
  #withinTolerance = 0;

  trace(trace: Trace): void {
    const byId = new Map<string, Span>();
    let roots = 0;
    for (const span of trace.spans) {
      byId.set(span.spanId, span);
      if (span.parentId === '') roots++;
    }
    this.#findings.check(roots === 1, () => `trace ${trace.id} has ${roots} roots`);
    for (const span of trace.spans) this.#span(span, byId);
  }

  verdict(): LawVerdict {
    const note = `${this.#withinTolerance} stick out by at most 1 ms`;
    return this.#findings.verdict('d', 'spans have their parents, and lie within them', { note });
  }

  #span(span: Span, byId: ReadonlyMap<string, Span>): void {
    const name = `span ${span.name} (${span.spanId} in trace ${span.traceId})`;
    this.#findings.check(span.end_us >= span.start_us, () => `${name} ends before it starts`);
    // A root's links lead to what caused it, in a trace of its own that may lie before the window.
    if (span.parentId === '') return;
    for (const link of span.links) {
      this.#findings.check(byId.has(link), () => `${name}: its link's span ${link} is not there`);
    }
    const parent = byId.get(span.parentId);
    if (parent === undefined) {
      this.#findings.check(false, () => `${name}: its parent ${span.parentId} is not there`);
      return;
    }
    const out_us = Math.max(parent.start_us - span.start_us, span.end_us - parent.end_us);
    if (out_us > 0 && out_us <= TOLERANCE_us) this.#withinTolerance++;
    this.#findings.check(
      out_us <= TOLERANCE_us,
      () => `${name} sticks out of its parent ${parent.name} by ${out_us / 1000} ms`,
    );
  }
}
