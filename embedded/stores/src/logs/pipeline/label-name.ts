/** Names of fields as names of labels. */

const KNOWN_MAX = 10_000;
const known = new Map<string, string>();

/** Every character that has no place in a label's name becomes an underscore. Empty when there is nothing but space. */
export function labelName(field: string): string {
  const found = known.get(field);
  if (found !== undefined) return found;
  const trimmed = field.trim();
  const prefixed = /^\d/.test(trimmed) ? `_${trimmed}` : trimmed;
  const name = prefixed.replace(/[^a-zA-Z0-9_]/gu, '_');
  if (known.size < KNOWN_MAX) known.set(field, name);
  return name;
}
