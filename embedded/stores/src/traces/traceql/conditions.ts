/**
 * What Tempo fetches for a query before it evaluates it. A span's field is seen by the evaluation only if its value
 * passes a condition that the query sets on that field, and a span only if it passes some condition at all. For most
 * queries that makes no difference; where it does (`{ !(span.a = 1) }` finds nothing), answers differ without it.
 */
import type { Value } from '../value.js';
import type { BinaryOperator, Field, FieldExpression, PipelineElement, Query } from './ast.js';
import { fieldKey } from './ast.js';
import { isBooleanOperator } from './types.js';

export interface Condition {
  readonly field: Field;
  /** `any`: whatever the value is. */
  readonly operator: BinaryOperator | 'any' | 'exists' | 'missing';
  readonly value?: Value;
}

export interface Fetch {
  readonly conditions: readonly Condition[];
  /** Whether a span has to pass a condition on each field, not on one of them. */
  readonly all: boolean;
  /** Whether spans come that pass no condition: the query has an empty filter, or needs the tree. */
  readonly everySpan: boolean;
  /** Fields that are shown, and play no part in the evaluation. */
  readonly selected: readonly Field[];
  /** Whether every value is seen, whatever the conditions. */
  readonly everyValue?: true;
}

/** What a query fetches. */
export function fetchOf({ pipeline }: Query): Fetch {
  const extraction = new Extraction();
  extraction.element(pipeline);
  return extraction;
}

/** Of a query that asks for one field, whatever its value. */
export function onlyAsking(field: Field): Fetch {
  return { conditions: [{ field, operator: 'any' }], all: false, everySpan: true, selected: [] };
}

class Extraction implements Fetch {
  readonly conditions: Condition[] = [];
  readonly selected: Field[] = [];
  all = true;
  everySpan = false;
  #selecting = false;

  element(element: PipelineElement): void {
    switch (element.kind) {
      case 'pipeline':
        for (const one of element.elements) this.element(one);
        return;
      case 'filter':
        this.expression(element.expression);
        if (element.expression.kind !== 'static') return;
        this.everySpan ||= element.expression.value.kind === 'bool' && element.expression.value.value;
        return;
      case 'operation':
        this.everySpan ||= element.operator !== '&&' && element.operator !== '||';
        this.element(element.left);
        this.element(element.right);
        this.all = false;
        return;
      case 'scalarFilter':
        for (const side of [element.left, element.right]) if (side.kind === 'aggregate') this.element(side);
        return;
      case 'aggregate':
        this.all = false;
        if (element.operand) this.expression(element.operand);
        return;
      case 'group':
        this.expression(element.by);
        this.all = false;
        return;
      case 'select':
        this.selected.push(...element.fields);
        this.#selecting = true;
        return;
      case 'coalesce':
        return;
    }
  }

  expression(expression: FieldExpression): void {
    switch (expression.kind) {
      case 'static':
        return;
      case 'attribute':
      case 'intrinsic':
        this.#add({ field: expression, operator: 'any' });
        return;
      case 'unary': {
        const { operator, operand } = expression;
        const tests = operator === 'exists' || operator === 'missing';
        if (tests && isField(operand)) this.#add({ field: operand, operator });
        else this.expression(operand);
        return;
      }
      case 'binary':
        this.#binary(expression.operator, expression.left, expression.right);
        return;
    }
  }

  #binary(operator: BinaryOperator, left: FieldExpression, right: FieldExpression): void {
    const [field, other] = isField(left) ? [left, right] : [right, left];
    if (isField(field) && other.kind === 'static') {
      const logic = operator === '&&' || operator === '||';
      const plain = isBooleanOperator(operator) && !(logic && other.value.kind === 'bool');
      // The order of the two sides is lost here, in Tempo too.
      this.#add(plain ? { field, operator, value: other.value } : { field, operator: 'any' });
      return;
    }
    this.expression(left);
    this.expression(right);
    if (!isField(left) && left.kind !== 'static') this.all &&= operator !== '||';
  }

  #add(condition: Condition): void {
    if (this.#selecting) this.selected.push(condition.field);
    else this.conditions.push(condition);
  }
}

/** Fields in the order in which they are first named. */
export function distinctFields(conditions: readonly Condition[]): readonly Field[] {
  return [...new Map(conditions.map(({ field }) => [fieldKey(field), field])).values()];
}

export function isField(expression: FieldExpression): expression is Field {
  return expression.kind === 'attribute' || expression.kind === 'intrinsic';
}
