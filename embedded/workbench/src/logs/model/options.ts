import type { SortOrder } from './rows';

export interface LogListOptions {
  readonly showTime: boolean;
  readonly showLabels: boolean;
  readonly wrapLines: boolean;
  readonly prettify: boolean;
  readonly sortOrder: SortOrder;
  /** A line can be opened to see its fields. */
  readonly showDetails: boolean;
}

export const DEFAULT_LOG_OPTIONS: LogListOptions = {
  showTime: true,
  showLabels: false,
  wrapLines: true,
  prettify: false,
  sortOrder: 'newest',
  showDetails: true,
};

/** What a dashboard says of a logs panel, in the panel's own words. */
export interface LogsPanelOptions {
  readonly showTime?: boolean;
  readonly showLabels?: boolean;
  readonly wrapLogMessage?: boolean;
  readonly prettifyLogMessage?: boolean;
  readonly sortOrder?: string;
  readonly enableLogDetails?: boolean;
}

/** The list's options for a dashboard's logs panel. */
export function logListOptions(options: LogsPanelOptions): LogListOptions {
  return {
    showTime: options.showTime ?? false,
    showLabels: options.showLabels ?? false,
    wrapLines: options.wrapLogMessage ?? false,
    prettify: options.prettifyLogMessage ?? false,
    sortOrder: options.sortOrder === 'Ascending' ? 'oldest' : 'newest',
    showDetails: options.enableLogDetails ?? true,
  };
}
