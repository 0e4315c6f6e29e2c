/** Nodes and edges as the incident's graph has them, for tests of the layout. */
import type { LayoutEdge, LayoutNode } from '../layout/layout';

const KINDS: Readonly<Record<string, LayoutNode['kind']>> = {
  clients: 'client',
  postgresql: 'database',
  connector: 'external',
  'payment-gateway': 'external',
  'email-provider': 'external',
  'identity-provider': 'external',
  'validation-service': 'external',
};
const CALLS = [
  ['clients', 'api'],
  [
    'api',
    'postgresql identity-provider validation-service workflow-engine job-scheduler notification-service',
  ],
  ['job-scheduler', 'postgresql notification-service connector payment-gateway'],
  ['workflow-engine', 'postgresql notification-service connector'],
  ['notification-service', 'postgresql email-provider'],
] as const;

export const CALL_EDGES: readonly LayoutEdge[] = CALLS.flatMap(([source, targets]) =>
  targets.split(' ').map((target) => ({ id: `${source}>${target}`, source, target })),
);
const IDS = [...new Set(CALL_EDGES.flatMap(({ source, target }) => [source, target]))].sort();
export const CALL_NODES: readonly LayoutNode[] = IDS.map((id) => {
  return { id, kind: KINDS[id] ?? 'service', hasPool: id === 'postgresql', folded: false };
});
