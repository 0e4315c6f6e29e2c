/** Looks, from theme tokens alone. Red stands for "over a threshold" and nothing else, and never stands alone. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { HEADER_HEIGHT, LEGEND_HEIGHT, NOTICE_HEIGHT } from '../layout/rooms';

/** What is over a threshold: the red of Grafana's own charts, for lines and areas, and for text. */
function overColours({ isDark, visualization }: GrafanaTheme2) {
  return {
    line: visualization.getColorByName('red'),
    text: visualization.getColorByName(isDark ? 'light-red' : 'dark-red'),
  };
}

export function frameStyles(theme: GrafanaTheme2) {
  const { colors, typography } = theme;
  return {
    panel: css({
      display: 'flex',
      flexDirection: 'column',
      height: '100%',
      color: colors.text.primary,
      fontFamily: typography.fontFamily,
      fontVariantNumeric: 'tabular-nums',
      position: 'relative',
      overflow: 'hidden',
    }),
    header: css({
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      height: HEADER_HEIGHT,
      padding: theme.spacing(0, 1),
      whiteSpace: 'nowrap',
      flex: 'none',
    }),
    // As in the legend: what does not fit is left out as a whole.
    count: css({
      display: 'flex',
      flexWrap: 'wrap',
      columnGap: 12,
      flex: 1,
      height: 18,
      lineHeight: '18px',
      fontSize: 12,
      color: colors.text.secondary,
      overflow: 'hidden',
    }),
    stale: css({ fontSize: 12, color: colors.warning.text, fontWeight: 500 }),
    find: css({ width: 150, flex: 'none', '& div, & input': { height: 24, fontSize: 12 } }),
    windows: css({
      fontSize: 12,
      border: `1px solid ${colors.border.medium}`,
      borderRadius: theme.shape.radius.default,
      padding: '3px 8px',
    }),
    notice: css({
      height: NOTICE_HEIGHT - 4,
      margin: theme.spacing(0, 1, 0.5),
      padding: '3px 10px',
      borderLeft: `3px solid ${colors.warning.main}`,
      background: colors.background.secondary,
      fontSize: 12,
      overflow: 'hidden',
      whiteSpace: 'nowrap',
      textOverflow: 'ellipsis',
      flex: 'none',
    }),
    beside: css({ flex: 1, minHeight: 0, display: 'flex' }),
    below: css({ flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column' }),
    stage: css({
      flex: 1,
      minWidth: 0,
      minHeight: 0,
      overflow: 'auto',
      scrollbarWidth: 'thin',
      position: 'relative',
    }),
    // What does not fit is on a second line, which is not seen: no entry is cut through.
    legend: css({
      display: 'flex',
      flexWrap: 'wrap',
      columnGap: 18,
      height: LEGEND_HEIGHT,
      padding: theme.spacing(0, 1.5),
      borderTop: `1px solid ${colors.border.weak}`,
      fontSize: 11,
      color: colors.text.secondary,
      whiteSpace: 'nowrap',
      overflow: 'hidden',
      flex: 'none',
      '& > span': { display: 'inline-flex', gap: 6, alignItems: 'center', height: LEGEND_HEIGHT - 1 },
    }),
    screenReader: css({
      position: 'absolute',
      top: 0,
      left: 0,
      width: 1,
      height: 1,
      overflow: 'hidden',
      clipPath: 'inset(50%)',
      whiteSpace: 'nowrap',
    }),
    message: css({
      position: 'absolute',
      inset: 0,
      display: 'grid',
      placeContent: 'center',
      justifyItems: 'center',
      gap: 8,
      padding: 20,
      overflow: 'auto',
      textAlign: 'center',
      '& h3': { margin: 0, fontSize: typography.h5.fontSize },
      '& p': { maxWidth: 620, margin: 0, color: colors.text.secondary, fontSize: 13 },
      '& pre': {
        textAlign: 'left',
        fontSize: 12,
        maxWidth: 760,
        margin: '4px 0 0',
        whiteSpace: 'pre-wrap',
        wordBreak: 'normal',
        overflowWrap: 'break-word',
      },
    }),
  };
}

export function graphStyles(theme: GrafanaTheme2) {
  const { colors } = theme;
  const { line: over, text: overText } = overColours(theme);
  return {
    svg: css({
      display: 'block',
      userSelect: 'none',
      '& text': { fill: colors.text.primary },
      '&:focus-visible': { outline: `2px solid ${colors.primary.main}`, outlineOffset: -2 },
    }),
    node: css({
      cursor: 'grab',
      outline: 'none',
      '&:focus-visible .focus, &[data-selected=true] .focus': {
        stroke: colors.primary.main,
        strokeWidth: 2.5,
      },
      '&:hover .shape': { fill: colors.action.hover },
    }),
    shape: css({ fill: colors.background.secondary, stroke: colors.border.strong, strokeWidth: 1.2 }),
    shapeOver: css({ fill: colors.background.secondary, stroke: over, strokeWidth: 2 }),
    outline: css({ fill: 'none', stroke: over, strokeWidth: 1.2 }),
    focus: css({ fill: 'none', stroke: 'transparent' }),
    backing: css({ fill: colors.background.primary }),
    edge: css({
      cursor: 'pointer',
      outline: 'none',
      '&:hover .halo': { stroke: colors.action.hover },
      '&:focus-visible .halo, &[data-selected=true] .halo': {
        stroke: colors.primary.main,
        strokeOpacity: 0.35,
      },
      '& text': { fill: colors.text.secondary, fontSize: 11.5 },
    }),
    carrying: css({
      '& .halo': { stroke: theme.visualization.getColorByName('purple'), strokeOpacity: 0.32 },
    }),
    /** Not for the route that is marked: still there to be read. */
    passed: css({ opacity: 0.6 }),
    halo: css({ fill: 'none', stroke: 'transparent', strokeWidth: 16 }),
    line: css({ fill: 'none', stroke: colors.text.secondary, strokeOpacity: 0.5 }),
    lineOver: css({ fill: 'none', stroke: over }),
    inner: css({ fill: 'none', stroke: colors.background.primary }),
    tip: css({ fill: colors.text.secondary, fillOpacity: 0.6 }),
    tipOver: css({ fill: over }),
    strong: css({ '&&': { fill: colors.text.primary, fontWeight: 600 } }),
    over: css({ '&&': { fill: overText, fontWeight: 600 } }),
    weak: css({ '&&': { fill: colors.text.secondary } }),
    bead: css({ fill: colors.text.primary, stroke: colors.background.primary, strokeWidth: 0.8 }),
    track: css({ fill: 'none', stroke: colors.border.medium }),
    arc: css({ fill: 'none', stroke: over }),
    poolArc: css({ fill: 'none', stroke: colors.primary.main }),
    tick: css({ stroke: colors.text.maxContrast, strokeWidth: 2 }),
    rule: css({ stroke: colors.border.weak }),
    icon: css({ fill: 'none', stroke: colors.text.secondary, strokeWidth: 1.4 }),
    waiting: css({ fill: over }),
    hatch: css({ fill: over }),
    hatchGap: css({ fill: colors.background.primary }),
    dimmed: css({ opacity: 0.16 }),
  };
}

export function detailStyles(theme: GrafanaTheme2) {
  const { colors } = theme;
  const over = overColours(theme);
  const line = `1px solid ${colors.border.weak}`;
  return {
    drawer: css({
      borderLeft: line,
      overflow: 'auto',
      padding: '10px 14px 14px',
      background: colors.background.primary,
      flex: 'none',
      fontSize: 12,
      scrollbarWidth: 'thin',
    }),
    sheet: css({
      borderTop: `1px solid ${colors.border.strong}`,
      overflow: 'auto',
      padding: '10px 14px 14px',
      background: colors.background.primary,
      flex: 'none',
      fontSize: 12,
      scrollbarWidth: 'thin',
    }),
    top: css({
      display: 'flex',
      justifyContent: 'space-between',
      gap: 8,
      '& h3': { fontSize: 15, lineHeight: 1.3, margin: 0, overflowWrap: 'anywhere' },
    }),
    tags: css({ color: colors.text.secondary, margin: '2px 0 8px' }),
    table: css({
      width: '100%',
      borderCollapse: 'collapse',
      '& th': {
        textAlign: 'right',
        fontWeight: 500,
        color: colors.text.secondary,
        padding: '2px 0',
        whiteSpace: 'nowrap',
      },
      '& th:first-child, & td:first-child': { textAlign: 'left' },
      '& td': { padding: '5px 0', borderTop: line, textAlign: 'right', whiteSpace: 'nowrap' },
      '& th + th, & td + td': { paddingLeft: 9 },
      '& td:first-child': { color: colors.text.secondary },
    }),
    section: css({
      '& td, & td:first-child': {
        fontSize: 11,
        color: colors.text.secondary,
        padding: '9px 0 3px',
        borderTop: 0,
      },
    }),
    now: css({ fontWeight: 600, '&&': { color: colors.text.maxContrast } }),
    over: css({ fontWeight: 600, '&&': { color: over.text } }),
    route: css({ '&&': { whiteSpace: 'normal', color: colors.text.primary } }),
    marked: css({ background: colors.action.selected }),
    routeButton: css({
      background: 'none',
      border: 0,
      padding: 0,
      fontSize: 'inherit',
      textAlign: 'left',
      '&:hover': { textDecoration: 'underline' },
    }),
    routeLinks: css({
      display: 'flex',
      gap: 8,
      fontSize: 11,
      '& a': { color: colors.text.link, '&:hover': { textDecoration: 'underline' } },
    }),
    heading: css({ fontSize: 12, fontWeight: 500, margin: '14px 0 2px', color: colors.text.secondary }),
    links: css({ display: 'flex', flexWrap: 'wrap', gap: 6, margin: '10px 0 4px' }),
    list: css({
      listStyle: 'none',
      margin: 0,
      padding: 0,
      '& li': { display: 'flex', justifyContent: 'space-between', gap: 8, padding: '3px 0', borderTop: line },
    }),
    linkButton: css({
      background: 'none',
      border: 0,
      padding: 0,
      fontSize: 'inherit',
      color: colors.text.link,
      textAlign: 'left',
      '&:hover': { textDecoration: 'underline' },
    }),
    queries: css({
      marginTop: 10,
      color: colors.text.secondary,
      '& pre': {
        fontSize: 11,
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
        margin: '4px 0',
        padding: 6,
      },
    }),
    spark: css({ display: 'block', marginLeft: 'auto' }),
    sparkLine: css({
      fill: 'none',
      stroke: theme.visualization.getColorByName('blue'),
      strokeWidth: 1.5,
      strokeLinecap: 'round',
    }),
    sparkBand: css({ fill: colors.text.primary }),
    sparkLimit: css({ stroke: over.line, strokeDasharray: '4 3', opacity: 0.8 }),
    sparkMark: css({ stroke: colors.info.text, strokeDasharray: '2 2' }),
    wide: css({
      width: '100%',
      borderCollapse: 'collapse',
      fontSize: 13,
      '& th': {
        position: 'sticky',
        top: 0,
        background: colors.background.primary,
        fontWeight: 500,
        fontSize: 12,
        textAlign: 'right',
        padding: '6px 10px',
        borderBottom: `1px solid ${colors.border.strong}`,
      },
      '& td': { textAlign: 'right', padding: '6px 10px', borderBottom: line, whiteSpace: 'nowrap' },
      '& th:nth-child(-n+2), & td:nth-child(-n+2)': { textAlign: 'left' },
      '& small': { color: colors.text.secondary },
    }),
  };
}
