/** Replacements with references to groups, as Go's regexp expands them: `$1`, `$name`, `${name}`, `$$`. */
import type { RE2JS } from 're2js';

type Matcher = ReturnType<RE2JS['matcher']>;

const REFERENCE = /\$(?:(\$)|\{(\w+)\}|(\w+))/g;

/** @param matcher that has just found something */
export function expand(replacement: string, matcher: Matcher, groups: ReadonlyMap<string, number>): string {
  if (!replacement.includes('$')) return replacement;
  return replacement.replace(REFERENCE, (_, dollar?: string, braced?: string, plain?: string) => {
    if (dollar !== undefined) return '$';
    const name = (braced ?? plain) as string;
    const group = /^\d+$/.test(name) ? Number(name) : (groups.get(name) ?? -1);
    return group >= 0 && group <= matcher.groupCount() ? (matcher.group(group) ?? '') : '';
  });
}

/** As Go's `ReplaceAllString`, or `ReplaceAllLiteralString`. */
export function replaceAll(
  regex: RE2JS,
  text: string,
  replace: (matcher: Matcher, groups: ReadonlyMap<string, number>) => string,
): string {
  const matcher = regex.matcher(text);
  const groups = namedGroups(regex);
  let result = '';
  let at = 0;
  while (matcher.find()) {
    result += text.slice(at, matcher.start()) + replace(matcher, groups);
    at = matcher.end();
  }
  return result + text.slice(at);
}

export function namedGroups(regex: RE2JS): ReadonlyMap<string, number> {
  return new Map(Object.entries(regex.namedGroups() as Record<string, number>));
}
