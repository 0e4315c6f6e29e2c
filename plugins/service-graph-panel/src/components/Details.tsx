import { IconButton, useStyles2 } from '@grafana/ui';
import React, { type CSSProperties, type ReactNode } from 'react';
import type { DetailsPlace } from '../layout/rooms';
import { kindWord } from '../model/describe';
import type { Detail, Graph, GraphEdge, GraphNode } from '../model/types';
import { CallsList } from './CallsList';
import { CallsRows, FiguresTable, type Timeline } from './FiguresTable';
import { type Link, Links } from './Links';
import { NodeFigures } from './NodeFigures';
import { Routes } from './Routes';
import { detailStyles } from './styles';

/** Where the details lead to. */
export interface DetailLinks {
  readonly ofEdge: (edge: GraphEdge) => readonly Link[];
  readonly ofRoute: (edge: GraphEdge, route: string) => readonly Link[];
  readonly ofNode: (node: GraphNode) => readonly Link[];
}

export interface DetailsProps {
  readonly graph: Graph;
  readonly selected: string;
  readonly timeline: Timeline;
  readonly links: DetailLinks;
  readonly markedRoute: string | undefined;
  readonly onMarkRoute: (route: string) => void;
  readonly place: DetailsPlace;
  /** `name: expression` of the panel's queries. */
  readonly queries: readonly string[];
  readonly onSelect: (id: string) => void;
  readonly onFocus: (id: string) => void;
  readonly onClose: () => void;
}

/** Everything that is known of the selected edge or node. */
export function Details(props: DetailsProps) {
  const styles = useStyles2(detailStyles);
  const edge = props.graph.edges.find((each) => each.id === props.selected);
  const node = props.graph.nodes.find((each) => each.id === props.selected);
  if (edge === undefined && node === undefined) return null;
  return (
    <aside
      className={styles[props.place.kind]}
      style={sizeOf(props.place)}
      aria-label="Details"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        props.onClose();
      }}
    >
      {edge ? <EdgeDetails {...props} edge={edge} /> : node && <NodeDetails {...props} node={node} />}
      {props.queries.length > 0 && (
        <details className={styles.queries}>
          <summary>Queries</summary>
          <pre>{props.queries.join('\n\n')}</pre>
        </details>
      )}
    </aside>
  );
}

function sizeOf(place: DetailsPlace): CSSProperties {
  return place.kind === 'drawer' ? { width: place.width } : { height: place.height };
}

interface TitleProps {
  readonly tags: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

function Title({ tags, onClose, children }: TitleProps) {
  const styles = useStyles2(detailStyles);
  return (
    <>
      <div className={styles.top}>
        <h3>{children}</h3>
        <IconButton name="times" tooltip="Close details" aria-label="Close details" onClick={onClose} />
      </div>
      <div className={styles.tags}>{tags}</div>
    </>
  );
}

function EdgeDetails(props: DetailsProps & { readonly edge: GraphEdge }) {
  const { graph, edge, timeline, links, onSelect, onFocus, onClose } = props;
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const nameOf = (id: string) => nodes.get(id)?.name ?? id;
  const target = nodes.get(edge.target);
  const others = graph.edges.filter((each) => each.source === edge.source && each.id !== edge.id);
  return (
    <>
      <Title tags={`${target ? kindWord(target.kind) : ''} · timed by the caller`} onClose={onClose}>
        {nameOf(edge.source)} → {nameOf(edge.target)}
      </Title>
      <FiguresTable timeline={timeline}>
        <CallsRows {...edge} timeline={timeline} />
      </FiguresTable>
      <Facts details={edge.details} />
      <Links
        links={links.ofEdge(edge)}
        focusName={nameOf(edge.source)}
        onFocus={() => onFocus(edge.source)}
      />
      <Routes
        edge={edge}
        linksOf={(route) => links.ofRoute(edge, route)}
        marked={props.markedRoute}
        onMark={props.onMarkRoute}
      />
      <CallsList
        title={`Other calls of ${nameOf(edge.source)}`}
        edges={others}
        label={(each) => `→ ${nameOf(each.target)}`}
        onSelect={onSelect}
      />
    </>
  );
}

function NodeDetails(props: DetailsProps & { readonly node: GraphNode }) {
  const { graph, node, timeline, links, onSelect, onFocus, onClose } = props;
  const nameOf = (id: string) => graph.nodes.find((each) => each.id === id)?.name ?? id;
  const callers = graph.edges.filter((edge) => edge.target === node.id);
  const calls = graph.edges.filter((edge) => edge.source === node.id);
  const tags = [
    kindWord(node.kind),
    plural(callers.length, 'caller'),
    ...(calls.length > 0 ? [`calls ${plural(calls.length, 'other')}`] : []),
  ];
  return (
    <>
      <Title tags={tags.join(' · ')} onClose={onClose}>
        {node.name}
      </Title>
      <NodeFigures node={node} timeline={timeline} />
      <Facts details={node.details} />
      <Links links={links.ofNode(node)} focusName="neighbours" onFocus={() => onFocus(node.id)} />
      <CallsList
        title="Callers"
        edges={callers}
        label={(each) => `← ${nameOf(each.source)}`}
        onSelect={onSelect}
      />
      <CallsList
        title="Calls"
        edges={calls}
        label={(each) => `→ ${nameOf(each.target)}`}
        onSelect={onSelect}
      />
    </>
  );
}

/** What node graph frames say beside the figures. */
function Facts({ details }: { readonly details: readonly Detail[] }) {
  const styles = useStyles2(detailStyles);
  if (details.length === 0) return null;
  return (
    <ul className={styles.list}>
      {details.map(({ name, value }) => (
        <li key={name}>
          <span>{name}</span>
          <span>{value}</span>
        </li>
      ))}
    </ul>
  );
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
