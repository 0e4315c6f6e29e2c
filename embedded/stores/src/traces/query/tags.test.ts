import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  type Ask,
  exportOf,
  hex,
  keyValues,
  START_S,
  tracesWith,
} from '../../../test/support/traces-fixture.js';

let ask: Ask;
before(async () => {
  ask = await tracesWith(
    exportOf(
      { 'service.name': 'shop', zone: 'a' },
      [
        {
          id: 1,
          name: 'root',
          kind: 2,
          attributes: { user: 'anna', n: 5, ok: true, list: ['x', 'y'] },
          events: [
            { timeUnixNano: `${START_S}000000000`, name: 'first', attributes: keyValues({ level: 'low' }) },
            { timeUnixNano: `${START_S}000000001`, name: 'second', attributes: keyValues({ level: 'high' }) },
          ],
          links: [{ traceId: hex(1, 32), spanId: hex(1, 16), attributes: keyValues({ why: 'x' }) }],
        },
        { id: 2, parent: 1, name: 'child', kind: 3, attributes: { user: 'bert', f: 0.5 }, message: 'broken' },
      ],
      { name: 'library', attributes: keyValues({ mode: 'fast' }) },
    ),
  );
});

test('names of attributes are listed by scope, those of intrinsics when they are asked for', async () => {
  const plain = (await ask('/api/search/tags')).json.tagNames;
  assert.deepEqual(plain, ['f', 'level', 'list', 'mode', 'n', 'ok', 'service.name', 'user', 'why', 'zone']);
  const scoped = async (scope: string, q = '') => {
    const { json } = await ask('/api/v2/search/tags', { scope, q });
    return Object.fromEntries(
      json.scopes.map(({ name, tags }: { name: string; tags: string[] }) => [name, tags]),
    );
  };
  const all = await scoped('');
  assert.deepEqual(Object.keys(all).sort(), [
    'event',
    'instrumentation',
    'intrinsic',
    'link',
    'resource',
    'span',
  ]);
  assert.ok(all.intrinsic.includes('trace:rootService') && !all.intrinsic.includes('nestedSetLeft'));
  assert.deepEqual(await scoped('span'), { span: ['f', 'list', 'n', 'ok', 'user'] });
  assert.deepEqual(await scoped('span', '{ kind = client }'), { span: ['f', 'user'] });
  assert.deepEqual(await scoped('event'), { event: ['level'] });
  assert.deepEqual((await ask('/api/search/tags', { scope: 'intrinsic' })).json.tagNames, all.intrinsic);
  assert.deepEqual((await ask('/api/search/tags', { limit: '2' })).json.tagNames, ['f', 'level']);
});

async function values(name: string, q = ''): Promise<readonly string[]> {
  const { json, text } = await ask(`/api/v2/search/tag/${name}/values`, { q });
  assert.ok(json, text);
  return json.tagValues.map(({ type, value = '' }: { type: string; value?: string }) => `${type} ${value}`);
}

test('values come with their types, of any scope and of intrinsics', async () => {
  assert.deepEqual(await values('span.user'), ['string anna', 'string bert']);
  assert.deepEqual(await values('.user', '{ kind = client }'), ['string bert']);
  assert.deepEqual(await values('.n'), ['int 5']);
  assert.deepEqual(await values('span.ok'), ['bool true']);
  assert.deepEqual(await values('span.f'), ['float 0.5']);
  assert.deepEqual(await values('span.list'), ['string x', 'string y']);
  assert.deepEqual(await values('resource.zone'), ['string a']);
  assert.deepEqual(await values('span.zone'), []);
  assert.deepEqual(await values('event.level'), ['string high', 'string low']);
  assert.deepEqual(await values('link.why'), ['string x']);
  assert.deepEqual(await values('instrumentation.mode'), ['string fast']);
  assert.deepEqual(await values('event:name'), ['string first', 'string second']);
  assert.deepEqual(await values('name'), ['string child', 'string root']);
  assert.deepEqual(await values('rootServiceName'), ['string shop']);
  assert.deepEqual(await values('statusMessage'), ['string ', 'string broken']);
  assert.deepEqual(await values('status'), ['keyword error', 'keyword ok', 'keyword unset']);
  assert.equal((await values('kind')).length, 6);
  assert.deepEqual(
    [await values('duration'), await values('trace:id'), await values('span.unknown')],
    [[], [], []],
  );
});

test('a query that is not finished counts as far as it goes', async () => {
  assert.deepEqual(await values('name', '{ span.user = "bert" && span.'), ['string child']);
  assert.deepEqual(await values('name', '{ span.user = "bert" && span.f }'), ['string child']);
  assert.deepEqual(await values('name', '{ span.us'), ['string child', 'string root']);
  assert.deepEqual(await values('name', '{ span.user = "bert" || span.n }'), ['string child', 'string root']);
});

test('plain names are looked for everywhere, and their values are texts', async () => {
  const plain = async (name: string) => (await ask(`/api/search/tag/${name}/values`)).json.tagValues;
  assert.deepEqual(await plain('user'), ['anna', 'bert']);
  assert.deepEqual(await plain('n'), ['5']);
  assert.deepEqual(await plain('zone'), ['a']);
  assert.deepEqual(await plain('name'), ['child', 'root']);
  assert.deepEqual(await plain('root.name'), ['root']);
  assert.deepEqual(await plain('status.code'), ['0', 'error', 'ok', 'unset']);
  assert.deepEqual(await plain('error'), ['true']);
});

test('what is no name, scope or range is refused', async () => {
  const refused = async (path: string, parameters = {}) => {
    const { status, text } = await ask(path, parameters);
    return `${status} ${text}`;
  };
  assert.equal(
    await refused('/api/v2/search/tag/nope/values'),
    '400 please provide a valid tagName: failed to parse identifier nope: parse error at line 1, col 2: unknown identifier: nope',
  );
  assert.match(await refused('/api/v2/search/tag/5/values'), /^400 please provide a valid tagName/);
  assert.equal(await refused('/api/v2/search/tags', { scope: 'foo' }), '400 invalid scope: foo');
  assert.equal(
    await refused('/api/search/tags', { start: '5' }),
    '400 error parsing date range: only one of start and end provided: must provide both or neither',
  );
  assert.equal(
    await refused('/api/search/tag/user/values', { start: 'x', end: '5' }),
    '400 error parsing date range: could not parse \'start\' parameter: strconv.ParseInt: parsing "x": invalid syntax',
  );
});
