/** Attributes and their values of Tempo for completion, of the time that is looked at. */
import { getJson } from '../../datasources/http';
import { type CurrentRange, remembered } from './remembered';

export interface TagValue {
  readonly type: string;
  readonly value: string;
}

export interface TempoNames {
  /** With their scope: `span.http.route`, `resource.service.name`. */
  attributes(): Promise<readonly string[]>;
  values(name: string): Promise<readonly TagValue[]>;
}

interface Tags {
  readonly scopes?: readonly { readonly name: string; readonly tags?: readonly string[] }[];
}

export function tempoNames(range: CurrentRange): TempoNames {
  const span = () => {
    const { fromMs, toMs } = range();
    return { start: String(Math.floor(fromMs / 1000)), end: String(Math.ceil(toMs / 1000)) };
  };
  const attributes = remembered(async () => {
    const { scopes = [] } = await getJson<Tags>('/stores/tempo/api/v2/search/tags', span());
    return scopes
      .filter(({ name }) => name !== 'intrinsic')
      .flatMap(({ name, tags = [] }) => tags.map((tag) => `${name}.${tag}`));
  });
  const values = remembered(async (name: string) => {
    const { tagValues = [] } = await getJson<{ tagValues?: readonly TagValue[] }>(
      `/stores/tempo/api/v2/search/tag/${encodeURIComponent(name)}/values`,
      span(),
    );
    return tagValues;
  });
  return { attributes: () => attributes(''), values };
}
