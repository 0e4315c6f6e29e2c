import { Button, Input, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import React, { type Ref, useState } from 'react';
import type { MarkedRoute } from '../model/marked-route';
import type { Graph } from '../model/types';
import { frameStyles } from './styles';

export type View = 'graph' | 'table';

export interface HeaderProps {
  readonly graph: Graph;
  readonly view: View;
  readonly isCompact: boolean;
  /** What the figures cover, in words. */
  readonly windows: string;
  /** Time of the newest sample when it is old. */
  readonly staleSince: string | undefined;
  readonly marked: MarkedRoute | undefined;
  readonly movedCount: number;
  readonly findRef: Ref<HTMLInputElement>;
  readonly onFind: (text: string) => void;
  readonly onView: (view: View) => void;
  readonly onReset: () => void;
  readonly onUnmark: () => void;
}

const VIEWS = [
  { value: 'graph', label: 'Graph' },
  { value: 'table', label: 'Table' },
] as const;

export function Header(props: HeaderProps) {
  const { graph, view, isCompact, windows, staleSince, movedCount, onView, onReset } = props;
  const styles = useStyles2(frameStyles);
  return (
    <div className={styles.header}>
      <span className={styles.count} role="status">
        {summaryOf(graph).map((part) => (
          <span key={part}>{part}</span>
        ))}
      </span>
      {staleSince !== undefined && <span className={styles.stale}>◆ last sample {staleSince}</span>}
      {props.marked && <Marked marked={props.marked} onUnmark={props.onUnmark} />}
      {!isCompact && view === 'graph' && <Find {...props} />}
      {!isCompact && windows !== '' && (
        <span className={styles.windows} title="Panel options: Figures over, Compare with">
          {windows}
        </span>
      )}
      {movedCount > 0 && (
        <Button variant="secondary" size="sm" onClick={onReset}>
          Reset {movedCount} moved
        </Button>
      )}
      <RadioButtonGroup
        size="sm"
        options={[...VIEWS]}
        value={view}
        onChange={(value: View) => onView(value)}
        aria-label="View"
      />
    </div>
  );
}

interface MarkedProps {
  readonly marked: MarkedRoute;
  readonly onUnmark: () => void;
}

/** Says which route is marked, and takes the mark away. */
function Marked({ marked: { route, edges }, onUnmark }: MarkedProps) {
  const count = `${edges.size} ${edges.size === 1 ? 'edge' : 'edges'}`;
  return (
    <Button variant="secondary" size="sm" icon="times" tooltip="Do not mark this route" onClick={onUnmark}>
      {route} · {count}
    </Button>
  );
}

function Find({ findRef, onFind }: HeaderProps) {
  const styles = useStyles2(frameStyles);
  const [text, setText] = useState('');
  return (
    <div className={styles.find}>
      <Input
        ref={findRef}
        value={text}
        placeholder="Find a node ( / )"
        aria-label="Find a node"
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onFind(text);
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
    </div>
  );
}

/** The most important first: what has no room is left out from the end. */
function summaryOf({ nodes, edges }: Graph): string[] {
  const over = edges.filter((edge) => edge.over.errors || edge.over.latency).length;
  const full = nodes.filter((node) => node.pools.some((pool) => pool.over.utilization)).length;
  return [
    over === 0 ? 'none over a threshold' : `${over} ${over === 1 ? 'edge' : 'edges'} over a threshold`,
    ...(full > 0 ? ['▲ connection pool over its threshold'] : []),
    `${nodes.length} nodes, ${edges.length} edges`,
  ];
}
