import * as schemes from 'd3-scale-chromatic';

export interface ColorOptions {
  readonly scheme: string;
  readonly steps: number;
  readonly reverse: boolean;
}

const DEFAULT_SCHEME = schemes.interpolateOranges;
const SCHEMES: Readonly<Record<string, (at: number) => string>> = {
  Blues: schemes.interpolateBlues,
  Greens: schemes.interpolateGreens,
  Greys: schemes.interpolateGreys,
  Oranges: schemes.interpolateOranges,
  Purples: schemes.interpolatePurples,
  Reds: schemes.interpolateReds,
};

/** The colours from the least to the most: what is least is nearest to the background. */
export function palette({ scheme, steps, reverse }: ColorOptions, isDark: boolean): string[] {
  const interpolate = SCHEMES[scheme] ?? DEFAULT_SCHEME;
  const colors = Array.from({ length: steps }, (_, step) => interpolate(step / Math.max(1, steps - 1)));
  return isDark !== reverse ? colors.reverse() : colors;
}

interface Span {
  readonly min: number;
  readonly max: number;
}

/** Which of the colours a count has. (An exponent that a dashboard gives counts for opacities only, in Grafana too.) */
export function colorIndex(count: number, { min, max }: Span, steps: number): number {
  if (max <= min) return steps - 1;
  return Math.min(steps - 1, Math.floor(((count - min) / (max - min)) * steps));
}
