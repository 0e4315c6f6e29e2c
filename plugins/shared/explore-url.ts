export interface ExploreTarget {
  readonly datasourceUid: string;
  /** The query as that data source's editor writes it, without refId and datasource. */
  readonly query: Readonly<Record<string, unknown>>;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The address of a query in Explore, relative to Grafana's root, in the form that 10.4 to 13 all read. */
export function exploreUrl({ datasourceUid, query, fromMs, toMs }: ExploreTarget): string {
  const panes = {
    a: {
      datasource: datasourceUid,
      queries: [{ refId: 'A', datasource: { uid: datasourceUid }, ...query }],
      range: { from: String(Math.floor(fromMs)), to: String(Math.ceil(toMs)) },
    },
  };
  return `/explore?schemaVersion=1&panes=${encodeURIComponent(JSON.stringify(panes))}`;
}
