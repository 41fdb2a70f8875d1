// The list of assets of a version, frozen from a draft's. An asset is published once: while its file and its
// metadata stay the same, later versions repeat its line unchanged.

import { sameAssetMetadata, type ListedFile } from '../compare/listed-file.ts';
import { derivedUuid } from '../identifiers/derived-uuid.ts';
import { listMember, textMember, type JsonValue } from '../json/json-text.ts';
import { memberTexts } from '../json/member-texts.ts';
import { objectText, valueText, type MemberTexts } from '../json/object-text.ts';
import { readLines } from '../records/asset-list.ts';
import type { AssetRecord } from '../records/asset.ts';
import { textTakenAsAsset } from '../records/bare-asset.ts';
import { contentUrls } from '../records/content-urls.ts';
import { COMPUTED_ASSET_FIELDS } from '../schema/record-models.ts';
import {
  contextOf,
  identifierOf,
  OPEN_ACCESS,
  publishActivity,
  type Publication,
} from './publication.ts';

/** A list as it is frozen. */
export interface FrozenAssets {
  /** The text of the list. */
  text: string;
  assets: AssetRecord[];
  /** Those of them that were not published before. */
  fresh: AssetRecord[];
  bytes: number;
  /**
   * The draft's list with the identifiers that changed assets got; undefined if it stays. Without it the next
   * version could publish another asset under an identifier that is taken.
   */
  draft?: string;
}

const DROPPED: ReadonlySet<string> = new Set([...COMPUTED_ASSET_FIELDS, '@context']);
const UUID4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

interface PublishedLine {
  text: string;
  asset: AssetRecord;
}

/** What was published before: lines by path, and the identifiers that are taken. */
interface PublishedLines {
  byPath: Map<string, PublishedLine[]>;
  identifiers: Set<string>;
}

function publishedLines(lists: readonly string[]): PublishedLines {
  const published: PublishedLines = { byPath: new Map(), identifiers: new Set() };
  for (const list of lists) {
    for (const { text, read } of readLines(list)) {
      if (!read.ok) continue;
      const { asset } = read;
      if (asset.assetId !== undefined) published.identifiers.add(asset.assetId);
      const lines = published.byPath.get(asset.path);
      if (lines === undefined) published.byPath.set(asset.path, [{ text, asset }]);
      else lines.push({ text, asset });
    }
  }
  return published;
}

function withLine(text: string): ListedFile {
  return { path: '', size: 0, marks: {}, line: () => text };
}

function isSameAsset(draft: PublishedLine, published: PublishedLine): boolean {
  const [a, b] = [draft.asset, published.asset];
  if (a.size !== b.size || a.blob !== b.blob || a.zarr !== b.zarr) return false;
  return sameAssetMetadata(withLine(draft.text), withLine(published.text));
}

function isOpenAccess(access: JsonValue[]): boolean {
  return (
    access.length > 0 && access.every((one) => textMember(one, 'status') === 'dandi:OpenAccess')
  );
}

/** Adds `access` if it is missing or invalid. */
export function setAccess(members: MemberTexts, said: JsonValue[]): void {
  if (!isOpenAccess(said)) members.set('access', valueText(OPEN_ACCESS));
}

function frozenMetadata(
  text: string,
  asset: AssetRecord,
  assetId: string,
  publication: Publication,
  activity: string,
): string {
  const { metadata } = asset;
  const members: MemberTexts = new Map([
    ['@context', valueText(contextOf(textMember(metadata, 'schemaVersion') ?? ''))],
    ['id', valueText(`dandiasset:${assetId}`)],
    ['identifier', valueText(assetId)],
  ]);
  const authored = memberTexts(textTakenAsAsset(metadata, text));
  for (const [name, value] of authored) if (!DROPPED.has(name)) members.set(name, value);
  if (textMember(metadata, 'path') !== asset.path) members.set('path', valueText(asset.path));
  setAccess(members, listMember(metadata, 'access'));
  if (textMember(metadata, 'dateModified') === undefined) {
    members.set('dateModified', valueText(asset.modified ?? asset.created ?? publication.time));
  }
  members.set('contentUrl', valueText(contentUrls(publication.archive, asset)));
  members.set('publishedBy', activity);
  members.set('datePublished', valueText(publication.time));
  return objectText(members);
}

/** The line with other members, all others unchanged; a new one comes first. */
function lineWith(line: MemberTexts, assetId: string, metadata?: string): string {
  const members: MemberTexts = new Map([['asset_id', valueText(assetId)], ...line]);
  members.set('asset_id', valueText(assetId));
  if (metadata !== undefined) members.set('metadata', metadata);
  return objectText(members);
}

/**
 * Freezes the list of a draft, compact lines in their present order. `before` are the lists of previously
 * published versions, newest first. Lines that cannot be read are left out: the checks name them, and no
 * version is published with one.
 */
export function freezeAssets(
  list: string,
  before: readonly string[],
  publication: Publication,
): FrozenAssets {
  const published = publishedLines(before);
  const activity = valueText(publishActivity(publication));
  const dandiset = identifierOf(publication);
  const frozen: string[] = [];
  const draft: string[] = [];
  const assets: AssetRecord[] = [];
  const fresh: AssetRecord[] = [];
  let bytes = 0;
  for (const { text, read } of readLines(list)) {
    if (!read.ok) continue;
    const { asset } = read;
    assets.push(asset);
    bytes += asset.size;
    const same = published.byPath.get(asset.path)?.find((one) => isSameAsset({ text, asset }, one));
    const wanted = asset.assetId?.toLowerCase();
    const isFree = wanted !== undefined && UUID4.test(wanted) && !published.identifiers.has(wanted);
    const assetId =
      same?.asset.assetId ??
      (isFree ? wanted : derivedUuid('asset', dandiset, publication.version, asset.path));
    published.identifiers.add(assetId);
    const members = memberTexts(text);
    draft.push(assetId === asset.assetId ? text : lineWith(members, assetId));
    if (same !== undefined) frozen.push(same.text);
    else {
      fresh.push(asset);
      const metadata = members.get('metadata') ?? '{}';
      frozen.push(
        lineWith(members, assetId, frozenMetadata(metadata, asset, assetId, publication, activity)),
      );
    }
  }
  const asText = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
  const draftText = asText(draft);
  return {
    text: asText(frozen),
    assets,
    fresh,
    bytes,
    ...(draftText === list ? {} : { draft: draftText }),
  };
}
