import type { Level } from './model/level';

/** The colours of levels, in lists and in volume histograms, the same in both themes. */
export const LEVEL_COLOURS: Readonly<Record<Level, string>> = {
  critical: '#705da0',
  error: '#e02f44',
  warning: '#ff9900',
  info: '#73bf69',
  debug: '#1f78c1',
  trace: '#6ed0e0',
  unknown: '#8e8e8e',
};
