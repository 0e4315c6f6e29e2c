import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import {
  type SceneComponentProps,
  type SceneGridLayout,
  type SceneObject,
  SceneObjectBase,
  type SceneObjectState,
  sceneGraph,
  type VariableValueSelectors,
} from '@grafana/scenes';
import { Icon, type IconName, useStyles2 } from '@grafana/ui';
import * as React from 'react';
import { Link } from 'react-router-dom-v5-compat';
import type { LinkJson } from './json';

interface DashboardState extends SceneObjectState {
  readonly title: string;
  readonly description: string;
  readonly links: readonly LinkJson[];
  readonly selectors: VariableValueSelectors;
  readonly controls: readonly SceneObject[];
  readonly body: SceneGridLayout;
}

/** A dashboard: title, time and refreshing in a bar that stays, below it variables and links, then the panels. */
export class DashboardScene extends SceneObjectBase<DashboardState> {
  static Component = DashboardView;

  constructor(state: DashboardState) {
    super(state);
    // What templates outside any panel are filled in by (see host/template-srv.ts).
    this.addActivationHandler(() => {
      Object.assign(window, { __grafanaSceneContext: this });
      return () => Object.assign(window, { __grafanaSceneContext: undefined });
    });
  }
}

function DashboardView({ model }: SceneComponentProps<DashboardScene>) {
  const styles = useStyles2(getStyles);
  const { body, controls, title, description, selectors, links } = model.useState();
  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        <h1 className={styles.title} title={description}>
          {title}
        </h1>
        {controls.map((control) => (
          <control.Component key={control.state.key} model={control} />
        ))}
      </div>
      <div className={styles.head}>
        <selectors.Component model={selectors} />
        <nav className={styles.links} aria-label="Other dashboards">
          <Links model={model} links={links} />
        </nav>
      </div>
      <body.Component model={body} />
    </div>
  );
}

interface LinksProps {
  readonly model: DashboardScene;
  readonly links: readonly LinkJson[];
}

/** Links to other dashboards, which take time range and variables along. */
function Links({ model, links }: LinksProps) {
  const styles = useStyles2(getStyles);
  sceneGraph.getTimeRange(model).useState();
  const [, setChanged] = React.useState(0);
  const variables = sceneGraph.getVariables(model);
  React.useEffect(() => {
    const watched = variables.state.variables.map((variable) =>
      variable.subscribeToState(() => setChanged((count) => count + 1)),
    );
    return () => {
      for (const subscription of watched) subscription.unsubscribe();
    };
  }, [variables]);
  return (
    <>
      {links.map((link) => (
        <Link
          key={link.title}
          to={linkAddress(model, link)}
          className={styles.link}
          title={link.tooltip}
          data-testid="data-testid Dashboard link"
        >
          <Icon name={iconOf(link.icon)} /> {link.title}
        </Link>
      ))}
    </>
  );
}

function linkAddress(model: SceneObject, { url = '', keepTime, includeVars }: LinkJson): string {
  const carried = [keepTime && '${__url_time_range}', includeVars && '${__all_variables}'].filter(Boolean);
  const query = carried.map((each) => sceneGraph.interpolate(model, String(each))).filter(Boolean);
  const address = sceneGraph.interpolate(model, url);
  if (query.length === 0) return address;
  return `${address}${address.includes('?') ? '&' : '?'}${query.join('&')}`;
}

/** The icons that dashboards name are not all named so in the icon set. */
function iconOf(icon: string | undefined): IconName {
  switch (icon) {
    case 'dashboard':
      return 'apps';
    case 'doc':
      return 'file-alt';
    default:
      return 'external-link-alt';
  }
}

function getStyles(theme: GrafanaTheme2) {
  return {
    page: css({
      padding: theme.spacing(0, 2, 2),
      // The menu, which is there while the pointer is, lies over the end of a narrow panel's title: no room is kept for it.
      '& [data-testid^="data-testid Panel menu"]': {
        position: 'absolute',
        right: theme.spacing(0.5),
        zIndex: 1,
      },
    }),
    bar: css({
      position: 'sticky',
      top: 0,
      zIndex: theme.zIndex.navbarFixed,
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      padding: theme.spacing(1, 0),
      background: theme.colors.background.canvas,
    }),
    title: css({ ...theme.typography.h4, margin: 0, marginRight: 'auto' }),
    head: css({
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1, 2),
      paddingBottom: theme.spacing(1),
      '&:empty': { display: 'none' },
    }),
    links: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), marginLeft: 'auto' }),
    link: css({
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(0.75),
      height: theme.spacing(4),
      padding: theme.spacing(0, 1.5),
      border: `1px solid ${theme.colors.border.medium}`,
      borderRadius: theme.shape.radius.default,
      fontSize: theme.typography.bodySmall.fontSize,
      color: theme.colors.text.primary,
      '&:hover': { background: theme.colors.action.hover },
    }),
  };
}
