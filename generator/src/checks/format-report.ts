/** The report as text: two tables, at most 110 columns wide. */
import type { LawVerdict } from './laws/law.js';
import type { CheckReport, TargetVerdict } from './report.js';

const WIDTH = 110;
const COLUMNS = { id: 3, quantity: 54, accepted: 17, measured: 20 } as const;
const LAW_WIDTH = 80;

export interface FormatOptions {
  /** Whether verdicts are coloured, for terminals. */
  readonly colour: boolean;
}

/** @returns the whole report with its last line end */
export function formatReport(report: CheckReport, { colour }: FormatOptions): string {
  const paint = colour ? inColour : (text: string) => text;
  const { scenario, seed, scale } = report.run;
  const missed = report.targets.filter(({ met }) => !met).length;
  const broken = report.laws.filter(({ holds }) => !holds).length;
  return [
    `${scenario}, seed ${seed}${scale === 1 ? '' : `, scale ${scale}`}`,
    '',
    row('#', 'target', 'accepted', 'measured', 'verdict'),
    ...report.targets.flatMap((target) => targetLines(target, paint)),
    '',
    `${'#'.padEnd(COLUMNS.id)}${'law'.padEnd(LAW_WIDTH)}${'compared'.padStart(10)}  verdict`,
    ...report.laws.flatMap((law) => lawLines(law, paint)),
    '',
    report.passed
      ? `${paint('passed', true)}: ${report.targets.length} targets met, ${report.laws.length} laws hold`
      : `${paint('failed', false)}: ${missed} of ${report.targets.length} targets missed, ${broken} of ${report.laws.length} laws broken`,
    '',
  ].join('\n');
}

type Paint = (text: string, good: boolean) => string;

function inColour(text: string, good: boolean): string {
  return `\x1b[${good ? 32 : 31}m${text}\x1b[0m`;
}

function row(id: string, quantity: string, accepted: string, measured: string, verdict: string): string {
  return (
    id.padEnd(COLUMNS.id) +
    quantity.padEnd(COLUMNS.quantity) +
    accepted.padEnd(COLUMNS.accepted) +
    measured.padEnd(COLUMNS.measured) +
    verdict
  );
}

function targetLines(target: TargetVerdict, paint: Paint): string[] {
  const { row: number, quantity, unit, measured, met } = target;
  const { low, high, note } = measured;
  const values = low === high ? [low] : [low, high];
  const value = `${values.map(short).join(' to ')} ${unit}`.trimEnd();
  const verdict = met ? paint('ok', true) : paint('MISSED', false);
  const lines = [row(String(number), quantity, accepted(target), value, verdict)];
  if (note !== undefined) lines.push(...indented(note));
  return lines;
}

function accepted({ min, max, unit }: TargetVerdict): string {
  const range =
    min === undefined
      ? `<= ${short(max ?? 0)}`
      : max === undefined
        ? `>= ${short(min)}`
        : `${short(min)} to ${short(max)}`;
  return `${range} ${unit}`.trimEnd();
}

function lawLines({ id, law, holds, compared, broken, offenders, note }: LawVerdict, paint: Paint): string[] {
  const verdict = holds ? paint('ok', true) : paint(`BROKEN ${broken || ''}`.trimEnd(), false);
  return [
    `${id.padEnd(COLUMNS.id)}${law.padEnd(LAW_WIDTH)}${String(compared).padStart(10)}  ${verdict}`,
    ...(note === undefined ? [] : indented(note)),
    ...offenders.flatMap((offender) => indented(`- ${offender}`)),
  ];
}

/** Text that belongs to the line above, broken at the table's width. */
function indented(text: string): string[] {
  const lines: string[] = [];
  const room = WIDTH - COLUMNS.id;
  let rest = text;
  while (rest.length > room) {
    const space = rest.lastIndexOf(' ', room);
    const cut = space > 0 ? space : room;
    lines.push(rest.slice(0, cut));
    rest = rest.slice(cut).trimStart();
  }
  return [...lines, rest].map((line) => ' '.repeat(COLUMNS.id) + line);
}

/** Whole from 1000 on, otherwise at most three digits behind the point and four in all. */
function short(value: number): string {
  if (!Number.isFinite(value)) return 'none';
  return Math.abs(value) >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(4)));
}
