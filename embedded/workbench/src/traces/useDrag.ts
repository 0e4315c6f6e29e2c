import * as React from 'react';

export interface Drag {
  /** Shares of the width, from 0 to 1, in the order they were dragged. */
  readonly from: number;
  readonly to: number;
}

/** Less than this many pixels is a click. */
const LEAST_PX = 4;

/**
 * Dragging across an element from left to right or back.
 * @param onEnd only for a drag, not for a click
 * @returns what is being dragged over, and the handler for the element
 */
export function useDrag(onEnd: (drag: Drag, widthPx: number) => void) {
  const [drag, setDrag] = React.useState<Drag>();
  const ended = React.useRef(onEnd);
  ended.current = onEnd;
  const onPointerDown = React.useCallback((event: React.PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    const shareOf = (x: number) => Math.min(1, Math.max(0, (x - box.left) / box.width));
    const from = shareOf(event.clientX);
    let to = from;
    const isDrag = () => Math.abs(to - from) * box.width >= LEAST_PX;
    const controller = new AbortController();
    const { signal } = controller;
    window.addEventListener(
      'pointermove',
      (move) => {
        to = shareOf(move.clientX);
        if (isDrag()) setDrag({ from, to });
      },
      { signal },
    );
    const stop = () => {
      controller.abort();
      setDrag(undefined);
    };
    window.addEventListener(
      'pointerup',
      () => {
        stop();
        if (!isDrag()) return;
        // The click that follows is part of the drag.
        window.addEventListener('click', (click) => click.stopPropagation(), { capture: true, once: true });
        setTimeout(() => ended.current({ from, to }, box.width));
      },
      { signal },
    );
    window.addEventListener('pointercancel', stop, { signal });
  }, []);
  return { drag, onPointerDown };
}
