import { css } from '@emotion/css';
import type { DataSourceInstanceSettings, GrafanaTheme2, TimeRange } from '@grafana/data';
import { Button, RadioButtonGroup, TimeRangePicker, ToolbarButton, useStyles2 } from '@grafana/ui';
import * as React from 'react';
import { moved, zoomedOut } from './model/time';

interface ToolbarProps {
  readonly sources: readonly DataSourceInstanceSettings[];
  readonly uid: string;
  readonly range: TimeRange;
  readonly isRunning: boolean;
  readonly onSource: (uid: string) => void;
  readonly onRange: (range: TimeRange) => void;
  /** Back to the incident's window. */
  readonly onWholeWindow: () => void;
  readonly onRun: () => void;
  readonly onHistory: () => void;
}

/** Data source, time, history, and the button that runs the queries. */
export function Toolbar(props: ToolbarProps) {
  const { sources, uid, range, isRunning, onSource, onRange, onWholeWindow, onRun, onHistory } = props;
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.bar} role="toolbar" aria-label="Explore">
      <RadioButtonGroup
        aria-label="Data source"
        value={uid}
        onChange={onSource}
        options={sources.map((source) => ({
          value: source.uid,
          label: source.name,
          description: WHAT[source.type],
        }))}
      />
      <ToolbarButton variant="canvas" icon="history" onClick={onHistory}>
        Query history
      </ToolbarButton>
      <div className={styles.right}>
        <ToolbarButton variant="canvas" tooltip="The whole time of the incident" onClick={onWholeWindow}>
          Incident
        </ToolbarButton>
        <TimeRangePicker
          value={range}
          timeZone="browser"
          onChange={onRange}
          onChangeTimeZone={() => {}}
          onMoveBackward={() => onRange(moved(range, -1))}
          onMoveForward={() => onRange(moved(range, 1))}
          onZoom={() => onRange(zoomedOut(range))}
          isOnCanvas
        />
        <Button icon={isRunning ? 'spinner' : 'sync'} onClick={onRun} tooltip="Shift+Enter in a query">
          Run query
        </Button>
      </div>
    </div>
  );
}

const WHAT: Readonly<Record<string, string>> = {
  prometheus: 'Metrics, by PromQL',
  loki: 'Logs and database sessions, by LogQL',
  tempo: 'Traces, by TraceQL',
};

function getStyles(theme: GrafanaTheme2) {
  return {
    bar: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
    right: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), marginLeft: 'auto' }),
  };
}
