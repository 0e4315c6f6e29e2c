import type { ScopedVars } from '@grafana/data';

/** Without a dashboard (Explore, a plugin's own query) there are only the variables that the request itself carries. */
export function replaceScoped(target: string, scopedVars: ScopedVars): string {
  return target.replace(/\$(\w+)|\$\{(\w+)(?::[^}]*)?\}|\[\[(\w+)\]\]/g, (whole, bare, braced, old) => {
    const found = scopedVars[bare ?? braced ?? old];
    return found?.value === undefined ? whole : String(found.value);
  });
}
