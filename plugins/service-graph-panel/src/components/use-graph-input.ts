/** Keys and pointer on the graph, turned into what they ask for. */
import type React from 'react';
import { useRef } from 'react';
import type { Layout, Positions } from '../layout/layout';
import type { PlacedNode } from '../layout/route';
import { type Arrow, walk } from '../model/walk';

export interface GraphActions {
  readonly open: (id: string) => void;
  readonly close: () => void;
  readonly focusOn: (id: string) => void;
  readonly showTable: () => void;
  readonly find: () => void;
  readonly resetPositions: () => void;
  /** Shows a node where the pointer has taken it. */
  readonly drag: (positions: Positions) => void;
  /** Keeps it there. */
  readonly move: (positions: Positions) => void;
}

export interface GraphHandlers {
  readonly onKeyDown: (event: React.KeyboardEvent<SVGSVGElement>) => void;
  readonly onClick: (event: React.MouseEvent<SVGSVGElement>) => void;
  readonly onPointerDown: (event: React.PointerEvent<SVGSVGElement>) => void;
  readonly onPointerMove: (event: React.PointerEvent<SVGSVGElement>) => void;
  readonly onPointerUp: (event: React.PointerEvent<SVGSVGElement>) => void;
}

const ARROWS: Readonly<Record<string, Arrow>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const STEP_PX = 8;
const DEAD_ZONE_PX = 4;

interface Drag {
  readonly node: PlacedNode;
  readonly x: number;
  readonly y: number;
  readonly position: readonly [number, number] | undefined;
}

/** @param scale screen px for each px of the layout */
export function useGraphInput(layout: Layout, scale: number, actions: GraphActions): GraphHandlers {
  const drag = useRef<Drag | undefined>(undefined);
  const wasDragged = useRef(false);

  const onKeyDown = (event: React.KeyboardEvent<SVGSVGElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const id = idAt(event.target);
    if (!handleKey({ event, id, layout, actions })) return;
    event.preventDefault();
    // Grafana's own shortcuts listen further out.
    event.stopPropagation();
  };
  const onClick = (event: React.MouseEvent<SVGSVGElement>) => {
    const id = idAt(event.target);
    if (id !== undefined && !wasDragged.current) actions.open(id);
  };
  const onPointerDown = (event: React.PointerEvent<SVGSVGElement>) => {
    wasDragged.current = false;
    const node = layout.nodes.find((each) => each.id === idAt(event.target));
    if (node && event.button === 0)
      drag.current = { node, x: event.clientX, y: event.clientY, position: undefined };
  };
  const onPointerMove = (event: React.PointerEvent<SVGSVGElement>) => {
    const current = drag.current;
    if (current === undefined) return;
    const by = { x: (event.clientX - current.x) / scale, y: (event.clientY - current.y) / scale };
    if (!wasDragged.current && Math.hypot(by.x, by.y) < DEAD_ZONE_PX) return;
    if (!wasDragged.current) event.currentTarget.setPointerCapture(event.pointerId);
    wasDragged.current = true;
    const position = positionOf(current.node, by, layout);
    drag.current = { ...current, position };
    actions.drag({ [current.node.id]: position });
  };
  const onPointerUp = () => {
    const current = drag.current;
    drag.current = undefined;
    if (current?.position === undefined) return;
    actions.drag({});
    actions.move({ [current.node.id]: current.position });
  };
  return { onKeyDown, onClick, onPointerDown, onPointerMove, onPointerUp };
}

interface Key {
  readonly event: React.KeyboardEvent<SVGSVGElement>;
  readonly id: string | undefined;
  readonly layout: Layout;
  readonly actions: GraphActions;
}

/** @returns whether the key meant something here */
function handleKey({ event, id, layout, actions }: Key): boolean {
  const arrow = ARROWS[event.key];
  const node = layout.nodes.find((each) => each.id === id);
  if (arrow !== undefined) {
    if (event.shiftKey && node) actions.move({ [node.id]: positionOf(node, stepOf(arrow), layout) });
    else focusElement(event.currentTarget, walk(layout, id, arrow));
    return true;
  }
  switch (event.key) {
    case 'Enter':
    case ' ':
      if (id !== undefined) actions.open(id);
      return true;
    case 'Escape':
      actions.close();
      return true;
    case 'f':
    case 'F':
      if (node) actions.focusOn(node.id);
      return true;
    case 't':
    case 'T':
      actions.showTable();
      return true;
    case '/':
      actions.find();
      return true;
    case '0':
      actions.resetPositions();
      return true;
    default:
      return false;
  }
}

function stepOf(arrow: Arrow): { x: number; y: number } {
  const steps = {
    left: { x: -STEP_PX, y: 0 },
    right: { x: STEP_PX, y: 0 },
    up: { x: 0, y: -STEP_PX },
    down: { x: 0, y: STEP_PX },
  };
  return steps[arrow];
}

/** A node's position as shares of the canvas, kept within it. */
function positionOf(
  node: PlacedNode,
  by: { readonly x: number; readonly y: number },
  { width, height }: Layout,
): readonly [number, number] {
  const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);
  const x = clamp(node.x + by.x, 0, width - node.width);
  const y = clamp(node.y + by.y, node.height / 2, height - node.height / 2);
  return [round(x / width), round(y / height)];
}

function round(share: number): number {
  return Math.round(share * 1e4) / 1e4;
}

export function idAt(target: EventTarget): string | undefined {
  const element = target instanceof Element ? target.closest('[data-id]') : null;
  return element?.getAttribute('data-id') ?? undefined;
}

/** Moves the keyboard's focus to a node or an edge. */
export function focusElement(root: Element | null, id: string | undefined): void {
  if (id === undefined) return;
  const element = root?.querySelector(`[data-id="${CSS.escape(id)}"]`);
  if (element instanceof SVGElement || element instanceof HTMLElement) element.focus();
}
