/**
 * Who may ask. The server listens on this machine alone, but a browser on it visits other places too: a page from
 * elsewhere must neither read the stores nor write to them, by whatever name it has its own address resolve to here.
 */
import type { IncomingHttpHeaders } from 'node:http';

/** Names of this machine for itself. */
const OWN_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * @param port that the server listens on
 * @returns why the request is refused, or undefined
 */
export function refusal(headers: IncomingHttpHeaders, port: number): string | undefined {
  if (!isOwnHost(headers.host, port)) {
    return `Host "${headers.host ?? ''}" is not this server: allowed are ${ownHosts(port)}`;
  }
  if (headers.origin !== undefined && !isOwnOrigin(headers.origin, port)) {
    return `Origin "${headers.origin}" is foreign: only pages of this server may ask`;
  }
  // Says so where a browser sends no Origin: an image, a script, a form that is opened elsewhere.
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isNavigation(headers)) {
    return `a page of another site asks (Sec-Fetch-Site: ${site}): only pages of this server may`;
  }
  return undefined;
}

function isOwnHost(host: string | undefined, port: number): boolean {
  const [, name = '', given = '80'] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(host ?? '') ?? [];
  return OWN_NAMES.has(name.toLowerCase()) && Number(given) === port;
}

function isOwnOrigin(origin: string, port: number): boolean {
  return origin.startsWith('http://') && isOwnHost(origin.slice('http://'.length), port);
}

/** A link that was followed shows a page of this server to a person, and tells the other site nothing. */
function isNavigation(headers: IncomingHttpHeaders): boolean {
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

function ownHosts(port: number): string {
  return [...OWN_NAMES].map((name) => `${name}:${port}`).join(', ');
}
