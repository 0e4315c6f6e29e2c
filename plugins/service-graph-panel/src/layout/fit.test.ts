import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CALL_EDGES, CALL_NODES } from '../test-support/calls';
import { type Fitted, fit } from './fit';
import { HEADER_HEIGHT, LEGEND_HEIGHT, roomsOf } from './rooms';

const WITHOUT_CLIENTS = {
  nodes: CALL_NODES.filter(({ kind }) => kind !== 'client'),
  edges: CALL_EDGES.filter(({ source }) => source !== 'clients'),
};

function inPanel(width: number, height: number, isOpen: boolean, graph = WITHOUT_CLIENTS): Fitted {
  const { stage } = roomsOf({ width, height, isOpen, hasNotice: false });
  const fitted = fit({ ...graph, ...stage, positions: {} });
  assert.ok(
    fitted.layout.width * fitted.scale <= stage.width + 1 &&
      fitted.layout.height * fitted.scale <= stage.height + 1,
    `${width}x${height}${isOpen ? ' with details' : ''}: ${fitted.layout.width}x${fitted.layout.height} at ${fitted.scale}`,
  );
  return fitted;
}

test('the whole graph is in sight in panels from 800x400 to 1920x1080', () => {
  for (let width = 800; width <= 1920; width += 40)
    for (let height = 400; height <= 1080; height += 20) inPanel(width, height, false);
  inPanel(1920, 1080, false, { nodes: [...CALL_NODES], edges: [...CALL_EDGES] });
});

test('and beside its details, or above them where they are a sheet of at least 120 px', () => {
  for (let width = 800; width <= 1920; width += 40)
    for (let height = width < 980 ? 460 : 400; height <= 1080; height += 20) inPanel(width, height, true);
});

test('with room nothing is drawn smaller', () => {
  assert.equal(inPanel(1400, 800, false).scale, 1);
  assert.equal(inPanel(1089, 702, true).scale, 1);
});

test('names are whole before everything is at full size', () => {
  assert.deepEqual(
    [640, 700].map((width) => {
      const { layout, scale } = fit({ ...WITHOUT_CLIENTS, width, height: 640, positions: {} });
      return [layout.tier, scale];
    }),
    [
      ['narrow', 0.9],
      ['narrow', 1],
    ],
  );
});

test('what does not fit at the smallest scale is scrolled at full size', () => {
  const { layout, scale } = fit({ ...WITHOUT_CLIENTS, width: 800, height: 150, positions: {} });
  assert.equal(scale, 1);
  assert.ok(layout.height > 150 && layout.width <= 800);
});

test('stage, details, header and legend share the height and the width of the panel', () => {
  const beside = roomsOf({ width: 1089, height: 702, isOpen: true, hasNotice: false });
  assert.equal(beside.details.kind, 'drawer');
  assert.equal(beside.stage.width + (beside.details.kind === 'drawer' ? beside.details.width : 0), 1089);
  assert.equal(beside.stage.height, 702 - HEADER_HEIGHT - LEGEND_HEIGHT);
  const below = roomsOf({ width: 800, height: 600, isOpen: true, hasNotice: false });
  assert.equal(below.details.kind, 'sheet');
  const sheet = below.details.kind === 'sheet' ? below.details.height : 0;
  assert.equal(below.stage.height + sheet, 600 - HEADER_HEIGHT - LEGEND_HEIGHT);
  assert.equal(roomsOf({ width: 800, height: 300, isOpen: false, hasNotice: false }).hasLegend, false);
});
