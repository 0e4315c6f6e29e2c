import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import * as React from 'react';
import { Link } from 'react-router-dom-v5-compat';
import { sourceUrl } from './place';
import { foldersOf, type TreeNode } from './tree';

interface FileTreeProps {
  readonly nodes: readonly TreeNode[];
  /** The open file. */
  readonly current: string | undefined;
}

/** Folders and files. Folders are buttons that open and close, files are links: keyboards and readers know both. */
export function FileTree({ nodes, current }: FileTreeProps) {
  const styles = useStyles2(getStyles);
  const [toggled, setToggled] = React.useState<ReadonlySet<string>>(new Set());
  const onTheWay = React.useMemo(() => new Set(current ? foldersOf(current) : []), [current]);
  const toggle = (path: string) =>
    setToggled((before) => {
      const after = new Set(before);
      if (!after.delete(path)) after.add(path);
      return after;
    });

  const level = (children: readonly TreeNode[]) => (
    <ul className={styles.level}>
      {children.map((node) => {
        if (node.kind === 'file') {
          return (
            <li key={node.path}>
              <Link
                className={node.path === current ? styles.current : styles.file}
                aria-current={node.path === current ? 'page' : undefined}
                to={sourceUrl({ file: node.path, line: undefined })}
              >
                {node.name}
              </Link>
            </li>
          );
        }
        // The first level and the way to the open file are open until someone closes them.
        const isOpen = (onTheWay.has(node.path) || !node.path.includes('/')) !== toggled.has(node.path);
        return (
          <li key={node.path}>
            <button
              type="button"
              className={styles.folder}
              aria-expanded={isOpen}
              onClick={() => toggle(node.path)}
            >
              <Icon name={isOpen ? 'angle-down' : 'angle-right'} size="sm" /> {node.name}
            </button>
            {isOpen && level(node.children)}
          </li>
        );
      })}
    </ul>
  );
  return <nav aria-label="Files">{level(nodes)}</nav>;
}

function getStyles(theme: GrafanaTheme2) {
  const entry = {
    display: 'block',
    width: '100%',
    padding: theme.spacing(0.25, 0.5),
    border: 'none',
    borderRadius: theme.shape.radius.default,
    background: 'transparent',
    color: theme.colors.text.primary,
    textAlign: 'left',
    whiteSpace: 'nowrap',
    '&:hover': { background: theme.colors.action.hover },
  } as const;
  // Names stand below the names of folders, which have an icon before them.
  const asFile = { paddingLeft: theme.spacing(2.5) };
  return {
    level: css({ listStyle: 'none', margin: 0, paddingLeft: theme.spacing(1.5) }),
    folder: css(entry),
    file: css({ ...entry, ...asFile }),
    current: css({ ...entry, ...asFile, background: theme.colors.action.selected }),
  };
}
