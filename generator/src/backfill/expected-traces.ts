/** What Tempo must hold after the load: counted while the file passes by, without making objects of what is only sent on. */
import { ATTRIBUTE } from 'interview-app/telemetry-names';
import { JsonScanner, NameTable } from '../telemetry/json-scanner.js';

const names = new NameTable();
const RESOURCE_SPANS = names.of('resourceSpans');
const RESOURCE = names.of('resource');
const ATTRIBUTES = names.of('attributes');
const KEY = names.of('key');
const VALUE = names.of('value');
const STRING_VALUE = names.of('stringValue');
const SERVICE_NAME = names.of(ATTRIBUTE.serviceName);
const SCOPE_SPANS = names.of('scopeSpans');
const SPANS = names.of('spans');
const TRACE_ID = names.of('traceId');
const SPAN_ID = names.of('spanId');
const PARENT_SPAN_ID = names.of('parentSpanId');
const NAME = names.of('name');
const KIND = names.of('kind');
const START = names.of('startTimeUnixNano');
const END = names.of('endTimeUnixNano');

/** In the usual order: what to expect behind each. */
const FOLLOWING: ReadonlyMap<number, number> = new Map([
  [TRACE_ID, SPAN_ID],
  [SPAN_ID, PARENT_SPAN_ID],
  [PARENT_SPAN_ID, NAME],
  [NAME, KIND],
  [KIND, START],
  [START, END],
  [END, ATTRIBUTES],
]);

export interface SampledTrace {
  readonly id: string;
  readonly spans: number;
  readonly start_ns: bigint;
  readonly end_ns: bigint;
}

/** Counts of spans by service, and a sample of whole traces, the oldest and the newest among them. */
export class ExpectedTraces {
  readonly spansOfService = new Map<string, number>();
  traces = 0;
  spans = 0;
  readonly #every: number;
  readonly #sampled: CountedTrace[] = [];
  #oldest: CountedTrace | undefined;
  #newest: CountedTrace | undefined;

  /**
   * @param traces how many there are in all
   * @param samples how many of them to keep, evenly spread over the file
   */
  constructor({ traces, samples }: { readonly traces: number; readonly samples: number }) {
    this.#every = Math.max(1, Math.floor(traces / samples));
  }

  /**
   * @param line an export request of whole traces: one that went on in another would be counted twice
   * @throws {SyntaxError} when it is not the JSON of an export request
   */
  add(line: Buffer): void {
    for (const trace of this.#tracesOf(line)) {
      if (this.traces++ % this.#every === 0) this.#sampled.push(trace);
      if (!this.#oldest || isBefore(trace.start_ns, this.#oldest.start_ns)) this.#oldest = trace;
      if (!this.#newest || isBefore(this.#newest.end_ns, trace.end_ns)) this.#newest = trace;
    }
  }

  get sampled(): readonly SampledTrace[] {
    const all = [this.#oldest, this.#newest, ...this.#sampled].filter((trace) => trace !== undefined);
    return [...new Map(all.map((trace) => [trace.id, toSampled(trace)])).values()];
  }

  /** Oldest start and newest end, which a narrow search must find. Empty before the first batch. */
  get ends(): readonly SampledTrace[] {
    return [this.#oldest, this.#newest].filter((trace) => trace !== undefined).map(toSampled);
  }

  #tracesOf(line: Buffer): Iterable<CountedTrace> {
    const scanner = new JsonScanner(line, names);
    const traces = new Map<string, CountedTrace>();
    scanner.eachMember(RESOURCE_SPANS, () =>
      scanner.eachItem(() => {
        let service = '';
        if (!scanner.enter()) return;
        do {
          const key = scanner.key(SCOPE_SPANS);
          if (key === RESOURCE) service = serviceName(scanner);
          else if (key === SCOPE_SPANS) this.#count(service, scanner, traces);
          else scanner.skip();
        } while (scanner.more());
      }),
    );
    return traces.values();
  }

  #count(service: string, scanner: JsonScanner, traces: Map<string, CountedTrace>): void {
    const before = this.spans;
    scanner.eachItem(() =>
      scanner.eachMember(SPANS, () =>
        scanner.eachItem(() => {
          this.spans++;
          countSpan(scanner, traces);
        }),
      ),
    );
    const counted = this.spansOfService.get(service) ?? 0;
    this.spansOfService.set(service, counted + this.spans - before);
  }
}

/** Times as they are written, in decimal digits: most are compared once and never wanted as numbers. */
interface CountedTrace {
  readonly id: string;
  spans: number;
  start_ns: string;
  end_ns: string;
}

function countSpan(scanner: JsonScanner, traces: Map<string, CountedTrace>): void {
  let id = '';
  let start_ns = '';
  let end_ns = '';
  if (scanner.enter()) {
    let likely = TRACE_ID;
    do {
      const key = scanner.key(likely);
      if (key === TRACE_ID) id = scanner.id();
      else if (key === START) start_ns = scanner.id();
      else if (key === END) end_ns = scanner.id();
      else scanner.skip();
      likely = FOLLOWING.get(key) ?? likely;
    } while (scanner.more());
  }
  const trace = traces.get(id);
  if (!trace) {
    traces.set(id, { id, spans: 1, start_ns, end_ns });
    return;
  }
  trace.spans++;
  if (isBefore(start_ns, trace.start_ns)) trace.start_ns = start_ns;
  if (isBefore(trace.end_ns, end_ns)) trace.end_ns = end_ns;
}

/** Of decimal digits without leading zeros. */
function isBefore(a: string, b: string): boolean {
  return a.length === b.length ? a < b : a.length < b.length;
}

function toSampled({ id, spans, start_ns, end_ns }: CountedTrace): SampledTrace {
  return { id, spans, start_ns: BigInt(start_ns), end_ns: BigInt(end_ns) };
}

function serviceName(scanner: JsonScanner): string {
  let service = '';
  scanner.eachMember(ATTRIBUTES, () =>
    scanner.eachItem(() => {
      let key = -1;
      if (!scanner.enter()) return;
      do {
        const member = scanner.key(KEY);
        if (member === KEY) key = scanner.name();
        else if (member === VALUE && key === SERVICE_NAME) {
          scanner.eachMember(STRING_VALUE, () => {
            service = scanner.scalar();
          });
        } else scanner.skip();
      } while (scanner.more());
    }),
  );
  return service;
}
