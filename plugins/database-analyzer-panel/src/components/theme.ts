import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';
import type { StateKind } from '../model/session';

export interface StateColor {
  readonly line: string;
  readonly fill: string;
}

/** Colours of the four states; each state also has a glyph, a pattern and a word of its own. */
export function stateColors(theme: GrafanaTheme2): Readonly<Record<StateKind, StateColor>> {
  const named = theme.visualization.getColorByName;
  const { alpha } = colorManipulator;
  const orange = named(theme.isDark ? 'orange' : 'dark-orange');
  const purple = named(theme.isDark ? 'light-purple' : 'semi-dark-purple');
  const blue = named(theme.isDark ? 'blue' : 'semi-dark-blue');
  const text = theme.colors.text.primary;
  return {
    idleInTransaction: { line: orange, fill: alpha(orange, theme.isDark ? 0.26 : 0.22) },
    waiting: { line: purple, fill: alpha(purple, theme.isDark ? 0.25 : 0.16) },
    active: { line: blue, fill: blue },
    idle: { line: alpha(text, 0.45), fill: alpha(text, theme.isDark ? 0.07 : 0.05) },
  };
}

/** A faint ground for bars and tracks. */
export function trackColor(theme: GrafanaTheme2): string {
  return colorManipulator.alpha(theme.colors.text.primary, theme.isDark ? 0.06 : 0.05);
}

export type Strength = 'soft' | 'strong';

/**
 * A state as a CSS background: hatched, dotted, solid or faint. Soft on large areas, where strong hatching shimmers;
 * strong on what is measured.
 */
export function statePattern(theme: GrafanaTheme2, kind: StateKind, strength: Strength = 'soft'): string {
  const { line, fill } = stateColors(theme)[kind];
  switch (kind) {
    case 'idleInTransaction':
      return strength === 'strong'
        ? `repeating-linear-gradient(-45deg, ${line} 0 1.5px, ${fill} 1.5px 5px)`
        : `repeating-linear-gradient(-45deg, ${colorManipulator.alpha(line, 0.62)} 0 1.3px, ${fill} 1.3px 6.5px)`;
    case 'waiting':
      return `radial-gradient(${line} 1px, ${fill} 1.2px) 0 0 / 4px 4px`;
    default:
      return fill;
  }
}

export const STATE_LABEL: Readonly<Record<StateKind, string>> = {
  idleInTransaction: 'idle in transaction',
  waiting: 'waiting in server',
  active: 'active',
  idle: 'idle',
};

export const STATE_SHORT: Readonly<Record<StateKind, string>> = {
  idleInTransaction: 'idle in tx',
  waiting: 'waiting',
  active: 'active',
  idle: 'idle',
};

/** Why the panel opens before the end. */
export const SETTLED_TITLE =
  'A trace is stored when its request ends: this is the newest snapshot whose open transactions can all have ended since. The key End goes to the last one.';

/** Width in px of what stands before a lane's track. */
export const LANE_LABEL_WIDTH = 166;

export const ELLIPSIS = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;

/** SQL, ids and the like; a little smaller, as monospaced letters look larger. */
export function monospace(theme: GrafanaTheme2) {
  return { fontFamily: theme.typography.fontFamilyMonospace, fontSize: 10.5 } as const;
}

export function focusRing(theme: GrafanaTheme2) {
  return {
    '&:focus-visible': {
      outline: `2px solid ${theme.colors.primary.border}`,
      outlineOffset: -1,
      borderRadius: 3,
    },
  } as const;
}

/** A button without any of a button's looks. */
export const PLAIN_BUTTON = {
  font: 'inherit',
  color: 'inherit',
  background: 'none',
  border: 0,
  padding: 0,
  cursor: 'pointer',
  textAlign: 'left',
} as const;
