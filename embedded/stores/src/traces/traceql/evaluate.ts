/** Pipelines over the spans of one trace. */
import { QueryError } from '../../query/query-error.js';
import type { Snapshot } from '../query/snapshot.js';
import { NIL } from '../value.js';
import { aggregate } from './aggregate.js';
import type { PipelineElement, Query, ScalarFilter, SpansetExpression } from './ast.js';
import { compileCandidate, compilePredicate, compileValue } from './compile.js';
import { type Fetch, fetchOf } from './conditions.js';
import { applyBinary } from './operators.js';
import { printAggregate, printElement } from './print.js';
import { filter, filterRange, group, type Spanset, single, unique } from './spansets.js';
import { relate } from './structural.js';

type Step = (spansets: readonly Spanset[]) => readonly Spanset[];

/** A query's pipeline, ready for one trace after the other. */
export class Evaluation {
  readonly fetch: Fetch;
  /** Where the pipeline is one filter: whether it takes a span. It needs no trace then. */
  readonly spanTest: ((span: number) => boolean) | undefined;
  readonly #snapshot: Snapshot;
  readonly #steps: readonly Step[];
  readonly #isCandidate: ((span: number) => boolean) | undefined;
  readonly #spans: number[] = [];

  constructor(snapshot: Snapshot, query: Query) {
    this.#snapshot = snapshot;
    this.fetch = fetchOf(query);
    const [first] = query.pipeline.elements;
    const filters = first?.kind === 'filter' || first?.kind === 'operation' || first?.kind === 'pipeline';
    this.#isCandidate = filters ? undefined : compileCandidate(snapshot, this.fetch);
    this.#steps = query.pipeline.elements.map((element) => this.#compile(element));
    const others = query.pipeline.elements.slice(1).every(({ kind }) => kind === 'select');
    this.spanTest =
      first?.kind === 'filter' && others
        ? compilePredicate(snapshot, this.fetch, first.expression)
        : undefined;
  }

  /** What the pipeline makes of a trace: nothing, one spanset, or with `by` several. */
  evaluate(trace: number): readonly Spanset[] {
    const { from, arrival } = this.#snapshot.index;
    const spans = this.#spans;
    if (this.spanTest) {
      const kept = filterRange(arrival, from[trace] as number, from[trace + 1] as number, this.spanTest);
      return kept ? [{ spans: kept, attributes: [], scalar: NIL }] : [];
    }
    spans.length = 0;
    const to = from[trace + 1] as number;
    for (let place = from[trace] as number; place < to; place++) {
      const span = arrival[place] as number;
      if (!this.#isCandidate || this.#isCandidate(span)) spans.push(span);
    }
    return run(this.#steps, [{ spans, attributes: [], scalar: NIL }]);
  }

  #compile(element: PipelineElement): Step {
    switch (element.kind) {
      case 'filter':
        return this.#compileFilter(element);
      case 'pipeline': {
        const steps = element.elements.map((one) => this.#compile(one));
        return (spansets) => run(steps, spansets);
      }
      case 'operation':
        return this.#compileOperation(element);
      case 'scalarFilter':
        return this.#compileScalarFilter(element);
      case 'group': {
        const by = compileValue(this.#snapshot, this.fetch, element.by);
        const name = printElement(element);
        return (spansets) => spansets.flatMap((spanset) => group(spanset, by, name));
      }
      case 'coalesce':
        return (spansets) => [{ spans: spansets.flatMap(({ spans }) => spans), attributes: [], scalar: NIL }];
      case 'select':
      case 'aggregate':
        return (spansets) => spansets;
    }
  }

  #compileFilter(element: PipelineElement & { kind: 'filter' }): Step {
    const test = compilePredicate(this.#snapshot, this.fetch, element.expression);
    return (spansets) => {
      const kept: Spanset[] = [];
      for (const spanset of spansets) {
        const spans = filter(spanset.spans, test);
        if (spans) kept.push({ ...spanset, spans });
      }
      return kept;
    };
  }

  #compileOperation({ operator, left, right }: SpansetExpression & { kind: 'operation' }): Step {
    const [leftStep, rightStep] = [this.#compile(left), this.#compile(right)];
    const { index } = this.#snapshot;
    return (spansets) =>
      spansets.flatMap((spanset) => {
        const lefts = leftStep([spanset]);
        if (lefts.length === 0 && operator !== '||' && !operator.startsWith('!')) return [];
        const rights = rightStep([spanset]);
        if (operator === '&&' && rights.length === 0) return [];
        const spans =
          operator === '&&' || operator === '||'
            ? unique(lefts, rights)
            : relate(index, operator, single(lefts), single(rights));
        return spans.length > 0 ? [{ ...spanset, spans }] : [];
      });
  }

  #compileScalarFilter({ left, operator, right }: ScalarFilter): Step {
    if (left.kind !== 'aggregate' || right.kind !== 'static') {
      throw new QueryError('bad_data', 'scalar filter lhs of type (%v) not yet supported');
    }
    const name = printAggregate(left);
    const operand = left.operand && compileValue(this.#snapshot, this.fetch, left.operand);
    return (spansets) => {
      const kept: Spanset[] = [];
      for (const spanset of spansets) {
        const scalar = aggregate(left.name, spanset.spans, operand);
        if (!scalar) continue;
        const result = applyBinary(operator, scalar, right.value);
        if (result.kind !== 'bool' || !result.value) continue;
        kept.push({ ...spanset, scalar, attributes: [...spanset.attributes, [name, scalar]] });
      }
      return kept;
    };
  }
}

function run(steps: readonly Step[], spansets: readonly Spanset[]): readonly Spanset[] {
  let result = spansets;
  for (const step of steps) {
    result = step(result);
    if (result.length === 0) return result;
  }
  return result;
}
