import { css } from '@emotion/css';
import type { FieldConfigSource, GrafanaTheme2, PanelData, TimeRange } from '@grafana/data';
import { RadioButtonGroup, useStyles2 } from '@grafana/ui';
import * as React from 'react';
import { store } from '../../shell/storage';
import { Viz } from './Viz';

const STYLES = {
  lines: { drawStyle: 'line', fillOpacity: 0, stacking: { mode: 'none' } },
  bars: { drawStyle: 'bars', fillOpacity: 60, stacking: { mode: 'none' } },
  points: { drawStyle: 'points', fillOpacity: 0, stacking: { mode: 'none' } },
  'stacked lines': { drawStyle: 'line', fillOpacity: 40, stacking: { mode: 'normal' } },
  'stacked bars': { drawStyle: 'bars', fillOpacity: 60, stacking: { mode: 'normal' } },
} as const;

type Style = keyof typeof STYLES;

const OPTIONS = {
  legend: { showLegend: true, displayMode: 'list', placement: 'bottom', calcs: [] },
  tooltip: { mode: 'multi', sort: 'desc' },
};

interface GraphResultProps {
  readonly data: PanelData;
  readonly onRange: (range: TimeRange) => void;
}

/** Series as a graph in one of five styles. */
export function GraphResult({ data, onRange }: GraphResultProps) {
  const styles = useStyles2(getStyles);
  const [kept] = React.useState(() => store<Style>('explore:graph-style', 'lines'));
  const [style, setStyle] = React.useState<Style>(() => (kept.get() in STYLES ? kept.get() : 'lines'));
  const fieldConfig = React.useMemo<FieldConfigSource>(
    () => ({
      defaults: {
        color: { mode: 'palette-classic' },
        custom: { ...STYLES[style], lineWidth: 1, pointSize: 5, showPoints: 'auto', spanNulls: false },
      },
      overrides: [],
    }),
    [style],
  );
  return (
    <section aria-label="Graph">
      <div className={styles.bar}>
        <RadioButtonGroup<Style>
          size="sm"
          aria-label="Style of the graph"
          value={style}
          onChange={(next) => {
            setStyle(next);
            kept.set(next);
          }}
          options={(Object.keys(STYLES) as Style[]).map((value) => ({ value, label: capitalised(value) }))}
        />
      </div>
      <Viz
        title="Graph"
        pluginId="timeseries"
        data={data}
        height={360}
        options={OPTIONS}
        fieldConfig={fieldConfig}
        onRange={onRange}
      />
    </section>
  );
}

/** Values of one instant as a table. */
export function TableResult({ data }: { readonly data: PanelData }) {
  const rows = Math.max(...data.series.map(({ length }) => length), 0);
  return (
    <section aria-label="Table">
      <Viz title="Table" pluginId="table" data={data} height={Math.min(520, 110 + rows * 36)} />
    </section>
  );
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function getStyles(theme: GrafanaTheme2) {
  return {
    bar: css({ display: 'flex', justifyContent: 'flex-end', paddingBottom: theme.spacing(1) }),
  };
}
