/** Addresses in texts: `ip("192.168.0.0/16")`, also a single one or a range with a hyphen. */
import { BlockList, isIP, isIPv4 } from 'node:net';

const IPV4_CHARACTERS = /[0-9.]*/y;
const IPV6_CHARACTERS = /[0-9a-fA-F:.]*/y;
const IPV4_START = /\d.{0,2}?\./sy;
const IPV6_START = /(?:::[0-9a-fA-F]|[0-9a-fA-F]{1,4}:)/y;

/**
 * Whether a text has an address that matches.
 * @throws {Error} on a pattern that is none, in the engine's words
 */
export function createIpTest(pattern: string): (text: string) => boolean {
  const list = parsePattern(pattern);
  return (text) => {
    for (let at = 0; at < text.length; at++) {
      const characters = charactersAt(text, at);
      if (!characters) continue;
      characters.lastIndex = at;
      const [address = ''] = characters.exec(text) ?? [];
      const version = isIP(address);
      if (version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6')) return true;
      at += address.length;
    }
    return false;
  };
}

/** What an address that may begin here is made of. The engine looks only where something follows the hint. */
function charactersAt(text: string, at: number): RegExp | undefined {
  IPV4_START.lastIndex = at;
  if (at + 3 < text.length && IPV4_START.test(text)) return IPV4_CHARACTERS;
  IPV6_START.lastIndex = at;
  return at + 4 < text.length && IPV6_START.test(text) ? IPV6_CHARACTERS : undefined;
}

function parsePattern(pattern: string): BlockList {
  const list = new BlockList();
  const family = (address: string) => (isIPv4(address) ? 'ipv4' : 'ipv6');
  const [from = '', to] = pattern.split('-').map((part) => part.trim());
  const [network = '', length] = pattern.split('/');
  if (isIP(pattern)) list.addAddress(pattern, family(pattern));
  else if (isIP(network) && isLength(length, isIPv4(network) ? 32 : 128)) {
    list.addSubnet(network, Number(length), family(network));
  } else if (isIP(from) && to !== undefined && isIP(to) === isIP(from)) {
    addRange(list, pattern, [from, to]);
  } else throw new Error(`ip: invalid pattern: ${JSON.stringify(pattern)}`);
  return list;
}

function isLength(text: string | undefined, longest: number): boolean {
  return text !== undefined && /^\d{1,3}$/.test(text) && Number(text) <= longest;
}

function addRange(list: BlockList, pattern: string, [from, to]: readonly [string, string]): void {
  try {
    list.addRange(from, to, isIPv4(from) ? 'ipv4' : 'ipv6');
  } catch {
    throw new Error(`ip: invalid pattern: ${JSON.stringify(pattern)}`);
  }
}
