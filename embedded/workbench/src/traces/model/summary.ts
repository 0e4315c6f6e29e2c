import type { Span } from './trace';

/** What of a span is worth reading beside its name: a statement, an address, a status. */
export function summaryOf({ name, attributes }: Pick<Span, 'name' | 'attributes'>): string {
  const attribute = (key: string) => attributes.find(([each]) => each === key)?.[1];
  const status = attribute('http.response.status_code');
  const path = attribute('url.path');
  const parts = [
    path !== undefined && !name.includes(path) ? path : undefined,
    status,
    attribute('error.type'),
  ];
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}
