/** Pipelines back to text, as the engine writes them: in its errors, and by its format_query. */
import { formatBytes } from '../go/bytes.js';
import { formatGoDuration } from '../go/durations.js';
import { formatFloat64 } from '../go/numbers.js';
import { quote } from '../go/strings.js';
import { formatMatcher, type Matcher } from '../matcher.js';
import { isWords } from '../regex.js';
import type { Extraction, LabelFilter, LabelFormat, LineFilter, NamedMatcher, Stage, Unwrap } from './ast.js';

export function formatSelector(matchers: readonly Matcher[]): string {
  return `{${matchers.map(formatMatcher).join(', ')}}`;
}

export function formatStage(stage: Stage): string {
  switch (stage.kind) {
    case 'line_filters':
      return stage.filters.map(formatLineFilter).join(' ');
    case 'json':
      return `| json${extractions(stage.extractions)}`;
    case 'logfmt': {
      const flags = `${stage.strict ? ' --strict' : ''}${stage.keepEmpty ? ' --keep-empty' : ''}`;
      return `| logfmt${flags}${extractions(stage.extractions)}`;
    }
    case 'regexp':
    case 'pattern':
      return `| ${stage.kind} ${quote(stage.pattern)}`;
    case 'unpack':
    case 'decolorize':
      return `| ${stage.kind}`;
    case 'label_filter':
      return `| ${formatLabelFilter(stage.filter)}`;
    case 'line_format':
      return `| line_format ${quote(stage.template)}`;
    case 'label_format':
      return `| label_format ${stage.formats.map(formatLabelFormat).join(',')}`;
    case 'drop':
    case 'keep':
      return `| ${stage.kind} ${stage.labels.map(formatNamedMatcher).join(',')}`;
  }
}

export function formatLineFilter({ operator, match, ip, or }: LineFilter): string {
  const texts = [{ match, ip }, ...or].map((each) =>
    each.ip ? `ip(${quote(each.match)})` : quote(each.match),
  );
  return `${operator} ${texts.join(' or ')}`;
}

export function formatLabelFilter(filter: LabelFilter): string {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const operator = filter.kind === 'and' ? ',' : 'or';
      return `( ${formatLabelFilter(filter.left)} ${operator} ${formatLabelFilter(filter.right)} )`;
    }
    case 'string':
      return formatCondition(filter.matcher);
    case 'ip':
      return `${filter.label}${filter.negated ? '!=' : '='}ip(${quote(filter.pattern)})`;
    case 'number':
      return `${filter.label}${filter.operator}${formatFloat64(filter.value)}`;
    case 'duration':
      return `${filter.label}${filter.operator}${formatGoDuration(filter.value)}`;
    case 'bytes':
      return `${filter.label}${filter.operator}${formatBytes(filter.value)}`;
  }
}

/** Expressions that are more than words come out raw. */
function formatCondition(matcher: Matcher): string {
  const { name, operator, value } = matcher;
  const isPlain = operator !== '=~' || value === '.*' || isWords(value.replace(/^\.[*+]|\.[*+]$/g, ''));
  return isPlain || value.includes('`') ? formatMatcher(matcher) : `${name}${operator}\`${value}\``;
}

export function formatUnwrap({ label, conversion, filters }: Unwrap): string {
  const posts = filters.map((filter) => ` | ${formatLabelFilter(filter)}`).join('');
  return `| unwrap ${conversion ? `${conversion}(${label})` : label}${posts}`;
}

function extractions(list: readonly Extraction[]): string {
  if (list.length === 0) return '';
  return ` ${list.map(({ label, expression }) => `${label}=${quote(expression)}`).join(',')}`;
}

function formatLabelFormat(format: LabelFormat): string {
  return `${format.label}=${format.kind === 'rename' ? format.from : quote(format.template)}`;
}

function formatNamedMatcher(label: NamedMatcher): string {
  return typeof label === 'string' ? label : formatMatcher(label);
}
