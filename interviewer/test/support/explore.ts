/** Explore as the jumps between signals need it: Grafana's, or the workbench's. */
import type { Locator } from 'playwright-core';

export interface Explore {
  /** Spans of the trace that is shown; waits for the first one. */
  spans(): Promise<readonly string[]>;
  /** From the first span of the trace that is shown to its log lines. */
  followToLogs(): Promise<void>;
  /** Log lines that are shown; waits for the first one. */
  lines(): Promise<readonly string[]>;
  /** The links in the table of traces that were found; waits for the first one. */
  foundTraces(): Promise<Locator>;
  /** Opens the first log line in a panel that holds a text, to its fields. @returns what the line and its fields say */
  openLine(panel: Locator, text: string): Promise<string>;
}
