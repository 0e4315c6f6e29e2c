/** How the panel's room is shared out: header, graph, details at the side or below, legend. Nothing lies over anything. */

export interface PanelSize {
  /** px */
  readonly width: number;
  /** px */
  readonly height: number;
  /** Details are shown. */
  readonly isOpen: boolean;
  readonly hasNotice: boolean;
}

/** At the right of the graph, with a width, or below it, with a height, in px. */
export type DetailsPlace =
  | { readonly kind: 'drawer'; readonly width: number }
  | { readonly kind: 'sheet'; readonly height: number };

export interface Rooms {
  /** What the graph has, px. */
  readonly stage: { readonly width: number; readonly height: number };
  readonly details: DetailsPlace;
  readonly hasLegend: boolean;
  /** The header keeps to what is needed. */
  readonly isCompact: boolean;
}

export const HEADER_HEIGHT = 36;
export const NOTICE_HEIGHT = 28;
export const LEGEND_HEIGHT = 28;
const WIDE_DRAWER = 392;
const DRAWER = 340;
/** Beside a drawer the graph needs about so much. */
const LEAST_STAGE = 634;
/** A lower panel has no legend: every figure says what it is when it is pointed at. */
const LEAST_WITH_LEGEND = 400;
const SHEET_SHARE = 0.45;
const LEAST_SHEET = 120;
/** Above a sheet a graph of some ten nodes needs about so much. */
const LEAST_ABOVE = 256;
const COMPACT_WIDTH = 860;

export function roomsOf({ width, height, isOpen, hasNotice }: PanelSize): Rooms {
  const hasLegend = height >= LEAST_WITH_LEGEND;
  const free =
    Math.floor(height) - HEADER_HEIGHT - (hasLegend ? LEGEND_HEIGHT : 0) - (hasNotice ? NOTICE_HEIGHT : 0);
  const details = placeOfDetails(width, free);
  const beside = isOpen && details.kind === 'drawer' ? details.width : 0;
  const below = isOpen && details.kind === 'sheet' ? details.height : 0;
  return {
    stage: { width: Math.floor(width) - beside, height: Math.max(0, free - below) },
    details,
    hasLegend,
    isCompact: width < COMPACT_WIDTH,
  };
}

function placeOfDetails(width: number, height: number): DetailsPlace {
  const drawer = [WIDE_DRAWER, DRAWER].find((each) => width - each >= LEAST_STAGE);
  if (drawer !== undefined) return { kind: 'drawer', width: drawer };
  const sheet = Math.min(Math.round(height * SHEET_SHARE), height - LEAST_ABOVE);
  return { kind: 'sheet', height: Math.max(LEAST_SHEET, sheet) };
}
