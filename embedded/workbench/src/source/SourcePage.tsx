import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { Alert, FilterInput, useStyles2 } from '@grafana/ui';
import * as React from 'react';
import { useLocation } from 'react-router-dom-v5-compat';
import { CodeView } from './CodeView';
import { FileTree } from './FileTree';
import { placeOf, sourceUrl } from './place';
import { SearchHits } from './SearchHits';
import { listFiles, readFile } from './source-files';
import { treeOf } from './tree';

/** The service's source, to read: its files, a search over all of them, and one file with lines that can be linked to. */
export default function SourcePage() {
  const styles = useStyles2(getStyles);
  const place = placeOf(useLocation().search);
  const [words, setWords] = React.useState('');
  const paths = useLoaded(listFiles, 'list');
  const text = useLoaded(
    () => (place ? readFile(place.file) : Promise.resolve(undefined)),
    place?.file ?? '',
  );
  const tree = React.useMemo(() => treeOf(paths.value ?? []), [paths.value]);
  const failure = paths.failure ?? text.failure;

  return (
    <div className={styles.page}>
      <aside className={styles.side} aria-label="Source">
        <FilterInput value={words} onChange={setWords} placeholder="Search all files" escapeRegex={false} />
        <div className={styles.scroll}>
          {words.trim() === '' ? (
            <FileTree nodes={tree} current={place?.file} />
          ) : (
            <SearchHits words={words} />
          )}
        </div>
      </aside>
      <section className={styles.file} aria-label={place?.file ?? 'No file'}>
        <h1 className={styles.title}>{place ? place.file : 'Source of the service'}</h1>
        {failure && <Alert severity="error" title={failure} />}
        {!place && <p className={styles.hint}>Open a file on the left, or search all of them.</p>}
        {place && text.value !== undefined && (
          <div className={styles.code}>
            <CodeView
              text={text.value}
              line={place.line}
              label={place.file}
              onLine={(line) => locationService.push(sourceUrl({ file: place.file, line }))}
            />
          </div>
        )}
      </section>
    </div>
  );
}

interface Loaded<T> {
  readonly value?: T;
  readonly failure?: string;
}

/** What a promise gives, anew whenever the key is another one. */
function useLoaded<T>(load: () => Promise<T>, key: string): Loaded<T> {
  const [loaded, setLoaded] = React.useState<Loaded<T> & { readonly key: string }>({ key });
  const latest = React.useRef(load);
  latest.current = load;
  React.useEffect(() => {
    let current = true;
    latest.current().then(
      (value) => current && setLoaded({ key, value }),
      (error: Error) => current && setLoaded({ key, failure: error.message }),
    );
    return () => {
      current = false;
    };
  }, [key]);
  return loaded.key === key ? loaded : {};
}

function getStyles(theme: GrafanaTheme2) {
  return {
    page: css({
      display: 'flex',
      height: '100%',
      minHeight: 0,
      gap: theme.spacing(2),
      padding: theme.spacing(2),
    }),
    side: css({ width: 320, flexShrink: 0, display: 'flex', flexDirection: 'column', minHeight: 0 }),
    scroll: css({ overflow: 'auto', marginTop: theme.spacing(1), flex: 1, minHeight: 0 }),
    file: css({ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column', minHeight: 0 }),
    title: css({ ...theme.typography.h5, marginBottom: theme.spacing(1) }),
    hint: css({ color: theme.colors.text.secondary }),
    code: css({
      flex: 1,
      minHeight: 0,
      border: `1px solid ${theme.colors.border.weak}`,
      borderRadius: theme.shape.radius.default,
      background: theme.colors.background.primary,
      overflow: 'hidden',
    }),
  };
}
