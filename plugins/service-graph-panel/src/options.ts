/** The panel's options and their defaults. */
import type { Positions } from './layout/layout';
import type { Compare, ModelOptions } from './model/options';

export interface Options {
  readonly view: 'graph' | 'table';
  /** s */
  readonly figuresOver: number;
  readonly compareWith: Compare;
  /** s */
  readonly compareOver: number;
  /** Percent of the calls. */
  readonly errorThreshold: number;
  /** s */
  readonly latencyThreshold: number;
  /** `node = seconds`, one a line. */
  readonly latencyBudgets: string;
  /** 0 to 1 */
  readonly poolThreshold: number;
  readonly queueThreshold: number;
  readonly beads: boolean;
  readonly foldFrom: number;
  /** Regular expressions of whole names. */
  readonly clients: string;
  readonly databases: string;
  readonly externals: string;
  /** `node = name`, one a line. */
  readonly displayNames: string;
  /** Names, one a line. */
  readonly hiddenNodes: string;
  /** Id of a node or an edge (`api>postgresql`) to open; variables are replaced. */
  readonly highlight: string;
  /** A route whose calls stand out; a variable (`${route}`) is read, and set when a route is chosen here. */
  readonly markedRoute: string;
  readonly tracesUid: string;
  readonly logsUid: string;
  /** Variables are replaced, `${sessions}` by what tells the sessions of the selection. */
  readonly databaseUrl: string;
  /** `node = text`, one a line: what the database's sessions of a service contain, if not its name. */
  readonly sessionNames: string;
  readonly positions: Positions;
}

export const DEFAULTS: Options = {
  view: 'graph',
  figuresOver: 300,
  compareWith: 'start',
  compareOver: 600,
  errorThreshold: 5,
  latencyThreshold: 5,
  latencyBudgets: '',
  poolThreshold: 0.8,
  queueThreshold: 1,
  beads: true,
  foldFrom: 4,
  clients: 'clients?|users?',
  databases: '',
  externals: '',
  displayNames: '',
  hiddenNodes: '',
  highlight: '',
  markedRoute: '',
  tracesUid: '',
  logsUid: '',
  databaseUrl: '',
  sessionNames: '',
  positions: {},
};

/** Fills in what is missing (a dashboard keeps only what somebody set) and parses texts. */
export function modelOptionsOf(given: Partial<Options>): ModelOptions {
  const options = { ...DEFAULTS, ...given };
  return {
    figuresOver_s: options.figuresOver,
    compare: options.compareWith,
    compareOver_s: options.compareOver,
    errorShare: options.errorThreshold / 100,
    latency_s: options.latencyThreshold,
    budgets_s: numbersOf(options.latencyBudgets),
    poolShare: options.poolThreshold,
    poolQueue: options.queueThreshold,
    clients: wholeName(options.clients),
    databases: wholeName(options.databases),
    externals: wholeName(options.externals),
    displayNames: pairsOf(options.displayNames),
    hidden: new Set(linesOf(options.hiddenNodes)),
  };
}

const NEVER = /^(?!)/;

/** A pattern that is empty, or not a regular expression, matches nothing. */
function wholeName(pattern: string): RegExp {
  if (pattern.trim() === '') return NEVER;
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    return NEVER;
  }
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Lines of `name = text`. */
export function pairsOf(text: string): Map<string, string> {
  const pairs = linesOf(text).map((line) => {
    const at = line.indexOf('=');
    return [line.slice(0, at).trim(), line.slice(at + 1).trim()] as const;
  });
  return new Map(pairs.filter(([name, value]) => name !== '' && value !== ''));
}

function numbersOf(text: string): Map<string, number> {
  const numbers = [...pairsOf(text)].map(([name, value]) => [name, Number.parseFloat(value)] as const);
  return new Map(numbers.filter(([, value]) => value > 0));
}
