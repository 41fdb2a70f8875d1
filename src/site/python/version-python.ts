// The files of a version in Python, as its page offers them.

import { versionSnippet, type OpenedVersion } from '../../core/snippets/version-snippet.ts';
import { absoluteStoreAddress } from '../../core/records/archive.ts';
import { siteInCommands } from '../catalog/addresses.ts';
import type { Catalog, VersionEntry } from '../catalog/catalog.ts';

export interface VersionPython {
  /** Lines to copy. */
  code: string;
  /** What a script replaces in them by the origin of the page. */
  replaced: string | undefined;
  /** Name of the files to save, without their ending. */
  name: string;
}

/** The lines for a version; undefined where it offers no files, or its list is not beside the page. */
export function versionPython(
  catalog: Pick<Catalog, 'archive' | 'base'>,
  { number, version, status, list, summary }: VersionEntry,
): VersionPython | undefined {
  const { identifierPrefix, stores } = catalog.archive;
  const [store] = stores;
  const hasFiles = list === 'record' && summary.files !== undefined && summary.files > 0;
  if (status === 'withdrawn' || !hasFiles || store === undefined) return undefined;
  const { site, replaced } = siteInCommands(catalog);
  const opened: OpenedVersion = {
    identifier: `${identifierPrefix}:${number}/${version}`,
    list: `${site}dandiset/${number}/${version}/assets.jsonl`,
    store: absoluteStoreAddress({ site }, store),
  };
  return {
    code: versionSnippet(opened).code,
    replaced,
    name: `${identifierPrefix}-${number}-${version}`.toLowerCase(),
  };
}
