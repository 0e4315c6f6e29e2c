import { type SceneObject, SceneQueryRunner, sceneGraph, VizPanel, VizPanelMenu } from '@grafana/scenes';
import type { DataQuery } from '@grafana/schema';

/** The menu of a panel that asks a data source: its queries in Explore. */
export function panelMenu(): VizPanelMenu {
  const menu = new VizPanelMenu({});
  menu.addActivationHandler(() => {
    const panel = menu.parent;
    if (!(panel instanceof VizPanel)) return;
    menu.setState({ items: [{ text: 'Explore', iconClassName: 'compass', href: exploreAddress(panel) }] });
  });
  return menu;
}

/** The address of a panel's queries in Explore, with its variables filled in and its time range. */
function exploreAddress(panel: VizPanel): string {
  const runner = sceneGraph.findObject(
    panel,
    (object) => object instanceof SceneQueryRunner,
  ) as SceneQueryRunner;
  const { datasource, queries } = runner.state;
  const { from, to } = sceneGraph.getTimeRange(panel).state.value;
  const panes = {
    a: {
      datasource: datasource?.uid,
      queries: queries.map((query) => ({
        ...filledIn(query, panel),
        datasource: query.datasource ?? datasource,
      })),
      range: { from: String(from.valueOf()), to: String(to.valueOf()) },
    },
  };
  return `/explore?schemaVersion=1&panes=${encodeURIComponent(JSON.stringify(panes))}`;
}

/** Dashboard variables mean nothing in Explore; what the data source fills in itself stays. */
function filledIn(query: DataQuery, panel: SceneObject): DataQuery {
  const filled = Object.entries(query).map(([name, value]) => [
    name,
    typeof value === 'string' && name !== 'legendFormat' ? withoutVariables(value, panel) : value,
  ]);
  return Object.fromEntries(filled) as DataQuery;
}

function withoutVariables(text: string, panel: SceneObject): string {
  const names = sceneGraph.getVariables(panel).state.variables.map(({ state }) => state.name);
  return text.replace(/\$(\w+)|\$\{(\w+)(?::\w+)?\}/g, (whole, bare, braced) =>
    names.includes(bare ?? braced) ? sceneGraph.interpolate(panel, whole, {}, 'regex') : whole,
  );
}
