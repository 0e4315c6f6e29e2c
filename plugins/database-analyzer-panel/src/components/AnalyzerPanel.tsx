import type { PanelProps } from '@grafana/data';
import React, { useMemo } from 'react';
import { LruCache } from '../data/lru-cache';
import { loadRecording, type Range, type Recording, type SnapshotSource } from '../data/sources';
import { useLoaded } from '../data/use-loaded';
import { clockFor } from '../model/format';
import { readPoolMetrics } from '../model/pool-metrics';
import { DEFAULTS, type Options } from '../options';
import { Analyzer } from './Analyzer';
import { PanelMessage } from './PanelMessage';

/** What the panel is given, and which snapshots there are; says what is missing when there is nothing to draw. */
export function AnalyzerPanel(props: PanelProps<Options>) {
  const { data, timeRange, timeZone, width, height, onChangeTimeRange } = props;
  const options = useInterpolated(props);
  const { lokiUid, selector, poolApplication, samplingSeconds } = options;
  const fromMs = timeRange.from.valueOf();
  const toMs = timeRange.to.valueOf();
  const range = useMemo<Range>(() => ({ fromMs, toMs }), [fromMs, toMs]);
  const source = useMemo<SnapshotSource>(
    () => ({
      datasourceUid: lokiUid,
      selector,
      application: poolApplication,
      intervalMs: samplingSeconds * 1000,
    }),
    [lokiUid, selector, poolApplication, samplingSeconds],
  );
  const metrics = useMemo(() => readPoolMetrics(data.series), [data.series]);
  const byState = metrics.states === undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another source is another cache
  const cache = useMemo(() => new LruCache<Recording>(8), [source]);
  const recording = useLoaded({
    key: lokiUid ? `${fromMs} ${toMs} ${byState}` : undefined,
    load: (signal) => loadRecording(source, range, { byState, signal }),
    cache,
  });
  const clock = clockFor(timeZone);

  if (!lokiUid) {
    return (
      <PanelMessage icon="database" title="No data source for session snapshots">
        Choose a Loki data source in the panel’s options, under Data. Metrics of the pool come from the
        panel’s queries.
      </PanelMessage>
    );
  }
  if (recording.error) {
    return (
      <PanelMessage icon="exclamation-triangle" title="Session snapshots could not be read" query={selector}>
        {recording.error}
      </PanelMessage>
    );
  }
  const { value } = recording;
  if (!value) return <PanelMessage icon="fa fa-spinner" title="Looking for session snapshots" />;
  if (value.kind === 'nothing') {
    const { elsewhereMs } = value;
    const center = (timeMs: number) => () =>
      onChangeTimeRange({ from: timeMs - 30 * 60_000, to: timeMs + 60_000 });
    return (
      <PanelMessage
        icon="clock-nine"
        title="No session snapshots in this time range"
        query={selector}
        action={
          elsewhereMs === undefined ? undefined : { label: 'Go to the newest', onClick: center(elsewhereMs) }
        }
      >
        There are no lines between {clock.seconds(fromMs)} and {clock.seconds(toMs)} ({clock.zone}).{' '}
        {elsewhereMs !== undefined && `The newest snapshot is at ${clock.seconds(elsewhereMs)}.`}
      </PanelMessage>
    );
  }
  return (
    <Analyzer
      key={`${lokiUid} ${selector}`}
      {...{ options, width, height, clock, range, source, metrics }}
      recorded={value}
      eventBus={props.eventBus}
    />
  );
}

const TEXTS = ['lokiUid', 'tempoUid', 'selector', 'logSelector', 'poolApplication', 'filter'] as const;

/** Options with defaults, and with the dashboard's variables in the texts. */
function useInterpolated({ options, replaceVariables }: PanelProps<Options>): Options {
  const all = { ...DEFAULTS, ...options };
  const texts = Object.fromEntries(TEXTS.map((name) => [name, replaceVariables(all[name] ?? '')]));
  const key = JSON.stringify([all, texts]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that can change
  return useMemo(() => ({ ...all, ...texts }), [key]);
}
