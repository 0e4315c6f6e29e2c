import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyRecipe } from '../src/services/data-service/transformer.js';
import { isAllowed, permissionsOf } from '../src/services/user-service/permissions.js';
import { checkSteps, inDependencyOrder } from '../src/services/workflow-service/step-processor.js';
import type { Principal } from '../src/types/user.js';
import type { StepDefinition } from '../src/types/workflow.js';

const step = (key: string, ...dependsOn: string[]): StepDefinition => ({
  key,
  kind: 'delay',
  dependsOn,
  config: {},
});

test('steps come after all that they depend on, otherwise as given', () => {
  const steps = [step('c', 'b'), step('a'), step('b', 'a'), step('d')];
  assert.deepEqual(
    inDependencyOrder(steps).map(({ key }) => key),
    ['a', 'd', 'b', 'c'],
  );
});

test('any order of steps without a circle is put right, and nothing is lost', () => {
  const graph = fc.array(fc.array(fc.nat(), { maxLength: 3 }), { maxLength: 12 }).chain((edges) => {
    const steps = edges.map((targets, index) => {
      const dependsOn = index === 0 ? [] : [...new Set(targets.map((target) => `s${target % index}`))];
      return step(`s${index}`, ...dependsOn);
    });
    return fc.shuffledSubarray(steps, { minLength: steps.length });
  });
  fc.assert(
    fc.property(graph, (steps) => {
      const ordered = inDependencyOrder(steps);
      assert.deepEqual(new Set(ordered), new Set(steps));
      for (const [index, { dependsOn }] of ordered.entries()) {
        const before = new Set(ordered.slice(0, index).map(({ key }) => key));
        assert.ok(dependsOn.every((key) => before.has(key)));
      }
      assert.deepEqual(checkSteps(steps), []);
    }),
    { seed: 20_260_302 },
  );
});

test('what is wrong with steps is named', () => {
  const messages = (...steps: StepDefinition[]) =>
    checkSteps(steps).map(({ path, message }) => `${path}: ${message}`);
  assert.deepEqual(messages(step('a', 'b'), step('b', 'a')), ['steps: the dependencies go in a circle']);
  assert.deepEqual(messages(step('a'), step('a')), ['steps.1.key: another step has the key a']);
  assert.deepEqual(messages(step('a', 'x')), ['steps.0.dependsOn: there is no step x']);
  assert.deepEqual(messages({ ...step('a'), kind: 'http' }), [
    'steps.0.connector: a step of kind http needs one',
  ]);
});

test('roles grant more and more', () => {
  const as = (...roles: string[]) => ({ roles }) as unknown as Principal;
  assert.deepEqual(permissionsOf('viewer'), ['users:read', 'workflows:read']);
  assert.equal(isAllowed(as('editor'), 'workflows:write'), true);
  assert.equal(isAllowed(as('editor'), 'users:write'), false);
  assert.equal(isAllowed(as('viewer', 'admin'), 'users:write'), true);
  assert.equal(isAllowed(as('auditor'), 'workflows:read'), false);
  assert.equal(isAllowed(as(), 'workflows:read'), false);
});

test('operations are applied one after the other', () => {
  const payload = { name: ' A ', age: '41', note: 'x' };
  const recipe = [
    { kind: 'trim', field: 'name' },
    { kind: 'drop', field: 'note' },
    { kind: 'number', field: 'age' },
    { kind: 'rename', field: 'age', to: 'years' },
    { kind: 'set', field: 'source', value: 'crm' },
  ] as const;
  assert.deepEqual(applyRecipe(recipe, payload), { name: 'A', years: 41, source: 'crm' });
  assert.deepEqual(payload, { name: ' A ', age: '41', note: 'x' });
});

test('a field that is missing stays missing, a number that is none becomes null', () => {
  assert.deepEqual(applyRecipe([{ kind: 'rename', field: 'a', to: 'b' }], { c: 1 }), { c: 1 });
  assert.deepEqual(applyRecipe([{ kind: 'number', field: 'a' }], { a: '4 apples' }), { a: null });
  assert.deepEqual(applyRecipe([{ kind: 'number', field: 'a' }], { a: '' }), { a: null });
});
