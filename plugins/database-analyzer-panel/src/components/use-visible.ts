import { type RefObject, type UIEvent, useCallback, useLayoutEffect, useRef, useState } from 'react';

export interface Visible {
  /** Where it is scrolled to, known without asking the browser for it. */
  readonly scrolled: { readonly current: number };
  readonly onScroll: (event: UIEvent) => void;
  /** Whether a line is in sight, or so near that scrolling finds it drawn. */
  readonly isNear: (y: number) => boolean;
}

/** Lines beyond both edges that are drawn all the same, in px. */
const OVERSCAN_PX = 60;
/** Scrolling draws anew in steps of this. */
const STEP_PX = 30;

/** What part of a scrolled element is in sight, so that only that has to be drawn. */
export function useVisible(scroller: RefObject<HTMLElement>): Visible {
  const scrolled = useRef(0);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(0);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    setHeight(element.clientHeight);
    const observer = new ResizeObserver(([entry]) => entry && setHeight(entry.contentRect.height));
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  const onScroll = useCallback((event: UIEvent) => {
    scrolled.current = event.currentTarget.scrollTop;
    setTop(Math.floor(scrolled.current / STEP_PX) * STEP_PX);
  }, []);
  const isNear = (y: number) => y > top - OVERSCAN_PX && y < top + height + OVERSCAN_PX;
  return { scrolled, onScroll, isNear };
}
