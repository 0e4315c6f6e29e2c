import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import {
  type SceneComponentProps,
  SceneObjectBase,
  type SceneObjectState,
  sceneGraph,
} from '@grafana/scenes';
import { Icon, Tooltip, useStyles2 } from '@grafana/ui';
import * as React from 'react';
import { Link } from 'react-router-dom-v5-compat';
import type { LinkJson } from './json';

interface PanelLinksState extends SceneObjectState {
  readonly links: readonly LinkJson[];
}

/** The links of a panel, beside its title. */
export class PanelLinks extends SceneObjectBase<PanelLinksState> {
  static Component = ({ model }: SceneComponentProps<PanelLinks>) => {
    const styles = useStyles2(getStyles);
    const { links } = model.useState();
    // Their addresses hold the time range and the variables, and follow both.
    sceneGraph.getTimeRange(model).useState();
    return (
      <>
        {links.map(({ title, url = '' }) => (
          <Tooltip key={title} content={title}>
            <Link to={sceneGraph.interpolate(model, url)} className={styles.link} aria-label={title}>
              <Icon name="external-link-alt" />
            </Link>
          </Tooltip>
        ))}
      </>
    );
  };
}

function getStyles(theme: GrafanaTheme2) {
  return {
    link: css({
      display: 'inline-flex',
      alignItems: 'center',
      padding: theme.spacing(0, 0.75),
      color: theme.colors.text.secondary,
      '&:hover': { color: theme.colors.text.primary },
    }),
  };
}
