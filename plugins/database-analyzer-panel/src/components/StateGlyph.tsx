import { useTheme2 } from '@grafana/ui';
import React, { memo } from 'react';
import type { StateKind } from '../model/session';
import { stateColors } from './theme';

/** A state's sign: its shape tells it apart without colour. */
export const StateGlyph = memo(function StateGlyph({ kind }: { kind: StateKind }) {
  const { line, fill } = stateColors(useTheme2())[kind];
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" style={{ flex: 'none' }}>
      {kind === 'idleInTransaction' && (
        <>
          <rect x="1.5" y="1.5" width="9" height="9" rx="1.5" fill="none" stroke={line} strokeWidth="1.4" />
          <path d="M4.6 3.8v4.4M7.4 3.8v4.4" stroke={line} strokeWidth="1.5" />
        </>
      )}
      {kind === 'waiting' && (
        <>
          <path d="M6 .8 11.2 6 6 11.2.8 6Z" fill={fill} stroke={line} strokeWidth="1.3" />
          <circle cx="6" cy="6" r="1.3" fill={line} />
        </>
      )}
      {kind === 'active' && <circle cx="6" cy="6" r="4.8" fill={line} />}
      {kind === 'idle' && <circle cx="6" cy="6" r="4.2" fill="none" stroke={line} strokeWidth="1.4" />}
    </svg>
  );
});
