// The assets of a version that was found, as far as they are wanted.

import { assetQueryOf, type AssetQuery } from '../../core/download/asset-query.ts';
import type { Part } from '../../core/download/resource.ts';
import { selectAssets, type Filters } from '../../core/download/selection.ts';
import { ArchiveError } from '../../core/error.ts';
import type { Problem } from '../../core/problem.ts';
import { parseAssetLine } from '../../core/records/asset-list.ts';
import { isZarrAsset, type AssetRecord } from '../../core/records/asset.ts';
import { quote, quotePath } from '../../core/text/quote.ts';
import type { FoundVersion } from './find-version.ts';

/** The assets of a version. */
export interface VersionAssets {
  assets: AssetRecord[];
  /** Why the metadata of single assets could not be read: of these, only path and size are known. */
  failures: ReadonlyMap<AssetRecord, ArchiveError>;
}

/** An asset of a list whose metadata could not be read is a failure of this file alone. */
function failureOf({ path }: AssetRecord, { rule, message }: Problem): ArchiveError {
  if (rule !== 'source-missing-file') return new ArchiveError('source-unreadable', message);
  return new ArchiveError(
    'bytes-not-found',
    `There is no such asset any more: ${quotePath(path)}.`,
  );
}

/**
 * The assets of a version, in the source's order: all of them, or with a query at least those that it can mean.
 *
 * @throws ArchiveError if the list cannot be read whole
 */
export async function readVersionAssets(
  { source, at }: FoundVersion,
  query?: AssetQuery,
): Promise<VersionAssets> {
  const list = await source.readAssets(at, query);
  if (list === undefined) {
    const message = `The list of files of ${at.number}/${at.version} is not at ${source.name}.`;
    throw new ArchiveError('source-unreadable', message, {
      hint: 'The page of the version says where its files are.',
    });
  }
  const assets: AssetRecord[] = [];
  const failures = new Map<AssetRecord, ArchiveError>();
  for await (const item of list.items) {
    const text = item.ok ? item.text : item.bare;
    // A list that is read in part would look like a whole version that was downloaded.
    if (text === undefined && !item.ok)
      throw new ArchiveError('source-unreadable', `${item.problem.path}: ${item.problem.message}`);
    const line = parseAssetLine(text ?? '');
    if (!line.ok)
      throw new ArchiveError(
        'source-unreadable',
        `An asset in ${item.ok ? item.place.path : list.path} ${line.message}.`,
      );
    assets.push(line.asset);
    if (!item.ok) failures.set(line.asset, failureOf(line.asset, item.problem));
  }
  return { assets, failures };
}

/** The assets that a part of a version can mean, and perhaps others. @throws as {@link readVersionAssets} */
export async function readMeantAssets(
  version: FoundVersion,
  part: Part,
  include: readonly string[] = [],
): Promise<VersionAssets> {
  const query = assetQueryOf(part, include);
  const found = await readVersionAssets(version, query);
  // A server that understands the query differently must not make files seem absent.
  const isSure = query === undefined || found.assets.some(({ path }) => query.mayMatch(path));
  return isSure ? found : readVersionAssets(version);
}

/**
 * A path that leads into a Zarr: the Zarr, and what is wanted of it. Undefined if it leads into none.
 */
export function insideZarr(
  assets: readonly AssetRecord[],
  part: Part,
): { asset: AssetRecord; inner: string } | undefined {
  if (part.kind !== 'path' && part.kind !== 'folder') return undefined;
  const path = part.path.replace(/\/+$/, '');
  const asset = assets.find((one) => isZarrAsset(one) && path.startsWith(`${one.path}/`));
  return asset && { asset, inner: path.slice(asset.path.length + 1) };
}

/** The wanted assets of a version. @throws ArchiveError that names what matches nothing */
export function wantedAssets(
  { at }: FoundVersion,
  assets: readonly AssetRecord[],
  part: Part,
  filters: Filters,
): AssetRecord[] {
  const found = selectAssets(assets, part, filters);
  if (found.length > 0 || (part.kind === 'all' && assets.length === 0)) return found;
  const version = `${at.number}/${at.version}`;
  const narrowed = selectAssets(assets, part).length > 0;
  const what = narrowed ? 'file that the options leave' : sayPart(part);
  throw new ArchiveError('nothing-found', `${version} has no ${what}.`, {
    hint: `dandiset ls ${at.number}/${at.version} lists what there is.`,
  });
}

function sayPart(part: Part): string {
  switch (part.kind) {
    case 'all':
      return 'file';
    case 'folder':
      return `file in the folder ${quote(part.path)}`;
    case 'prefix':
      return `file whose path begins with ${quote(part.path)}`;
    case 'glob':
      return `file that matches ${quote(part.pattern)}`;
    case 'path':
      return `file ${quote(part.path)}`;
    case 'id':
      return `file with the id ${quote(part.id)}`;
  }
}
