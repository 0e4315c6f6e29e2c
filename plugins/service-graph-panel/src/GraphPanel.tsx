import type { PanelProps } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { useStyles2 } from '@grafana/ui';
import React, { useMemo, useRef, useState } from 'react';
import { Details } from './components/Details';
import { EdgeTable } from './components/EdgeTable';
import { Graph, scaleOf } from './components/Graph';
import { Header } from './components/Header';
import { Legend } from './components/Legend';
import { frameStyles } from './components/styles';
import { TableView } from './components/TableView';
import { useFollowing } from './components/use-following';
import { focusElement, useGraphInput } from './components/use-graph-input';
import { type Fitted, fit } from './layout/fit';
import type { Positions } from './layout/layout';
import { type Rooms, roomsOf } from './layout/rooms';
import { markedRoute, variableIn } from './model/marked-route';
import type { Graph as GraphModel } from './model/types';
import { startOf } from './model/walk';
import { modelOptionsOf, type Options } from './options';
import { linksFor } from './panel-links';
import { clockOf, timelineOf, windowsLabelOf } from './timeline';

export interface GraphPanelProps extends PanelProps<Options> {
  readonly graph: GraphModel;
  /** @returns whether the id was that of a folded group */
  readonly unfold: (id: string) => boolean;
}

/** The header, the graph or the table, the details and the legend. */
export function GraphPanel(props: GraphPanelProps) {
  const { graph, unfold, data, options, width, height, timeRange, timeZone, replaceVariables } = props;
  const styles = useStyles2(frameStyles);
  const root = useRef<HTMLDivElement>(null);
  const find = useRef<HTMLInputElement>(null);
  const [view, setView] = useFollowing(options.view);
  const [selected, setSelected] = useFollowing<string | undefined>(
    idIn(graph, replaceVariables(options.highlight)),
  );
  const [routeText, setRouteText] = useFollowing(replaceVariables(options.markedRoute));
  const marked = useMemo(() => markedRoute(graph, routeText), [graph, routeText]);
  const [focus, setFocus] = useState<string | undefined>();
  const [dragged, setDragged] = useState<Positions>({});

  const isOpen = idIn(graph, selected) !== undefined;
  const notice = graph.notices.join(' ');
  const rooms = roomsOf({ width, height, isOpen, hasNotice: notice !== '' });
  const { layout, scale } = fitInto(graph, rooms, { ...options.positions, ...dragged });

  const markRoute = (route: string) => {
    const next = route === marked?.route ? '' : route;
    setRouteText(next);
    setVariable(options.markedRoute, next);
  };
  const keep = (positions: Positions) => props.onOptionsChange({ ...options, positions });
  /** After the next drawing: a node that has just been unfolded, or a graph that has just replaced the table. */
  const focusSoon = (id: string | undefined) => setTimeout(() => focusElement(root.current, id));
  const select = (id: string | undefined) => {
    setSelected(id);
    focusSoon(id ?? selected);
  };
  const toggleFocus = (id: string) => setFocus(id === focus ? undefined : id);
  const start = startOf(layout.nodes);
  const handlers = useGraphInput(layout, scale, {
    open: (id) => {
      if (unfold(id)) focusSoon(graph.edges.find((edge) => edge.target === id)?.source);
      else select(id === selected ? undefined : id);
    },
    close: () => (isOpen ? select(undefined) : setFocus(undefined)),
    focusOn: toggleFocus,
    showTable: () => {
      setView('table');
      focusSoon(graph.edges.find((edge) => edge.id === selected)?.id ?? graph.edges[0]?.id);
    },
    find: () => find.current?.focus(),
    resetPositions: () => keep({}),
    drag: setDragged,
    move: (positions) => keep({ ...options.positions, ...positions }),
  });

  const model = useMemo(() => modelOptionsOf(options), [options]);
  const { windows } = graph;
  const timeline = timelineOf({ windows, timeRange, timeZone, annotations: data.annotations ?? [] });
  const stale = windows?.stale ? clockOf(windows.last, timeline.range, timeZone) : undefined;
  return (
    <div className={styles.panel} ref={root} data-testid="service-graph">
      <Header
        {...{ graph, view, findRef: find, onView: setView }}
        isCompact={rooms.isCompact}
        marked={marked}
        onUnmark={() => markRoute(marked?.route ?? '')}
        windows={windowsLabelOf(windows, timeline)}
        staleSince={stale}
        movedCount={Object.keys(options.positions).length}
        onFind={(text) => select(nodeNamed(graph, text))}
        onReset={() => keep({})}
      />
      {notice !== '' && (
        <div className={styles.notice} role="status" title={notice}>
          {notice}
        </div>
      )}
      <div className={rooms.details.kind === 'drawer' ? styles.beside : styles.below}>
        <div className={styles.stage}>
          {view === 'table' ? (
            <TableView graph={graph} onSelect={setSelected} onLeave={() => leaveTable()} />
          ) : (
            <>
              <Graph
                {...{ graph, layout, scale, selected, marked, focus, handlers }}
                beads={options.beads}
                poolThreshold={options.poolThreshold}
                entry={idIn(graph, selected) ?? start}
              />
              <div className={styles.screenReader}>
                <EdgeTable graph={graph} />
              </div>
            </>
          )}
        </div>
        {isOpen && selected !== undefined && (
          <Details
            {...{ graph, selected, timeline }}
            links={linksFor({ graph, options, timeRange, replaceVariables })}
            markedRoute={marked?.route}
            onMarkRoute={markRoute}
            place={rooms.details}
            queries={queriesOf(data.request?.targets ?? [])}
            onSelect={setSelected}
            onFocus={toggleFocus}
            onClose={() => select(undefined)}
          />
        )}
      </div>
      {view === 'graph' && rooms.hasLegend && (
        <Legend
          beadScale={scaleOf(graph, layout, options.beads)}
          options={model}
          hasPool={graph.nodes.some((node) => node.pools.length > 0)}
          hasExternal={graph.nodes.some((node) => node.kind === 'external')}
        />
      )}
    </div>
  );

  function leaveTable() {
    setView('graph');
    focusSoon(selected ?? start);
  }
}

function fitInto(graph: GraphModel, { stage }: Rooms, positions: Positions): Fitted {
  const nodes = graph.nodes.map(({ id, kind, pools, members }) => {
    return { id, kind, hasPool: pools.length > 0, folded: members.length > 0 };
  });
  return fit({ nodes, edges: graph.edges, positions, ...stage });
}

/** What "All" is in an address. */
const ALL = '$__all';

/** Sets the dashboard's variable that the option names, if it names one. */
function setVariable(option: string, value: string): void {
  const name = variableIn(option);
  if (name !== undefined) locationService.partial({ [`var-${name}`]: value || ALL }, true);
}

function idIn({ nodes, edges }: GraphModel, id: string | undefined): string | undefined {
  return [...nodes, ...edges].find((each) => each.id === id)?.id;
}

function nodeNamed({ nodes }: GraphModel, text: string): string | undefined {
  const sought = text.trim().toLowerCase();
  return sought === '' ? undefined : nodes.find(({ name }) => name.toLowerCase().includes(sought))?.id;
}

function queriesOf(targets: readonly object[]): string[] {
  return targets.flatMap((target) => {
    const { refId, expr } = target as { readonly refId?: string; readonly expr?: string };
    return expr ? [`${refId ?? ''}: ${expr}`] : [];
  });
}
