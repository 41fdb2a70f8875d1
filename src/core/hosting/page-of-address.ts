// From an address to the path of an existing page, where the address leaves the version open.

import { formatSitePath, type DandiAddress } from '../identifiers/dandi-address.ts';
import type { DandisetNumber } from '../identifiers/dandiset-id.ts';
import { parseVersion, type VersionId } from '../identifiers/version-id.ts';

/** Finds the target of `/dandiset/<number>/latest/`; undefined if there is no such address. */
export type ReadLatest = (number: DandisetNumber) => Promise<VersionId | undefined>;

/** The version whose page a path is, or is below. */
export function versionOfPage(path: string, number: DandisetNumber): VersionId | undefined {
  const [, rest = ''] = path.split(`/dandiset/${number}/`);
  return parseVersion(rest.split('/')[0] ?? '');
}

/** The version that the page at `/dandiset/<number>/latest/` forwards to, if it exists. */
export function versionOfForward(html: string, number: DandisetNumber): VersionId | undefined {
  const refresh = /<meta\s[^>]*http-equiv="?refresh"?[^>]*>/i.exec(html)?.[0] ?? '';
  const target = `(?:${number}/|url=['"]?(?:\\.\\./)?)(draft|0\\.\\d{6}\\.\\d{4})/`;
  return parseVersion(new RegExp(target, 'i').exec(refresh)?.[1] ?? '');
}

/**
 * The page of an address, relative to the site's base path. `latest`, and a path without a version, become
 * the version that they currently refer to; undefined if there is none.
 */
export async function pageOfAddress(
  address: DandiAddress,
  readLatest: ReadLatest,
): Promise<string | undefined> {
  const { number, version, path } = address;
  const isOpen = version === 'latest' || (path !== undefined && version === undefined);
  if (!isOpen) return formatSitePath(address);
  const found = await readLatest(number);
  return found === undefined ? undefined : formatSitePath({ ...address, version: found });
}
