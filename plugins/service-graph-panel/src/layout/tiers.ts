/** Sizes in px by the room there is: the roomiest tier that fits is taken. */

export type TierName = 'wide' | 'normal' | 'medium' | 'narrow' | 'slim';

export interface Tier {
  readonly name: TierName;
  /** Width of a clients node; 0 = not drawn. */
  readonly client: number;
  readonly service: number;
  /** Width of the last column: databases and external services. */
  readonly resource: number;
  readonly curve: number;
  /** The straight end of an edge, which carries its label. */
  readonly runway: number;
  /** The gap right of the clients, label included. */
  readonly entry: number;
  /** Distance of two edges that arrive at one node. */
  readonly pitch: number;
  readonly margin: number;
}

const TIERS: readonly Tier[] = [
  tier('wide', { client: 76, service: 186, resource: 232, curve: 46, runway: 228, entry: 120, pitch: 44 }),
  tier('normal', { client: 72, service: 146, resource: 202, curve: 40, runway: 204, entry: 120, pitch: 44 }),
  // Without clients, rather than with shorter labels.
  tier('normal', { client: 0, service: 146, resource: 202, curve: 40, runway: 204, entry: 0, pitch: 44 }),
  tier('medium', { client: 0, service: 138, resource: 196, curve: 36, runway: 152, entry: 0, pitch: 44 }),
  tier('narrow', { client: 0, service: 138, resource: 154, curve: 14, runway: 104, entry: 0, pitch: 42 }),
  tier('slim', { client: 0, service: 114, resource: 146, curve: 14, runway: 106, entry: 0, pitch: 42 }),
];

function tier(name: TierName, sizes: Omit<Tier, 'name' | 'margin'>): Tier {
  return { name, ...sizes, margin: hasShortLabels(name) ? 12 : 16 };
}

/** The two smallest tiers: labels at edges say the least, and nodes have small rings. */
export function hasShortLabels(name: TierName): boolean {
  return name === 'narrow' || name === 'slim';
}

export const SIDE_MARGIN = 10;

export interface Columns {
  readonly clients: boolean;
  /** Columns of services that a call chain asks for. */
  readonly services: number;
  readonly resources: boolean;
}

export interface Shape {
  readonly tier: Tier;
  /** Columns of services that fit. */
  readonly services: number;
}

/** Fewer columns than this are not tried: long chains then share a column. */
const MIN_SERVICE_COLUMNS = 2;

/** Chooses sizes first, then as many columns as fit at that size. */
export function shapeFor(width: number, columns: Columns): Shape {
  const least = Math.max(1, Math.min(columns.services, MIN_SERVICE_COLUMNS));
  const fits = (each: Tier, services: number) => widthOf(each, { ...columns, services }) <= width;
  const tier = TIERS.find((each) => fits(each, least)) ?? TIERS[TIERS.length - 1];
  if (tier === undefined) throw new RangeError('there is no tier');
  let services = least;
  while (services < columns.services && fits(tier, services + 1)) services++;
  return { tier, services };
}

function widthOf(tier: Tier, { clients, services, resources }: Columns): number {
  const gap = tier.curve + tier.runway;
  const entry = clients && tier.client > 0 ? tier.client + tier.entry : 0;
  const last = resources ? tier.resource + gap : 0;
  return 2 * SIDE_MARGIN + entry + services * tier.service + (services - 1) * gap + last;
}
