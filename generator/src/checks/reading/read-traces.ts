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

/** The attributes that are used, and where they go. */
const FIELDS: ReadonlyMap<number, keyof Attributes> = new Map([
  [names.of(ATTRIBUTE.serviceName), 'service'],
  [names.of(ATTRIBUTE.serviceVersion), 'serviceVersion'],
  [names.of(ATTRIBUTE.httpMethod), 'method'],
  [names.of(ATTRIBUTE.httpRoute), 'route'],
  [names.of(ATTRIBUTE.httpStatusCode), 'status'],
  [names.of(ATTRIBUTE.servicePeerName), 'peer'],
  [names.of(ATTRIBUTE.dbSystem), 'database'],
  [names.of(ATTRIBUTE.dbOperation), 'operation'],
  [names.of(ATTRIBUTE.dbConnectionId), 'pid'],
]);

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
  eachMember(scanner, RESOURCE_SPANS, () => eachItem(scanner, () => reader.resource()));
  return Array.from(reader.spansByTrace, ([id, spans]) => new Trace(id, spans));
}

/** Walks an object: the member of this key by `take`, all others skipped. */
function eachMember(scanner: JsonScanner, key: number, take: () => void): void {
  if (!scanner.enter()) return;
  do {
    if (scanner.key() === key) take();
    else scanner.skip();
  } while (scanner.more());
}

function eachItem(scanner: JsonScanner, take: () => void): void {
  if (!scanner.enter()) return;
  do take();
  while (scanner.more());
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
      const key = scanner.key();
      if (key === RESOURCE) this.#resourceAttributes();
      else if (key === SCOPE_SPANS) {
        eachItem(scanner, () => eachMember(scanner, SPANS, () => eachItem(scanner, () => this.#span())));
      } else scanner.skip();
    } while (scanner.more());
  }

  #resourceAttributes(): void {
    const resource = this.#emptySpan();
    eachMember(this.#scanner, ATTRIBUTES, () => this.#attributes(resource));
    this.#service = resource.service;
    this.#serviceVersion = resource.serviceVersion;
  }

  #span(): void {
    const span = this.#emptySpan();
    if (this.#scanner.enter()) {
      do this.#member(span);
      while (this.#scanner.more());
    }
    const others = this.spansByTrace.get(span.traceId);
    if (others) others.push(span);
    else this.spansByTrace.set(span.traceId, [span]);
  }

  #member(span: Writable<Span>): void {
    const scanner = this.#scanner;
    const key = scanner.key();
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

  #attributes(into: Attributes): void {
    const scanner = this.#scanner;
    if (!scanner.enter()) return;
    do {
      let field: keyof Attributes | undefined;
      if (!scanner.enter()) continue;
      do {
        const key = scanner.key();
        if (key === KEY) field = FIELDS.get(scanner.name());
        else if (key === VALUE && field !== undefined) into[field] = this.#value();
        else scanner.skip();
      } while (scanner.more());
    } while (scanner.more());
  }

  /** `{"stringValue":"..."}` and the like. */
  #value(): string {
    const scanner = this.#scanner;
    let text = '';
    if (!scanner.enter()) return text;
    do {
      scanner.key();
      text = scanner.scalar();
    } while (scanner.more());
    return text;
  }

  #isError(): boolean {
    const scanner = this.#scanner;
    let code = 0;
    eachMember(scanner, CODE, () => {
      code = scanner.number();
    });
    return code === ERROR;
  }

  #linkedSpans(): string[] {
    const scanner = this.#scanner;
    const spans: string[] = [];
    eachItem(scanner, () => eachMember(scanner, SPAN_ID, () => spans.push(scanner.id())));
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
