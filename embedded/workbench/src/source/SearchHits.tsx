import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import * as React from 'react';
import { Link } from 'react-router-dom-v5-compat';
import { sourceUrl } from './place';
import { type Found, searchFiles } from './search';
import { readAll } from './source-files';

/** The lines that hold the words, file by file; each leads to its place. */
export function SearchHits({ words }: { readonly words: string }) {
  const styles = useStyles2(getStyles);
  const [found, setFound] = React.useState<Found>();
  const [failure, setFailure] = React.useState<string>();

  React.useEffect(() => {
    let current = true;
    readAll().then(
      (texts) => current && setFound(searchFiles(texts, words)),
      (error: Error) => current && setFailure(error.message),
    );
    return () => {
      current = false;
    };
  }, [words]);

  if (failure) return <p role="alert">{failure}</p>;
  if (!found) return <p>Searching</p>;
  const { hits, more } = found;
  return (
    <div>
      <p role="status" className={styles.count}>
        {hits.length === 0 ? 'No line holds this.' : `${more ? 'More than ' : ''}${hits.length} lines`}
      </p>
      <ul className={styles.list}>
        {hits.map(({ file, line, text, from }, index) => (
          <li key={`${file}:${line}`}>
            {file !== hits[index - 1]?.file && <div className={styles.file}>{file}</div>}
            <Link className={styles.hit} to={sourceUrl({ file, line })}>
              <span className={styles.line}>{line}</span> {text.slice(0, from).trimStart()}
              <mark>{text.slice(from, from + words.trim().length)}</mark>
              {text.slice(from + words.trim().length)}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    count: css({ color: theme.colors.text.secondary, margin: theme.spacing(0.5, 0) }),
    list: css({ listStyle: 'none' }),
    file: css({ marginTop: theme.spacing(1), fontWeight: theme.typography.fontWeightMedium }),
    hit: css({
      display: 'block',
      padding: theme.spacing(0.25, 0.5),
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
      fontFamily: theme.typography.fontFamilyMonospace,
      fontSize: theme.typography.bodySmall.fontSize,
      '&:hover': { background: theme.colors.action.hover },
      mark: { background: theme.colors.warning.main, color: theme.colors.warning.contrastText },
    }),
    line: css({ color: theme.colors.text.secondary }),
  };
}
