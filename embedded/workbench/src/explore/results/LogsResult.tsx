import { css } from '@emotion/css';
import {
  type DataFrame,
  type GrafanaTheme2,
  LoadingState,
  type PanelData,
  type TimeRange,
} from '@grafana/data';
import { Alert, Button, InlineSwitch, Input, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import * as React from 'react';
import type { FieldFilter } from '../../logs/FieldList';
import { LogList } from '../../logs/LogList';
import { parserOf } from '../../logs/model/fields';
import type { SortOrder } from '../../logs/model/rows';
import { store } from '../../shell/storage';
import { lineFilterTexts, withFilter, withLineFilter } from '../model/logql-edit';
import type { ExploreQuery } from '../model/url-state';
import { VOLUME_BARS, VOLUME_FIELDS, volumeFrames, volumeQueries } from '../model/volume';
import { useAnswer } from '../useAnswer';
import { Viz } from './Viz';

interface LogsResultProps {
  readonly frames: readonly DataFrame[];
  readonly uid: string;
  readonly queries: readonly ExploreQuery[];
  readonly range: TimeRange;
  readonly run: number;
  readonly onRange: (range: TimeRange) => void;
  /** Runs changed queries. */
  readonly onQueries: (queries: readonly ExploreQuery[]) => void;
}

const SHOWN = { showTime: true, showLabels: false, wrapLines: true, prettify: false };
const SWITCHES = {
  showTime: 'Time',
  showLabels: 'Labels',
  wrapLines: 'Wrap lines',
  prettify: 'Prettify JSON',
} as const;
const VOLUME_OPTIONS = {
  legend: { showLegend: true, displayMode: 'list', placement: 'bottom', calcs: ['sum'] },
  tooltip: { mode: 'multi', sort: 'none' },
};

/** Log lines below a histogram of how many there are. */
export function LogsResult({ frames, uid, queries, range, run, onRange, onQueries }: LogsResultProps) {
  const styles = useStyles2(getStyles);
  const [kept] = React.useState(() => store('explore:log-options', SHOWN));
  const [shown, setShown] = React.useState(() => ({ ...SHOWN, ...kept.get() }));
  const [text, setText] = React.useState('');
  const order: SortOrder = queries[0]?.direction === 'forward' ? 'oldest' : 'newest';
  const options = React.useMemo(() => ({ ...shown, sortOrder: order }), [shown, order]);
  const marked = React.useMemo(
    () => queries.flatMap(({ expr }) => lineFilterTexts(String(expr ?? ''))),
    [queries],
  );

  const edit = (change: (expr: string) => string) =>
    onQueries(queries.map((query) => ({ ...query, expr: change(String(query.expr ?? '')) })));
  const onFilter = ({ line, ...filter }: FieldFilter) =>
    edit((expr) => withFilter(expr, { ...filter, parser: parserOf(line) }));
  const filterLines = (operator: '|=' | '!=') => {
    edit((expr) => withLineFilter(expr, text.trim(), operator));
    setText('');
  };
  const count = frames.reduce((sum, { length }) => sum + length, 0);
  const limit = Math.max(...frames.map(({ meta }) => meta?.limit ?? 0));

  return (
    <section className={styles.result} aria-label="Logs">
      <Volume uid={uid} queries={queries} range={range} run={run} onRange={onRange} />
      <div className={styles.bar}>
        {(Object.keys(SWITCHES) as (keyof typeof SWITCHES)[]).map((name) => (
          <InlineSwitch
            key={name}
            id={`logs-${name}`}
            transparent
            showLabel
            label={SWITCHES[name]}
            value={shown[name]}
            onChange={() => {
              const next = { ...shown, [name]: !shown[name] };
              setShown(next);
              kept.set(next);
            }}
          />
        ))}
        <RadioButtonGroup<SortOrder>
          size="sm"
          aria-label="Order of the lines"
          value={order}
          onChange={(next) =>
            onQueries(
              queries.map((query) => ({ ...query, direction: next === 'oldest' ? 'forward' : 'backward' })),
            )
          }
          options={[
            { value: 'newest', label: 'Newest first' },
            { value: 'oldest', label: 'Oldest first' },
          ]}
        />
        <form
          className={styles.filter}
          onSubmit={(event) => {
            event.preventDefault();
            filterLines('|=');
          }}
        >
          <Input
            aria-label="Text that lines contain"
            placeholder="Text in lines; select one below"
            value={text}
            width={28}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button size="md" variant="secondary" type="submit" disabled={text.trim() === ''}>
            Only with it
          </Button>
          <Button
            size="md"
            variant="secondary"
            type="button"
            disabled={text.trim() === ''}
            onClick={() => filterLines('!=')}
          >
            Without it
          </Button>
        </form>
      </div>
      <p className={styles.count} role="status">
        {count} lines{count >= limit && limit > 0 ? `, the limit: there may be more` : ''}
      </p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a selection by mouse fills the field above, which keys reach */}
      <div
        className={styles.list}
        onMouseUp={() => {
          const selected = window.getSelection()?.toString() ?? '';
          if (selected.trim() !== '' && !selected.includes('\n')) setText(selected);
        }}
      >
        <LogList frames={frames} options={options} marked={marked} onFilter={onFilter} />
      </div>
    </section>
  );
}

type VolumeProps = Pick<LogsResultProps, 'uid' | 'queries' | 'range' | 'run' | 'onRange'>;

function Volume({ uid, queries, range, run, onRange }: VolumeProps) {
  const asked = React.useMemo(
    () => ({ uid, queries: volumeQueries(queries), range, run, maxDataPoints: VOLUME_BARS }),
    [uid, queries, range, run],
  );
  const answer = useAnswer(asked);
  const data = React.useMemo<PanelData | undefined>(
    () => answer && { ...answer, series: [...volumeFrames(answer.series)] },
    [answer],
  );
  if (!data) return <div style={{ height: 150 }} />;
  if (data.state === LoadingState.Error)
    return <Alert severity="warning" title={`No volume: ${data.errors?.[0]?.message ?? ''}`} />;
  return (
    <Viz
      title="Lines over time"
      pluginId="timeseries"
      data={data}
      height={150}
      options={VOLUME_OPTIONS}
      fieldConfig={VOLUME_FIELDS}
      onRange={onRange}
    />
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    result: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(0.5) }),
    bar: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
    filter: css({ display: 'flex', gap: theme.spacing(0.5), marginLeft: 'auto' }),
    count: css({
      margin: 0,
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
    list: css({
      height: 'max(320px, calc(100vh - 220px))',
      border: `1px solid ${theme.colors.border.weak}`,
      background: theme.colors.background.primary,
    }),
  };
}
