import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import * as React from 'react';
import { Link } from 'react-router-dom-v5-compat';
import { findPlaces, sourceUrl } from '../source/place';
import { markedParts } from './model/marks';

interface RichTextProps {
  readonly text: string;
  readonly marked?: readonly string[] | undefined;
}

/** Text whose places in the source lead there, with words marked. */
export function RichText({ text, marked = [] }: RichTextProps) {
  const styles = useStyles2(getStyles);
  let at = 0;
  return (
    <>
      {findPlaces(text).map((piece) => {
        const key = at;
        at += piece.text.length;
        if (!piece.place) return <Marked key={key} text={piece.text} words={marked} />;
        return (
          <Link key={key} className={styles.link} to={sourceUrl(piece.place)}>
            {piece.text}
          </Link>
        );
      })}
    </>
  );
}

function Marked({ text, words }: { readonly text: string; readonly words: readonly string[] }) {
  let at = 0;
  return (
    <>
      {markedParts(text, words).map((part) => {
        const key = at;
        at += part.text.length;
        return part.isMarked ? <mark key={key}>{part.text}</mark> : part.text;
      })}
    </>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return { link: css({ color: theme.colors.text.link, textDecoration: 'underline' }) };
}
