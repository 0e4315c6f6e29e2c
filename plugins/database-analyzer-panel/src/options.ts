import type { GroupBy } from './model/connection-seconds';

/** What a dashboard sets. Texts and uids may hold dashboard variables. */
export interface Options {
  readonly lokiUid: string;
  readonly tempoUid: string;
  /** Stream selector of the snapshot lines. */
  readonly selector: string;
  /** Stream selector of the application's logs, for the link from a trace. */
  readonly logSelector: string;
  /** The `application_name` of the pool's sessions. */
  readonly poolApplication: string;
  readonly samplingSeconds: number;
  readonly windowSeconds: number;
  readonly groupBy: GroupBy;
  readonly foldFrom: number;
  readonly ageScaleSeconds: number;
  /** Open transactions are listed from this age on, in seconds: one of `THRESHOLDS_S`. */
  readonly longTransactionSeconds: number;
  readonly lanesBefore: number;
  readonly lanesAfter: number;
  /** Draws, dashed, what a stored trace knows of the time after the instant. */
  readonly showFuture: boolean;
  readonly showRoute: boolean;
  /** Names spans that are not the database's, and says in words what the figures come to. */
  readonly attributeGaps: boolean;
  /** Text to filter the sessions by at first. */
  readonly filter: string;
  /** Dashboard variable that is set to the route of the selected transaction; none when empty. */
  readonly routeVariable: string;
}

export const THRESHOLDS_S: readonly number[] = [1, 5, 20];

export const DEFAULTS: Options = {
  lokiUid: '',
  tempoUid: '',
  selector: '{job="integrations/db-o11y", op="session_snapshot"}',
  logSelector: '{service_name=~".+"}',
  poolApplication: 'api',
  samplingSeconds: 5,
  windowSeconds: 60,
  groupBy: 'state',
  foldFrom: 4,
  ageScaleSeconds: 30,
  longTransactionSeconds: 1,
  lanesBefore: 30,
  lanesAfter: 6,
  showFuture: true,
  showRoute: true,
  attributeGaps: false,
  filter: '',
  routeVariable: '',
};
