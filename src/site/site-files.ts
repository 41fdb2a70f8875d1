// Every file of the site that is no page. Pages are rendered by Astro; these are made from the
// records directly: byte for byte, or derived.

import { versionFolder } from '../core/records/layout.ts';
import type { Catalog, VersionEntry } from './catalog.ts';
import { fileListFiles } from './file-lists.ts';
import type { SiteFile } from './site-file.ts';

const RECORD_FILES = ['dandiset.json', 'assets.jsonl', 'assets.ref.json', 'manifest.json'];

/** The records of a version, byte for byte, beside its page. */
async function recordFiles(catalog: Catalog, entry: VersionEntry): Promise<SiteFile[]> {
  const files: SiteFile[] = [];
  for (const name of RECORD_FILES) {
    const contents = await catalog.tree.read(
      `${versionFolder(entry.number, entry.version)}/${name}`,
    );
    if (contents === undefined) continue;
    files.push({ path: `dandiset/${entry.number}/${entry.version}/${name}`, contents });
  }
  return files;
}

/** The files that lie beside one version's page. A withdrawn version keeps its records alone. */
export async function versionFiles(catalog: Catalog, entry: VersionEntry): Promise<SiteFile[]> {
  const records = await recordFiles(catalog, entry);
  return entry.status === 'withdrawn'
    ? records
    : [...records, ...(await fileListFiles(catalog, entry))];
}

/** Every version's files, one version at a time, so that memory stays flat. */
export async function* siteFiles(catalog: Catalog): AsyncGenerator<SiteFile> {
  for (const dandiset of catalog.dandisets) {
    const versions =
      dandiset.draft === undefined ? dandiset.published : [dandiset.draft, ...dandiset.published];
    for (const entry of versions) yield* await versionFiles(catalog, entry);
  }
}

const VERSION_FILE = /^dandiset\/(\d{6})\/([^/]+)\/.+\.[a-z]+$/;

/** One such file by its path below the site's root, for the development server. */
export async function siteFileAt(catalog: Catalog, path: string): Promise<SiteFile | undefined> {
  const [, number = '', version = ''] = VERSION_FILE.exec(path) ?? [];
  const dandiset = catalog.byNumber.get(number);
  const entry =
    version === 'draft'
      ? dandiset?.draft
      : dandiset?.published.find((one) => one.version === version);
  if (entry === undefined) return undefined;
  return (await versionFiles(catalog, entry)).find((file) => file.path === path);
}
