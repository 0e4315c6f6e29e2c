/** Which of an edge's figures are written where there is so much room: the fullest wording that fits. */
import { changeOf, formatQuantile } from '../model/describe';
import { formatCount, formatPercent, formatRate, formatSecondsShort } from '../model/format';
import type { GraphEdge } from '../model/types';
import { textWidth } from './text';

export interface Part {
  readonly text: string;
  readonly tone: 'strong' | 'over' | 'plain';
}

export interface Row {
  readonly left: readonly Part[];
  readonly right: readonly Part[];
}

export interface EdgeLabel {
  readonly fontSize: number;
  /** Above the line. */
  readonly top: Row;
  /** Below the line; empty in a dense graph. */
  readonly bottom: Row;
}

export interface EdgeLabelInput {
  readonly edge: GraphEdge;
  /** px */
  readonly room: number;
  readonly rows: 1 | 2;
  /** Calls of clients, which have a short way to go. */
  readonly isEntry: boolean;
}

const MARGIN = 12;
const GAP = 8;
const ROOMY = 180;
const FEWEST_IN_FLIGHT = 0.5;
const NOTHING: Row = { left: [], right: [] };

export function edgeLabel({ edge, room, rows, isEntry }: EdgeLabelInput): EdgeLabel {
  const fontSize = room > ROOMY ? 11.5 : 11;
  const fits = (row: Row) => widthOf(row, fontSize) <= room - MARGIN;
  const pick = (candidates: readonly Row[]) => candidates.find(fits) ?? candidates.at(-1) ?? NOTHING;
  if (isEntry) {
    const flight = [plain(`${formatCount(edge.now.inFlight)} in flight`)];
    return { fontSize, top: pick(entryRows(edge)), bottom: { left: flight, right: [] } };
  }
  if (rows === 1) return { fontSize, top: pick(singleRows(edge)), bottom: NOTHING };
  const top = pick(topRows(edge, false));
  const hasFlight = top.right.length > 0;
  const bottom = pick(hasFlight || !isFlying(edge) ? bottomRows(edge) : narrowRows(edge));
  // What changed comes before wording: an arrow, unless the row below has had the room to say it.
  const marked =
    bottom.right.length === 0 &&
    topRows(edge, true).find((row) => row.right.length > 0 === hasFlight && fits(row));
  return { fontSize, top: marked || top, bottom };
}

function entryRows(edge: GraphEdge): Row[] {
  return [{ left: [...rateOf(edge, false), ...errorsOf(edge, '')], right: [] }];
}

function topRows(edge: GraphEdge, withArrow: boolean): Row[] {
  const left = (word: string) => [...rateOf(edge, withArrow), ...errorsOf(edge, word)];
  const rows = [flightOf(edge, ' in flight'), flightOf(edge, '')].flatMap((right) =>
    [' err', ''].map((word) => ({ left: left(word), right })),
  );
  return [...rows, { left: left(''), right: [] }];
}

function bottomRows(edge: GraphEdge): Row[] {
  const change = changeOf(edge);
  const was = change === '' ? [] : [plain(change)];
  return [
    { left: latencyOf(edge, 'mean ', true), right: was },
    { left: latencyOf(edge, '', true), right: was },
    { left: latencyOf(edge, 'mean ', true), right: [] },
    { left: latencyOf(edge, 'mean ', false), right: [] },
    { left: latencyOf(edge, '', false), right: [] },
  ];
}

/** Where the calls in flight found no place above the line. */
function narrowRows(edge: GraphEdge): Row[] {
  return [{ left: [...latencyOf(edge, '', false), plain(' · '), ...flightOf(edge, '')], right: [] }];
}

function singleRows(edge: GraphEdge): Row[] {
  const left = [...rateOf(edge, true), ...errorsOf(edge, '')];
  const right = flightOf(edge, '');
  const space = plain('  ');
  return [
    { left: [...left, space, ...latencyOf(edge, '', true)], right },
    { left: [...left, space, ...latencyOf(edge, '', false)], right },
    { left, right },
    // The beads tell the calls in flight, too.
    { left, right: [] },
    { left: [...rateOf(edge, false), ...errorsOf(edge, '')], right: [] },
  ];
}

function isFlying({ now }: GraphEdge): boolean {
  return (now.inFlight ?? 0) >= FEWEST_IN_FLIGHT;
}

/** An arrow stands for a rate that changed, where there is no room to say what it was. */
function rateOf(edge: GraphEdge, withArrow: boolean): Part[] {
  const { now, before } = edge;
  const arrow = (now.rate ?? 0) > (before?.rate ?? 0) ? ' ↑' : ' ↓';
  const hasChanged = withArrow && changeOf(edge) !== '';
  return [{ text: `${formatRate(now.rate)}${hasChanged ? arrow : ''}`, tone: 'strong' }];
}

function errorsOf({ now, over }: GraphEdge, word: string): Part[] {
  if ((now.errors ?? 0) < 0.005) return [];
  const text = `  ${over.errors ? '▲ ' : ''}${formatPercent(now.errors)}${word}`;
  return [{ text, tone: over.errors ? 'over' : 'plain' }];
}

function flightOf(edge: GraphEdge, word: string): Part[] {
  if (!isFlying(edge)) return [];
  return [{ text: `${word === '' ? '● ' : ''}${formatCount(edge.now.inFlight)}${word}`, tone: 'strong' }];
}

/** `mean 22 s · ▲ P95 24 s`; the mark is at the figure that is over the threshold. */
function latencyOf({ now, over }: GraphEdge, word: string, withP95: boolean): Part[] {
  const isAtMean = over.latency && (now.p95 === null || !withP95);
  const mean = marked(`${word}${formatSecondsShort(now.mean_s)}`, isAtMean);
  if (!withP95 || now.p95 === null) return [mean];
  const p95 = `P95 ${formatQuantile(now.p95, formatSecondsShort)}`;
  return [mean, plain(' · '), marked(p95, over.latency)];
}

function marked(text: string, isOver: boolean): Part {
  return isOver ? { text: `▲ ${text}`, tone: 'over' } : plain(text);
}

function plain(text: string): Part {
  return { text, tone: 'plain' };
}

export function widthOf({ left, right }: Row, fontSize: number): number {
  const width = (parts: readonly Part[]) =>
    parts.reduce((sum, { text, tone }) => sum + textWidth(text, fontSize) * (tone === 'plain' ? 1 : 1.06), 0);
  return width(left) + (right.length > 0 ? GAP + width(right) : 0);
}
