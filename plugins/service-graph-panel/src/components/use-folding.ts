/** Which leaves are folded: those over a threshold stay outside for a while, and what was unfolded by hand stays so. */
import { useRef, useState } from 'react';
import { foldLeaves, isGroup, keepApart, overThreshold } from '../model/fold';
import type { Graph } from '../model/types';

export interface Folding {
  readonly graph: Graph | undefined;
  /** @returns whether the id was that of a folded group, which is open now */
  readonly unfold: (id: string) => boolean;
}

export function useFolding(graph: Graph | undefined, from: number): Folding {
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const memory = useRef<{ graph: Graph | undefined; apart: ReadonlyMap<string, number> }>({
    graph: undefined,
    apart: new Map(),
  });
  // One evaluation per graph, however often it is drawn.
  if (graph !== undefined && memory.current.graph !== graph)
    memory.current = { graph, apart: keepApart(memory.current.apart, overThreshold(graph)) };
  const apart = new Set(memory.current.apart.keys());
  return {
    graph: graph && foldLeaves(graph, { from, unfolded, apart }),
    unfold: (id) => {
      if (!isGroup(id)) return false;
      setUnfolded(new Set([...unfolded, id]));
      return true;
    },
  };
}
