import { PanelPlugin, type PanelProps, renderTextPanelMarkdown, textUtil } from '@grafana/data';
import { ScrollContainer } from '@grafana/ui';
import * as React from 'react';

interface Options {
  readonly mode: 'markdown' | 'html' | 'code';
  readonly content: string;
}

/** Markdown or HTML from the dashboard, sanitised; `code` is shown as it is. */
function TextPanel({ options, replaceVariables }: PanelProps<Options>) {
  const { mode, content } = options;
  if (mode === 'code') return <pre>{replaceVariables(content)}</pre>;
  const text = replaceVariables(content, {}, mode === 'html' ? 'html' : 'text');
  const html = mode === 'html' ? textUtil.sanitizeTextPanelContent(text) : renderTextPanelMarkdown(text);
  return (
    <ScrollContainer minHeight="100%">
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised right above */}
      <div className="markdown-html" dangerouslySetInnerHTML={{ __html: html }} />
    </ScrollContainer>
  );
}

export const plugin = new PanelPlugin<Options>(TextPanel).setPanelOptions((builder) => {
  builder
    .addRadio({ path: 'mode', name: 'Mode', defaultValue: 'markdown', settings: { options: [] } })
    .addTextInput({ path: 'content', name: 'Content', defaultValue: '' });
});
