/** The graph in the room there is: laid out as it is, then drawn a little smaller, and only then scrolled. */
import { type Layout, type LayoutInput, layOut } from './layout';

export interface Fitted {
  readonly layout: Layout;
  /** Screen px for each px of the layout, at most 1. */
  readonly scale: number;
}

/** At the smallest one, text of 11 px has 8.8 px. */
const SCALES = [1, 0.9, 0.8];
const SCROLLBAR_PX = 14;

export function fit(input: LayoutInput): Fitted {
  const fitting = SCALES.map((scale) => layOutAt(input, scale)).filter((each) => each !== undefined);
  // The slimmest tier cuts names: whole ones, a little smaller, come first.
  const found = fitting.find(({ layout }) => layout.tier !== 'slim') ?? fitting[0];
  return found ?? { layout: layOut({ ...input, width: input.width - SCROLLBAR_PX }), scale: 1 };
}

/** @returns `undefined` when it does not fit */
function layOutAt(input: LayoutInput, scale: number): Fitted | undefined {
  const room = { width: Math.floor(input.width / scale), height: Math.floor(input.height / scale) };
  const layout = layOut({ ...input, ...room });
  return layout.width <= room.width && layout.height <= room.height ? { layout, scale } : undefined;
}
