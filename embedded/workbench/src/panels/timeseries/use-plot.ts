import type { UPlotConfigBuilder } from '@grafana/ui';
import * as React from 'react';
import type uPlot from 'uplot';

/** The plot that is made of a configuration; it is there when the first marker is placed. */
export function usePlot(config: UPlotConfigBuilder): React.MutableRefObject<uPlot | undefined> {
  const plot = React.useRef<uPlot>();
  React.useLayoutEffect(() => {
    config.addHook('init', (made) => {
      plot.current = made;
    });
  }, [config]);
  return plot;
}
