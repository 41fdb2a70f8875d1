// The part of DANDI's own API that an import reads, over records given as texts: lists in pages that name the
// next one by its address, assets with their metadata only on request.

import { globTest } from '../../../src/core/api/asset-queries.ts';
import { memberTexts } from '../../../src/core/json/member-texts.ts';

/** A version as DANDI holds it: its record, and its assets in the order of their paths. */
export interface HeldVersion {
  record: string;
  assets: readonly string[];
}

/** Number → version → its contents. */
export type HeldDandisets = ReadonlyMap<string, ReadonlyMap<string, HeldVersion>>;

export interface ApiDoubleOptions {
  /** At most this many items per page, whatever is requested. */
  pageSize?: number;
  /** Lists include metadata on request; older servers do not. */
  embedsMetadata?: boolean;
  /** Answers `?path=` and `?glob=`, which hosts of plain files ignore. */
  answersQueries?: boolean;
}

/** Which paths a query means. */
function meantBy(query: URLSearchParams): (path: string) => boolean {
  const [prefix, glob] = [query.get('path') ?? '', query.get('glob')];
  const matches = glob === null ? (): boolean => true : globTest(glob);
  return (path) => path.startsWith(prefix) && matches(path);
}

/** The responses of an API over these Dandisets, for a loopback server. */
export function dandiApiDouble(
  held: HeldDandisets,
  { pageSize = 1000, embedsMetadata = true, answersQueries = true }: ApiDoubleOptions = {},
): (request: URL) => string | undefined {
  const paged = (request: URL, items: readonly string[]): string => {
    const number = Number(request.searchParams.get('page') ?? 1);
    const size = Math.min(pageSize, Number(request.searchParams.get('page_size') ?? 100));
    const addressOf = (page: number): string | null => {
      if (page < 1 || (page - 1) * size >= items.length) return null;
      const address = new URL(request);
      address.searchParams.set('page', String(page));
      return address.href;
    };
    // A count on the first page only, as DANDI gives it for assets.
    const head = {
      count: number === 1 ? items.length : null,
      next: addressOf(number + 1),
      previous: addressOf(number - 1),
    };
    const results = items.slice((number - 1) * size, number * size).join(', ');
    return `${JSON.stringify(head).slice(0, -1)}, "results": [${results}]}`;
  };
  const dandiset = (number: string): string => {
    const published = [...(held.get(number)?.keys() ?? [])].filter((name) => name !== 'draft');
    const newest = published.sort().at(-1);
    return JSON.stringify({
      identifier: number,
      most_recent_published_version: newest === undefined ? null : { version: newest },
      draft_version: { version: 'draft' },
    });
  };
  const withoutMetadata = (asset: string): string => {
    const members = [...memberTexts(asset)].filter(([name]) => name !== 'metadata');
    return `{${members.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
  };

  return (request) => {
    const names = request.pathname.split('/').slice(1, -1);
    if (names.shift() !== 'api') return undefined;
    if (names.join('/') === 'info') {
      const url = new URL('/api', request).href;
      return JSON.stringify({ version: '0.3.1', services: { api: { url } } });
    }
    const [dandisets, number, versions, version, assets, id] = names;
    if (dandisets !== 'dandisets') return undefined;
    if (number === undefined) return paged(request, [...held.keys()].map(dandiset));
    const own = held.get(number);
    if (own === undefined || versions === undefined) return own && dandiset(number);
    if (version === undefined)
      return paged(
        request,
        [...own.keys()].map((name) => JSON.stringify({ version: name })),
      );
    const found = own.get(version);
    if (assets === undefined) return found?.record;
    if (id !== undefined) {
      const asset = found?.assets.find((text) => text.includes(`"asset_id":"${id}"`));
      return asset && memberTexts(asset).get('metadata');
    }
    const isWhole = embedsMetadata && request.searchParams.get('metadata') === 'true';
    const isMeant = answersQueries ? meantBy(request.searchParams) : (): boolean => true;
    const items = found?.assets
      .filter((asset) => isMeant(JSON.parse(memberTexts(asset).get('path') ?? '""') as string))
      .map((asset) => (isWhole ? asset : withoutMetadata(asset)));
    return items && paged(request, items);
  };
}
