import { css } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';
import * as React from 'react';

/** What a panel shows when its queries found nothing. */
export function NoData({ children = 'No data' }: { readonly children?: React.ReactNode }) {
  const styles = useStyles2(getStyles);
  return <div className={styles.middle}>{children}</div>;
}

function getStyles() {
  return { middle: css({ display: 'grid', placeItems: 'center', height: '100%', textAlign: 'center' }) };
}
