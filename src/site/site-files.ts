// Every file of the site other than a page. Pages are rendered by Astro; these are made from the records
// directly: byte for byte, or derived. A new kind of file is one line in a list here.

import { ARCHIVE_FILE } from '../core/records/archive.ts';
import { versionFolder } from '../core/records/layout.ts';
import { apiSiteFiles } from './api/api-site-files.ts';
import { apiVersionFiles } from './api/api-version-files.ts';
import { zarrFiles } from './api/zarr-files.ts';
import { apiCatalogFiles } from './feeds/api-catalog.ts';
import { citationFiles } from './citation/citation-files.ts';
import type { Catalog, DandisetEntry, VersionEntry } from './catalog/catalog.ts';
import { downloadListFiles } from './download/list-files.ts';
import { editFiles } from './edit/edit-settings.ts';
import { versionExportFiles } from './citation/export-files.ts';
import { feedFiles } from './feeds/feeds.ts';
import { fileListFiles } from './files/file-lists.ts';
import { schemaFiles } from './files/schema-files.ts';
import { fixityFiles } from './version/fixity-files.ts';
import { clientFiles } from './hosting/client-files.ts';
import { hostRules } from './hosting/host-rules.ts';
import type { SiteFile } from './site-file.ts';
import { sitemapFiles } from './feeds/sitemaps.ts';
import { recordingFiles } from './tables/recording-files.ts';
import { tableFiles } from './tables/table-files.ts';
import { readMaterial, type VersionMaterial } from './catalog/version-material.ts';

type Files = Iterable<SiteFile> | AsyncIterable<SiteFile>;
type VersionFamily = (material: VersionMaterial) => Files | Promise<Files>;
type SiteFamily = (catalog: Catalog) => Files;

const RECORD_FILES = ['dandiset.json', 'assets.jsonl', 'assets.ref.json', 'manifest.json'];

/** The records of a version, byte for byte, next to its page. */
async function recordFiles({ catalog, entry }: VersionMaterial): Promise<SiteFile[]> {
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

/** Next to the page of every version, including withdrawn ones: records and how to cite them stay. */
const OF_EVERY_VERSION: readonly VersionFamily[] = [
  recordFiles,
  citationFiles,
  fixityFiles,
  versionExportFiles,
];

/** Next to the page of a version whose files are offered. */
const OF_OFFERED_VERSIONS: readonly VersionFamily[] = [
  ({ catalog, entry }) => fileListFiles(catalog, entry),
  downloadListFiles,
  apiVersionFiles,
  zarrFiles,
];

/** The settings, so that a built site can be served without its records. */
async function* settingsFile({ tree }: Catalog): AsyncGenerator<SiteFile> {
  const contents = await tree.read(ARCHIVE_FILE);
  if (contents !== undefined) yield { path: ARCHIVE_FILE, contents };
}

/** Of the archive as a whole. */
const OF_THE_SITE: readonly SiteFamily[] = [
  hostRules,
  feedFiles,
  (catalog) => sitemapFiles(catalog),
  apiCatalogFiles,
  apiSiteFiles,
  editFiles,
  schemaFiles,
  clientFiles,
  settingsFile,
];

/** Of the archive as a whole, but made from every record: only generated for what is in their folder. */
const OF_ALL_RECORDS: readonly (readonly [folder: string, family: SiteFamily])[] = [
  ['search/', tableFiles],
  ['search/', recordingFiles],
];

async function* versionFiles(
  catalog: Catalog,
  dandiset: DandisetEntry,
  entry: VersionEntry,
): AsyncGenerator<SiteFile> {
  const material = await readMaterial(catalog, dandiset, entry);
  const offered = entry.status === 'withdrawn' ? [] : OF_OFFERED_VERSIONS;
  for (const family of [...OF_EVERY_VERSION, ...offered]) yield* await family(material);
}

/** All such files, one version at a time, so that memory stays flat. */
export async function* siteFiles(catalog: Catalog): AsyncGenerator<SiteFile> {
  for (const dandiset of catalog.dandisets) {
    const versions =
      dandiset.draft === undefined ? dandiset.published : [dandiset.draft, ...dandiset.published];
    for (const entry of versions) yield* versionFiles(catalog, dandiset, entry);
  }
  for (const family of OF_THE_SITE) yield* family(catalog);
  for (const [, family] of OF_ALL_RECORDS) yield* family(catalog);
}

const VERSION_FILE =
  /^(?:dandiset|api\/dandisets)\/(\d{6})\/(?:versions\/)?([^/]+)\/.+\.[A-Za-z0-9]+$/;

// Made along with the files of the version that the page of the Dandiset shows.
const DANDISET_FILE = /^dandiset\/(\d{6})\/linkset\.json$/;

/** One such file by its path below the site's root, for the development server. */
export async function siteFileAt(catalog: Catalog, path: string): Promise<SiteFile | undefined> {
  const ofDandiset = DANDISET_FILE.exec(path);
  const [, number = '', version = ''] = ofDandiset ?? VERSION_FILE.exec(path) ?? [];
  const dandiset = catalog.byNumber.get(number);
  const entry = ofDandiset
    ? dandiset?.shown
    : version === 'draft'
      ? dandiset?.draft
      : dandiset?.published.find((one) => one.version === version);
  if (dandiset !== undefined && entry !== undefined) {
    for await (const file of versionFiles(catalog, dandiset, entry)) {
      if (file.path === path) return file;
    }
    return undefined;
  }
  const ofRecords = OF_ALL_RECORDS.filter(([folder]) => path.startsWith(folder));
  for (const family of [...OF_THE_SITE, ...ofRecords.map(([, one]) => one)]) {
    for await (const file of family(catalog)) if (file.path === path) return file;
  }
  return undefined;
}
