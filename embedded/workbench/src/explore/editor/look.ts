import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { GrafanaTheme2 } from '@grafana/data';
import { tags } from '@lezer/highlight';

/** Colours that stand out enough from the editor's background in their theme. */
const COLOURS = {
  dark: {
    string: '#f2a267',
    number: '#b5cea8',
    label: '#9cdcfe',
    call: '#dcdcaa',
    word: '#c586c0',
    dim: '#9aa0a6',
  },
  light: {
    string: '#a31515',
    number: '#0b6e4f',
    label: '#0b4f9e',
    call: '#6d4c00',
    word: '#8a1f8f',
    dim: '#5f6368',
  },
};

function highlighting(isDark: boolean): HighlightStyle {
  const colours = isDark ? COLOURS.dark : COLOURS.light;
  return HighlightStyle.define([
    { tag: tags.string, color: colours.string },
    { tag: [tags.number, tags.atom], color: colours.number },
    { tag: tags.labelName, color: colours.label },
    { tag: [tags.function(tags.variableName), tags.standard(tags.variableName)], color: colours.call },
    { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], color: colours.word },
    { tag: tags.comment, color: colours.dim, fontStyle: 'italic' },
    { tag: tags.invalid, textDecoration: 'underline wavy' },
  ]);
}

/** How the editor and its lists look in a theme. */
export function look(theme: GrafanaTheme2): Extension {
  const { colors, typography, components, shape } = theme;
  return [
    syntaxHighlighting(highlighting(theme.isDark)),
    EditorView.theme(
      {
        '&': {
          background: components.input.background,
          color: components.input.text,
          border: `1px solid ${components.input.borderColor}`,
          borderRadius: shape.radius.default,
          fontSize: '13px',
        },
        '&.cm-focused': { outline: `2px solid ${colors.primary.main}`, outlineOffset: '1px' },
        '.cm-scroller': { fontFamily: typography.fontFamilyMonospace, lineHeight: '1.5', maxHeight: '180px' },
        '.cm-content': { padding: '6px 0', caretColor: colors.text.maxContrast },
        '.cm-cursor': { borderLeftColor: colors.text.maxContrast },
        '.cm-placeholder': { color: colors.text.secondary },
        '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
          background: `${theme.isDark ? '#264f78' : '#add6ff'} !important`,
        },
        '.cm-matchingBracket': { background: `${colors.action.selected} !important`, outline: 'none' },
        '.cm-tooltip': {
          background: colors.background.elevated,
          color: colors.text.primary,
          border: `1px solid ${colors.border.medium}`,
          borderRadius: shape.radius.default,
          boxShadow: theme.shadows.z3,
          zIndex: String(theme.zIndex.portal),
        },
        '.cm-tooltip.cm-tooltip-autocomplete > ul': {
          fontFamily: typography.fontFamilyMonospace,
          maxHeight: '260px',
          minWidth: '280px',
        },
        '.cm-tooltip-autocomplete > ul > li': { padding: '2px 8px', lineHeight: '1.6' },
        '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
          background: colors.primary.main,
          color: colors.primary.contrastText,
        },
        '.cm-completionDetail': { fontStyle: 'normal', opacity: 0.85, float: 'right', paddingLeft: '16px' },
        '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: 'bold' },
        '.cm-completionInfo': { padding: '6px 10px', maxWidth: '320px' },
        '.cm-completionIcon': { display: 'none' },
        '.cm-diagnostic': { borderLeftColor: colors.error.main },
      },
      { dark: theme.isDark },
    ),
  ];
}
