import { PanelPlugin } from '@grafana/data';
import { AnalyzerPanel } from './components/AnalyzerPanel';
import { DataSourceEditor } from './components/DataSourceEditor';
import { DEFAULTS, type Options, THRESHOLDS_S } from './options';

export const plugin = new PanelPlugin<Options>(AnalyzerPanel).setNoPadding().setPanelOptions((builder) => {
  const data = ['Data'];
  const view = ['View'];
  builder
    .addCustomEditor({
      id: 'lokiUid',
      path: 'lokiUid',
      name: 'Session snapshots',
      description: 'Loki data source with a line for every session at every snapshot',
      category: data,
      editor: DataSourceEditor,
      settings: { type: 'loki' },
      defaultValue: DEFAULTS.lokiUid,
    })
    .addCustomEditor({
      id: 'tempoUid',
      path: 'tempoUid',
      name: 'Traces',
      description: 'Tempo data source; a transaction’s statements are read from its trace',
      category: data,
      editor: DataSourceEditor,
      settings: { type: 'tempo' },
      defaultValue: DEFAULTS.tempoUid,
    })
    .addTextInput({
      path: 'selector',
      name: 'Snapshot stream',
      category: data,
      defaultValue: DEFAULTS.selector,
    })
    .addTextInput({
      path: 'logSelector',
      name: 'Log stream',
      description: 'Streams that a trace’s logs are looked for in',
      category: data,
      defaultValue: DEFAULTS.logSelector,
    })
    .addTextInput({
      path: 'poolApplication',
      name: 'Pool application',
      description: 'application_name of the sessions that belong to the pool',
      category: data,
      defaultValue: DEFAULTS.poolApplication,
    })
    .addNumberInput({
      path: 'samplingSeconds',
      name: 'Sampling interval',
      description: 'Seconds from one snapshot to the next',
      category: data,
      defaultValue: DEFAULTS.samplingSeconds,
      settings: { min: 1 },
    })
    .addRadio({
      path: 'groupBy',
      name: 'Group by',
      category: view,
      defaultValue: DEFAULTS.groupBy,
      settings: {
        options: [
          { value: 'state', label: 'State' },
          { value: 'application', label: 'Application' },
          { value: 'route', label: 'Route' },
          { value: 'statement', label: 'Last statement' },
        ],
      },
    })
    .addTextInput({ path: 'filter', name: 'Filter', category: view, defaultValue: DEFAULTS.filter })
    .addRadio({
      path: 'windowSeconds',
      name: 'Window',
      description: 'Time before the instant that connection-seconds and pool arithmetic cover',
      category: view,
      defaultValue: DEFAULTS.windowSeconds,
      settings: {
        options: [
          { value: 60, label: '1 min' },
          { value: 300, label: '5 min' },
        ],
      },
    })
    .addRadio({
      path: 'longTransactionSeconds',
      name: 'Transactions from',
      category: view,
      defaultValue: DEFAULTS.longTransactionSeconds,
      settings: { options: THRESHOLDS_S.map((value) => ({ value, label: `${value} s` })) },
    })
    .addNumberInput({
      path: 'foldFrom',
      name: 'Fold from',
      description: 'So many equal sessions become one line',
      category: view,
      defaultValue: DEFAULTS.foldFrom,
      settings: { min: 2 },
    })
    .addNumberInput({
      path: 'ageScaleSeconds',
      name: 'Age scale',
      description: 'Seconds at the end of the age bars; it never changes by itself',
      category: view,
      defaultValue: DEFAULTS.ageScaleSeconds,
      settings: { min: 1 },
    })
    .addNumberInput({
      path: 'lanesBefore',
      name: 'Lanes before the instant',
      category: view,
      defaultValue: DEFAULTS.lanesBefore,
      settings: { min: 5 },
    })
    .addNumberInput({
      path: 'lanesAfter',
      name: 'Lanes after the instant',
      category: view,
      defaultValue: DEFAULTS.lanesAfter,
      settings: { min: 0 },
    })
    .addBooleanSwitch({
      path: 'showFuture',
      name: 'After the instant',
      description: 'Draw, dashed, what a stored trace knows of the time after the instant',
      category: view,
      defaultValue: DEFAULTS.showFuture,
    })
    .addBooleanSwitch({ path: 'showRoute', name: 'Routes', category: view, defaultValue: DEFAULTS.showRoute })
    .addTextInput({
      path: 'routeVariable',
      name: 'Route variable',
      description: 'Dashboard variable that is set to the route of the selected transaction',
      category: view,
      defaultValue: DEFAULTS.routeVariable,
    })
    .addBooleanSwitch({
      path: 'attributeGaps',
      name: 'Conclusions',
      description: 'Name the spans beside a transaction and say in words what the figures come to',
      category: ['Conclusions'],
      defaultValue: DEFAULTS.attributeGaps,
    });
});
