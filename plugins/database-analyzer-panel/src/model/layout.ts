/** Where everything goes, by the panel's own size in px, never the window's. */
export interface Layout {
  readonly width: number;
  /** One pane at a time, behind tabs; less of everything. */
  readonly narrow: boolean;
  /** Half of a small screen: words that a glyph or a tooltip can stand for go. */
  readonly tiny: boolean;
  /** The client's column and minor texts go. */
  readonly medium: boolean;
  /** Whether there is room for what a session waits for. */
  readonly showWait: boolean;
  readonly short: boolean;
  readonly stripHeight: number;
  /** Width of the transactions' pane. */
  readonly rightWidth: number;
  /** Height of the two panes. */
  readonly mainHeight: number;
  /** Height of the table's rows, below its head. */
  readonly tableHeight: number;
  readonly laneHeight: number;
  readonly historyRowHeight: number;
  readonly gap: number;
}

export const PADDING = 10;
const HEADER = 42;
const LEGEND = 24;
const SUMS = 66;
const TABS = 32;
const BAR = 32;
const TABLE_HEAD = 22;
/** Beside a docked menu on a small screen. */
const COMPACT = 1200;
const TINY = 640;
/** Below this the panes are no use: the panel scrolls instead. */
const MAIN_MIN = 260;

export function layoutFor(width: number, height: number): Layout {
  const inner = width - 2 * PADDING;
  const narrow = width <= 900;
  const short = height <= 640;
  const gap = short ? 5 : 8;
  const stripHeight = short ? 64 : 84;
  const above = HEADER + LEGEND + stripHeight + SUMS + 3 * gap + (narrow ? TABS : 0);
  const mainHeight = Math.max(MAIN_MIN, Math.floor(height) - above - 8);
  return {
    width: inner,
    narrow,
    tiny: width <= TINY,
    medium: width <= 1340,
    showWait: width > COMPACT,
    short,
    stripHeight,
    rightWidth: narrow ? inner : width <= COMPACT ? 420 : width <= 1340 ? 470 : 490,
    mainHeight,
    tableHeight: mainHeight - BAR - TABLE_HEAD - 1,
    laneHeight: short ? 12 : 13,
    historyRowHeight: short ? 15 : 16,
    gap,
  };
}
