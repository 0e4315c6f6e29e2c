import type { Ended } from './ended';
import { formatDuration, plural } from './format';
import { type OpenTransaction, type TraceLane, transactionKey } from './open-transactions';

/** What a lane's transactions are at the instant: still open, or last seen open at `seenMs`. */
export interface LaneState {
  readonly lane: TraceLane;
  readonly seenMs: number | undefined;
}

/** One line of the lanes, at its place from the top. */
export type LaneRow = LaneState & { readonly key: string; readonly y: number } & (
    | { readonly kind: 'lane'; readonly open: boolean }
    | { readonly kind: 'transaction'; readonly transaction: OpenTransaction }
  );

export interface LaneRows {
  readonly rows: readonly LaneRow[];
  /** Where what has ended begins; `undefined` when nothing has. */
  readonly endedY: number | undefined;
}

export interface LaneRowOptions {
  readonly lanes: readonly TraceLane[];
  readonly ended: Ended | undefined;
  readonly openLanes: ReadonlySet<string>;
  readonly rowHeight: number;
  readonly headingHeight: number;
}

/** Lanes with the transactions of those that are opened: first what is open, then what has ended since. */
export function laneRows({ lanes, ended, openLanes, rowHeight, headingHeight }: LaneRowOptions): LaneRows {
  const gone = ended?.lanes ?? [];
  const states: LaneState[] = [
    ...lanes.map((lane) => ({ lane, seenMs: undefined })),
    ...gone.map((lane) => ({ lane, seenMs: ended?.seenMs })),
  ];
  const rows: LaneRow[] = [];
  let endedY: number | undefined;
  let y = 0;
  for (const state of states) {
    if (state.seenMs !== undefined && endedY === undefined) {
      endedY = y;
      y += headingHeight;
    }
    const open = openLanes.has(laneRowKey(state));
    rows.push({ ...state, kind: 'lane', key: laneRowKey(state), y, open });
    y += rowHeight;
    for (const transaction of open ? state.lane.transactions : []) {
      rows.push({ ...state, kind: 'transaction', key: transactionKey(transaction), y, transaction });
      y += rowHeight;
    }
  }
  return { rows, endedY };
}

/** A trace may hold some transactions still and have given back others. */
function laneRowKey({ lane, seenMs }: LaneState): string {
  return seenMs === undefined ? lane.key : `${lane.key} ended`;
}

/** The key of the lane that a row belongs to. */
export function laneOf(row: LaneRow): string {
  return laneRowKey(row);
}

/** The row of the selected transaction: its own, or that of its lane while the lane is closed. */
export function selectedRow(rows: readonly LaneRow[], selectedKey: string | undefined): number {
  const at = rows.findIndex((row) =>
    row.kind === 'transaction'
      ? row.key === selectedKey
      : !row.open && row.lane.transactions.some((one) => transactionKey(one) === selectedKey),
  );
  return Math.max(0, at);
}

/** The age of what a row stands for: for what has ended, the age it had at least. */
export function ageText(row: LaneRow): string {
  const ageS = row.kind === 'lane' ? row.lane.ageS : row.transaction.transactionAgeS;
  return `${row.seenMs === undefined ? '' : '≥ '}${formatDuration(ageS)}`;
}

/** What a row says, in words. */
export function describeRow(row: LaneRow, timeMs: number, showRoute: boolean): string {
  const length = (one: OpenTransaction) => {
    const { transactionAgeS, transactionStartMs } = one;
    if (row.seenMs === undefined) return formatDuration(transactionAgeS);
    return `${formatDuration(transactionAgeS)} to ${formatDuration((timeMs - transactionStartMs) / 1000)}`;
  };
  if (row.kind === 'transaction') {
    const { pid, stateAgeS, state } = row.transaction;
    if (row.seenMs !== undefined) return `pid ${pid}, ended after ${length(row.transaction)}`;
    return `pid ${pid}, open for ${length(row.transaction)}, ${state} for ${formatDuration(stateAgeS)}`;
  }
  const { traceId, transactions, route } = row.lane;
  const name = traceId ? `trace ${traceId.slice(0, 8)}` : 'no trace';
  const verb = row.seenMs === undefined ? 'holds' : 'gave back';
  const held = `${name} ${verb} ${plural(transactions.length, 'connection')}`;
  const [oldest] = transactions;
  const age = oldest ? `, the oldest ${row.seenMs === undefined ? 'for' : 'after'} ${length(oldest)}` : '';
  return `${held}${age}${showRoute && route ? `, ${route}` : ''}`;
}
