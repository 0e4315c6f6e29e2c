/** Outlines of the nodes: the silhouette says what a node is. */
import type { PlacedNode } from '../layout/route';
import type { NodeKind } from '../model/types';

export const CYLINDER_CAP = 11;
const CUT = 13;

type Box = Pick<PlacedNode, 'kind' | 'x' | 'y' | 'width' | 'height'>;

/** @param grow px to every side; negative shrinks */
export function outlineOf({ kind, x: left, y: middle, width, height }: Box, grow = 0): string {
  const x = left - grow;
  const y = middle - height / 2 - grow;
  const w = width + 2 * grow;
  const h = height + 2 * grow;
  if (kind === 'database') {
    const cap = CYLINDER_CAP;
    return `M${x} ${y + cap}a${w / 2} ${cap} 0 0 1 ${w} 0v${h - 2 * cap}a${w / 2} ${cap} 0 0 1 ${-w} 0z`;
  }
  if (kind === 'external') {
    const [across, down] = [w - 2 * CUT, h - 2 * CUT];
    return `M${x + CUT} ${y}h${across}l${CUT} ${CUT}v${down}l${-CUT} ${CUT}h${-across}l${-CUT} ${-CUT}v${-down}z`;
  }
  const r = kind === 'client' ? 26 : 6;
  const [across, down] = [w - 2 * r, h - 2 * r];
  return (
    `M${x + r} ${y}h${across}a${r} ${r} 0 0 1 ${r} ${r}v${down}a${r} ${r} 0 0 1 ${-r} ${r}` +
    `h${-across}a${r} ${r} 0 0 1 ${-r} ${-r}v${-down}a${r} ${r} 0 0 1 ${r} ${-r}z`
  );
}

/** The front of a cylinder's lid. */
export function lidOf({ x, y, width, height }: Box): string {
  return `M${x} ${y - height / 2 + CYLINDER_CAP}a${width / 2} ${CYLINDER_CAP} 0 0 0 ${width} 0`;
}

/** A share of a circle, clockwise from the top. */
export function arcOf(cx: number, cy: number, r: number, share: number): string {
  const angle = Math.min(0.9999, Math.max(0, share)) * 2 * Math.PI;
  const [x, y] = [cx + r * Math.sin(angle), cy - r * Math.cos(angle)];
  return `M${cx} ${cy - r}A${r} ${r} 0 ${share > 0.5 ? 1 : 0} 1 ${x.toFixed(2)} ${y.toFixed(2)}`;
}

export const KIND_ICON: Readonly<Record<NodeKind, string>> = {
  client: 'M-5 4a5 4 0 0 1 10 0zM-2.6 -3.6a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0 -5.2 0',
  service: 'M-5 -4h10v3h-10zM-5 1h10v3h-10z',
  database: 'M-5 -3.5a5 2 0 0 1 10 0a5 2 0 0 1 -10 0v7a5 2 0 0 0 10 0v-7',
  external: 'M-5 -1v6h6M0 -5h5v5M5 -5l-6 6',
};
