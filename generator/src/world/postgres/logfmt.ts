const PLAIN = /^[^\s="\\]+$/;

/** A value as it stands in a logfmt line: in quotes where it must be, with what is special in them escaped. */
export function logfmtValue(value: string): string {
  return PLAIN.test(value) ? value : JSON.stringify(value);
}
