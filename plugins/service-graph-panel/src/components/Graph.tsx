import { useStyles2 } from '@grafana/ui';
import React, { useId } from 'react';
import type { Layout } from '../layout/layout';
import { hasOneRow } from '../layout/place';
import type { MarkedRoute } from '../model/marked-route';
import type { Graph as GraphModel } from '../model/types';
import { beadScale } from './beads';
import { EdgeView } from './EdgeView';
import { NodeView } from './NodeView';
import { graphStyles } from './styles';
import type { GraphHandlers } from './use-graph-input';

export interface GraphProps {
  readonly graph: GraphModel;
  readonly layout: Layout;
  /** Screen px for each px of the layout. */
  readonly scale: number;
  readonly beads: boolean;
  readonly poolThreshold: number;
  readonly selected: string | undefined;
  readonly marked: MarkedRoute | undefined;
  /** Node whose neighbourhood stands out. */
  readonly focus: string | undefined;
  /** The element that Tab leads to. */
  readonly entry: string | undefined;
  readonly handlers: GraphHandlers;
}

const HELP =
  'Service graph. Arrow keys walk along calls, Enter opens details, F focuses on neighbours, T shows a table, ' +
  'slash finds a node, Shift with arrow keys moves a node, 0 resets positions.';

export function Graph(props: GraphProps) {
  const { graph, layout, beads, poolThreshold, selected, focus, entry, handlers } = props;
  const styles = useStyles2(graphStyles);
  const hatch = `hatch${useId().replace(/\W/g, '')}`;
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const edges = new Map(graph.edges.map((edge) => [edge.id, edge]));
  const nameOf = (id: string) => nodes.get(id)?.name ?? id;
  const isEntry = (source: string) => nodes.get(source)?.kind === 'client';
  const near = neighboursOf(graph, focus);
  const perBead = scaleOf(graph, layout, beads);
  return (
    <svg
      className={styles.svg}
      width={Math.floor(layout.width * props.scale)}
      height={Math.floor(layout.height * props.scale)}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      preserveAspectRatio="xMinYMin"
      role="application"
      aria-label={HELP}
      tabIndex={-1}
      {...handlers}
    >
      <defs>
        <pattern id={hatch} width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className={styles.hatch} width={5} height={5} />
          <rect className={styles.hatchGap} width={1.6} height={5} />
        </pattern>
      </defs>
      {layout.edges.map((placed) => {
        const edge = edges.get(placed.id);
        return (
          edge && (
            <EdgeView
              key={placed.id}
              edge={edge}
              placed={placed}
              isDense={hasOneRow(layout.density)}
              beadScale={perBead}
              isEntry={isEntry(edge.source)}
              isSelected={selected === edge.id}
              marked={props.marked}
              isDimmed={focus !== undefined && edge.source !== focus && edge.target !== focus}
              tabIndex={entry === edge.id ? 0 : -1}
              nameOf={nameOf}
            />
          )
        );
      })}
      {layout.nodes.map((placed) => {
        const node = nodes.get(placed.id);
        return (
          node && (
            <NodeView
              key={placed.id}
              node={node}
              placed={placed}
              tier={layout.tier}
              density={layout.density}
              poolThreshold={poolThreshold}
              hatch={hatch}
              isSelected={selected === node.id}
              isDimmed={focus !== undefined && !near.has(node.id)}
              tabIndex={entry === node.id ? 0 : -1}
            />
          )
        );
      })}
    </svg>
  );
}

const BEAD_ROWS = { roomy: 3, close: 3, dense: 2, tight: 1 } as const;

/** Calls that a bead stands for; 0 = no beads. Entries are the sum of what lies behind them and have none. */
export function scaleOf(graph: GraphModel, layout: Layout, beads: boolean): number {
  if (!beads) return 0;
  const clients = new Set(graph.nodes.filter(({ kind }) => kind === 'client').map(({ id }) => id));
  const drawn = new Set(layout.edges.filter((edge) => edge.onRunway).map((edge) => edge.id));
  const counted = graph.edges.filter((edge) => drawn.has(edge.id) && !clients.has(edge.source));
  return beadScale(counted, layout.runway, BEAD_ROWS[layout.density]);
}

function neighboursOf({ edges }: GraphModel, focus: string | undefined): Set<string> {
  const own = edges.filter((edge) => edge.source === focus || edge.target === focus);
  return new Set([...own.flatMap((edge) => [edge.source, edge.target]), ...(focus ? [focus] : [])]);
}
