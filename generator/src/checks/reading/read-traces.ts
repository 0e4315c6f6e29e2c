/** From a line of the traces file to traces: what is used of each span, gathered by trace. */
import { ATTRIBUTE } from 'interview-app/telemetry-names';
import { JsonScanner, NameTable } from '../../telemetry/json-scanner.js';
import { type Span, Trace } from './trace.js';

const ERROR = 2;
const NANOSECOND_DIGITS = 3;

const names = new NameTable();
const RESOURCE_SPANS = names.of('resourceSpans');
const RESOURCE = names.of('resource');
const SCOPE_SPANS = names.of('scopeSpans');
const SPANS = names.of('spans');
const TRACE_ID = names.of('traceId');
const SPAN_ID = names.of('spanId');
const PARENT_SPAN_ID = names.of('parentSpanId');
const NAME = names.of('name');
const KIND = names.of('kind');
const START = names.of('startTimeUnixNano');
const END = names.of('endTimeUnixNano');
const ATTRIBUTES = names.of('attributes');
const LINKS = names.of('links');
const STATUS = names.of('status');
const CODE = names.of('code');
const KEY = names.of('key');
const VALUE = names.of('value');
const STRING_VALUE = names.of('stringValue');

/** In the usual order: what to expect behind each. */
const FOLLOWING: ReadonlyMap<number, number> = new Map([
  [TRACE_ID, SPAN_ID],
  [SPAN_ID, PARENT_SPAN_ID],
  [NAME, KIND],
  [KIND, START],
  [START, END],
  [END, ATTRIBUTES],
  [ATTRIBUTES, STATUS],
]);

/** The attributes that are used, and where they go, by the numbers of their names. */
const FIELDS: (keyof Attributes | undefined)[] = [];
FIELDS[names.of(ATTRIBUTE.serviceName)] = 'service';
FIELDS[names.of(ATTRIBUTE.serviceVersion)] = 'serviceVersion';
FIELDS[names.of(ATTRIBUTE.httpMethod)] = 'method';
FIELDS[names.of(ATTRIBUTE.httpRoute)] = 'route';
FIELDS[names.of(ATTRIBUTE.httpStatusCode)] = 'status';
FIELDS[names.of(ATTRIBUTE.servicePeerName)] = 'peer';
FIELDS[names.of(ATTRIBUTE.dbSystem)] = 'database';
FIELDS[names.of(ATTRIBUTE.dbOperation)] = 'operation';
FIELDS[names.of(ATTRIBUTE.dbConnectionId)] = 'pid';

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type Attributes = Pick<
  Writable<Span>,
  'service' | 'serviceVersion' | 'method' | 'route' | 'status' | 'peer' | 'database' | 'operation' | 'pid'
>;

/**
 * The traces of one line, in the order of their first spans.
 * @param start_ms the window's start
 * @throws {SyntaxError} when the line is not the JSON of an export request
 */
export function tracesOf(line: Buffer, start_ms: number): Trace[] {
  const scanner = new JsonScanner(line, names);
  const reader = new SpanReader(scanner, start_ms * 1000);
  scanner.eachMember(RESOURCE_SPANS, () => scanner.eachItem(() => reader.resource()));
  return Array.from(reader.spansByTrace, ([id, spans]) => new Trace(id, spans));
}

class SpanReader {
  readonly spansByTrace = new Map<string, Span[]>();
  readonly #scanner: JsonScanner;
  readonly #start_us: number;
  #service = '';
  #serviceVersion = '';

  constructor(scanner: JsonScanner, start_us: number) {
    this.#scanner = scanner;
    this.#start_us = start_us;
  }

  /** The spans of one resource, whose own attributes come first. */
  resource(): void {
    const scanner = this.#scanner;
    if (!scanner.enter()) return;
    do {
      const key = scanner.key(SCOPE_SPANS);
      if (key === RESOURCE) this.#resourceAttributes();
      else if (key === SCOPE_SPANS) {
        scanner.eachItem(() => scanner.eachMember(SPANS, () => scanner.eachItem(() => this.#span())));
      } else scanner.skip();
    } while (scanner.more());
  }

  #resourceAttributes(): void {
    const resource = this.#emptySpan();
    this.#scanner.eachMember(ATTRIBUTES, () => this.#attributes(resource));
    this.#service = resource.service;
    this.#serviceVersion = resource.serviceVersion;
  }

  #span(): void {
    const span = this.#emptySpan();
    if (this.#scanner.enter()) {
      let likely = TRACE_ID;
      do {
        const key = this.#scanner.key(likely);
        this.#member(span, key);
        likely = FOLLOWING.get(key) ?? likely;
      } while (this.#scanner.more());
    }
    const others = this.spansByTrace.get(span.traceId);
    if (others) others.push(span);
    else this.spansByTrace.set(span.traceId, [span]);
  }

  #member(span: Writable<Span>, key: number): void {
    const scanner = this.#scanner;
    if (key === TRACE_ID) span.traceId = scanner.id();
    else if (key === SPAN_ID) span.spanId = scanner.id();
    else if (key === PARENT_SPAN_ID) span.parentId = scanner.id();
    else if (key === NAME) span.name = names.text(scanner.name());
    else if (key === KIND) span.kind = scanner.number();
    else if (key === START) span.start_us = scanner.digits(NANOSECOND_DIGITS) - this.#start_us;
    else if (key === END) span.end_us = scanner.digits(NANOSECOND_DIGITS) - this.#start_us;
    else if (key === ATTRIBUTES) this.#attributes(span);
    else if (key === STATUS) span.failed = this.#isError();
    else if (key === LINKS) span.links = this.#linkedSpans();
    else scanner.skip();
  }

  /** A list of `{"key":"...","value":{...}}`, in this order. */
  #attributes(into: Attributes): void {
    const scanner = this.#scanner;
    if (!scanner.enter()) return;
    do {
      if (scanner.enter()) this.#attribute(into);
    } while (scanner.more());
  }

  #attribute(into: Attributes): void {
    const scanner = this.#scanner;
    if (scanner.key(KEY) !== KEY) throw new SyntaxError('an attribute that does not begin with its key');
    const field = FIELDS[scanner.name()];
    if (field === undefined) {
      scanner.leave();
    } else if (scanner.more()) {
      if (scanner.key(VALUE) === VALUE) into[field] = this.#value();
      else scanner.skip();
      scanner.leave();
    }
  }

  /** `{"stringValue":"..."}` and the like. */
  #value(): string {
    const scanner = this.#scanner;
    if (!scanner.enter()) return '';
    scanner.key(STRING_VALUE);
    const text = scanner.scalar();
    scanner.leave();
    return text;
  }

  #isError(): boolean {
    const scanner = this.#scanner;
    let code = 0;
    scanner.eachMember(CODE, () => {
      code = scanner.number();
    });
    return code === ERROR;
  }

  #linkedSpans(): string[] {
    const scanner = this.#scanner;
    const spans: string[] = [];
    scanner.eachItem(() => scanner.eachMember(SPAN_ID, () => spans.push(scanner.id())));
    return spans;
  }

  #emptySpan(): Writable<Span> {
    return {
      traceId: '',
      spanId: '',
      parentId: '',
      name: '',
      kind: 0,
      start_us: 0,
      end_us: 0,
      failed: false,
      service: this.#service,
      serviceVersion: this.#serviceVersion,
      method: '',
      route: '',
      status: '',
      peer: '',
      database: '',
      operation: '',
      pid: '',
      links: NO_LINKS,
    };
  }
}

const NO_LINKS: readonly string[] = [];
