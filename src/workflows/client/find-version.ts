// From what a reader asks for to one version of one Dandiset at a source, with its assets: no file is written.

import type { RecordSource, SourceVersion } from '../../adapters/record-source/record-source.ts';
import type { Reporter } from '../../adapters/terminal/progress.ts';
import type { Filters } from '../../core/download/selection.ts';
import { selectAssets } from '../../core/download/selection.ts';
import type { Part, Resource } from '../../core/download/resource.ts';
import { ArchiveError } from '../../core/error.ts';
import type { DandisetNumber } from '../../core/identifiers/dandiset-id.ts';
import { compareVersions } from '../../core/identifiers/version-id.ts';
import { parseJson } from '../../core/json/json-text.ts';
import { parseAssetLine } from '../../core/records/asset-list.ts';
import type { AssetRecord } from '../../core/records/asset.ts';
import { quote } from '../../core/text/quote.ts';

/** Opens the archive at an address, or the one at hand, for one Dandiset. */
export type OpenSource = (
  archive: string | undefined,
  number: DandisetNumber,
) => Promise<RecordSource>;

/** A version that was found. */
export interface FoundVersion {
  resource: Resource;
  source: RecordSource;
  at: SourceVersion;
  /** Set if no version was named, so that it was chosen: the newest published one, else the draft. */
  isChosen: boolean;
}

/** Finds the version that a resource names. @throws ArchiveError `usage`, `source-…` */
export async function findVersion(
  resource: Resource,
  number: DandisetNumber,
  open: OpenSource,
  reporter: Reporter,
): Promise<FoundVersion> {
  const source = await open(resource.archive, number);
  const { versions, problems } = await source.list(reporter);
  const failure = problems.find(({ severity }) => severity === 'error');
  const own = versions.filter((version) => version.number === number);
  if (own.length === 0) {
    const message = failure?.message ?? `There is no Dandiset ${number} at ${source.name}.`;
    throw new ArchiveError('source-unreadable', message);
  }
  const at =
    resource.version === undefined
      ? newestOf(own)
      : own.find(({ version }) => version === resource.version);
  if (at === undefined) {
    const named = own.map(({ version }) => version).join(', ');
    const message = `Dandiset ${number} has no version ${resource.version ?? ''} at ${source.name}.`;
    throw new ArchiveError('source-unreadable', message, { hint: `It has ${named}.` });
  }
  return { resource, source, at, isChosen: resource.version === undefined };
}

function newestOf(versions: readonly SourceVersion[]): SourceVersion | undefined {
  const published = versions.flatMap((one) =>
    one.version === 'draft' ? [] : [{ one, version: one.version }],
  );
  published.sort((a, b) => compareVersions(a.version, b.version));
  return published.at(-1)?.one ?? versions[0];
}

/** The metadata record of a version, as JSON text. @throws ArchiveError */
export async function readVersionRecord({ source, at }: FoundVersion): Promise<string> {
  const record = await source.readRecord(at);
  if (record.ok && parseJson(record.text).ok) return record.text;
  const { path, message } = record.ok
    ? { path: record.path, message: 'is not JSON' }
    : record.problem;
  throw new ArchiveError('source-unreadable', `${path}: ${message}`);
}

/** All assets of a version, in the source's order. @throws ArchiveError if the list cannot be read whole */
export async function readVersionAssets({ source, at }: FoundVersion): Promise<AssetRecord[]> {
  const list = await source.readAssets(at);
  if (list === undefined) {
    const message = `The list of files of ${at.number}/${at.version} is not at ${source.name}.`;
    throw new ArchiveError('source-unreadable', message, {
      hint: 'The page of the version says where its files are.',
    });
  }
  const assets: AssetRecord[] = [];
  for await (const item of list.items) {
    if (!item.ok)
      throw new ArchiveError('source-unreadable', `${item.problem.path}: ${item.problem.message}`);
    const line = parseAssetLine(item.text);
    // A list that is read in part would look like a whole version that was downloaded.
    if (!line.ok)
      throw new ArchiveError(
        'source-unreadable',
        `An asset in ${item.place.path} ${line.message}.`,
      );
    assets.push(line.asset);
  }
  return assets;
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
  const asset = assets.find((one) => one.zarr !== undefined && path.startsWith(`${one.path}/`));
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
