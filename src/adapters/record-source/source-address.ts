// What the form of an import address says, without any request.

import { ArchiveError } from '../../core/error.ts';
import { parseDandisetNumber, type DandisetNumber } from '../../core/identifiers/dandiset-id.ts';
import { parseVersion, type VersionId } from '../../core/identifiers/version-id.ts';

/** Hint for an address that could not be used. */
export const SOURCE_ADDRESS_HINT =
  'Name an API (https://api.dandiarchive.org/api), or manifests in a bucket (https://bucket.example.org/dandisets/000027/draft/).';

export interface SourceAddress {
  /** What the API's documents or the bucket's keys are appended to; ends in `/`. */
  root: string;
  /** `/api/` ends the root of an API, and `dandisets/` begins the keys of a bucket. */
  kind: 'api' | 'bucket' | 'unknown';
  /** What is named below the root. */
  number?: DandisetNumber;
  version?: VersionId;
}

/** The address of a folder. */
export function withSlash(address: string): string {
  return address.endsWith('/') ? address : `${address}/`;
}

/** Reads an address. @throws ArchiveError `usage` if it cannot be the address of a source */
export function parseSourceAddress(text: string): SourceAddress {
  const refuse = (message: string): ArchiveError =>
    new ArchiveError('usage', message, { hint: SOURCE_ADDRESS_HINT });
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw refuse(`${text} is no address.`);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw refuse('The address of a source has no user, no query and no "#": it is public.');
  const [, root = withSlash(url.href), rest] = /^(.*?\/)dandisets(\/.*)?$/.exec(url.href) ?? [];
  const isBelow = root !== withSlash(url.href);
  const kind = root.endsWith('/api/') ? 'api' : isBelow ? 'bucket' : 'unknown';
  const names = (rest ?? '').split('/').filter((name) => name !== '' && name !== 'versions');
  const number = parseDandisetNumber(names[0] ?? '');
  const version = parseVersion(names[1] ?? '');
  const understood = [number, version].filter((name) => name !== undefined);
  if (understood.length !== names.length) throw refuse(`${text} names no Dandiset and no version.`);
  return { root, kind, ...(number && { number }), ...(version && { version }) };
}
