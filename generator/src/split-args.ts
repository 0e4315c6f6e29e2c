/** Commands that hand a part of their arguments to `generate`: whose is which. */

export type Flags = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;

/** @returns this command's own flags, each with its value, and everything else, both in the order they were given */
export function splitArgs(
  args: readonly string[],
  flags: Flags,
): { readonly own: string[]; readonly others: string[] } {
  const own: string[] = [];
  const others: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] as string;
    const [, name = '', value] = /^--([^=]+)(=.*)?$/s.exec(arg) ?? [];
    const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
    if (flag === undefined) {
      others.push(arg);
      continue;
    }
    own.push(arg);
    const next = args[index + 1];
    if (flag.type === 'string' && value === undefined && next !== undefined) {
      own.push(next);
      index++;
    }
  }
  return { own, others };
}
