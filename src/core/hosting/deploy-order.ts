// In which order the files of a site are uploaded while visitors are reading it, and which other files are
// never removed.

import { absoluteStoreAddress, ARCHIVE_FILE, type Archive } from '../records/archive.ts';
import type { S3Place } from '../records/s3-place.ts';

/** Steps of a deployment; each begins when the previous one is done. */
export const DEPLOY_STEPS = ['named by content', 'data', 'pages', 'markers'] as const;

export type DeployStep = (typeof DEPLOY_STEPS)[number];

/** Files that direct browsers to a new state of the rest. */
const MARKERS = new Set([
  'sw.js',
  'offline/packs.json',
  'pagefind/pagefind-entry.json',
  'search/index.json',
]);
const BY_CONTENT =
  /^_astro\/|^pagefind\/(?:fragment|index)\/|^pagefind\/.+\.pf_meta$|^offline\/\w+\.pack$|^search\/\w+\//;

/**
 * The step in which a file is uploaded: what pages load before the pages that name it, and last what makes
 * browsers fetch anew. The settings come first, since they say whose site this is.
 */
export function deployStepOf(path: string): DeployStep {
  if (path === ARCHIVE_FILE || BY_CONTENT.test(path)) return 'named by content';
  if (MARKERS.has(path)) return 'markers';
  return path.endsWith('.html') && !path.startsWith('api/') ? 'pages' : 'data';
}

const STORE_FOLDERS = ['blobs/', 'zarr/', 'lists/'];

/** Beginnings of keys that belong to a store of the archive, and not to its site. */
export function keysOfStores(
  archive: Pick<Archive, 'site' | 'stores'>,
  place: Pick<S3Place, 'bucket' | 'prefix'>,
): string[] {
  const folders = archive.stores.flatMap((store) => {
    const address = absoluteStoreAddress(archive, store);
    const below = address.startsWith(archive.site) ? address.slice(archive.site.length) : '';
    const { bucket, prefix = '' } = store.s3 ?? {};
    const isHere = bucket === place.bucket && prefix.startsWith(place.prefix);
    return [below, isHere ? prefix.slice(place.prefix.length) : ''];
  });
  return [...STORE_FOLDERS, ...folders.filter((folder) => folder !== '')];
}
