import { Button, LinkButton, useStyles2 } from '@grafana/ui';
import React from 'react';
import { detailStyles } from './styles';

export interface Link {
  readonly title: string;
  readonly href: string;
  readonly newTab: boolean;
}

export interface LinksProps {
  readonly links: readonly Link[];
  readonly focusName: string;
  readonly onFocus: () => void;
}

export function Links({ links, focusName, onFocus }: LinksProps) {
  const styles = useStyles2(detailStyles);
  return (
    <div className={styles.links}>
      {links.map(({ title, href, newTab }) => (
        <LinkButton
          key={title + href}
          variant="secondary"
          size="sm"
          href={href}
          target={newTab ? '_blank' : undefined}
        >
          {title}
        </LinkButton>
      ))}
      <Button variant="secondary" size="sm" fill="outline" onClick={onFocus}>
        Focus {focusName}
      </Button>
    </div>
  );
}
