// Freezing: what an author wrote, completed by what the archive computes, and the manifest over it.
// The same order gives the same bytes, on any machine and however often.

import { utf8ToBytes } from '@noble/hashes/utils.js';
import { summarizeAssets } from '../assets/summary.ts';
import { computedText } from '../citations/stored-text.ts';
import { sha256Hex } from '../digests/sha256.ts';
import type { PublishedVersionId } from '../identifiers/version-id.ts';
import {
  isJsonObject,
  listMember,
  parseJson,
  textMember,
  type JsonObject,
} from '../json/json-text.ts';
import { memberTexts } from '../json/member-texts.ts';
import { objectText, recordText, valueText, type MemberTexts } from '../json/object-text.ts';
import { citableRecord } from '../metadata/citable-record.ts';
import { preferredStoreAddress } from '../records/archive.ts';
import { listKeyPath, MAX_LIST_BYTES } from '../records/asset-list.ts';
import type { AssetRecord } from '../records/asset.ts';
import { ASSETS_FILE, ASSETS_REFERENCE_FILE, DANDISET_FILE } from '../records/layout.ts';
import {
  formatManifest,
  frozenFile,
  MANIFEST_FILE,
  MANIFEST_SCHEMA,
  versionDigest,
  type Manifest,
} from '../records/manifest.ts';
import { COMPUTED_DANDISET_FIELDS } from '../schema/record-models.ts';
import { freezeAssets, setAccess } from './frozen-assets.ts';
import {
  contextOf,
  doiOf,
  identifierOf,
  pageOf,
  publishActivity,
  registrarOf,
  type Publication,
  type FreezingProgram,
} from './publication.ts';

/** What is frozen, and as what. */
export interface FreezeOrder extends Omit<Publication, 'publisher'> {
  /** When the Dandiset arrived in the archive, ISO 8601. */
  created: string;
  /** The texts of the draft's dandiset.json and assets.jsonl. */
  draft: { dandiset: string; assets: string };
  releaseNotes: string;
  /** Digest of the newest existing version; null if this is the first. */
  previous: string | null;
  /** Texts of the lists of previous versions, newest first: unchanged assets stay as published. */
  before: readonly string[];
  /** By default the registrar of the archive. */
  publisher?: FreezingProgram;
}

/** A version as it is frozen. */
export interface FrozenVersion {
  version: PublishedVersionId;
  /** File name → text: dandiset.json, the list or its reference, manifest.json. */
  files: Map<string, string>;
  /** The version digest: sha256 of manifest.json. */
  digest: string;
  manifest: Manifest;
  /** The frozen record as a value. */
  record: JsonObject;
  /** The assets that this version is the first to publish. */
  fresh: AssetRecord[];
  /** A list that is too large for git, to be stored uncompressed under this sha256. */
  stored?: { sha256: string; text: string };
  /** The draft's list if its identifiers have to change with this publication. */
  draftAssets?: string;
}

/** Members that come first, in this order, or are written by the archive after the authored ones. */
const PLACED: ReadonlySet<string> = new Set([
  '@context',
  'identifier',
  'schemaKey',
  'schemaVersion',
  ...COMPUTED_DANDISET_FIELDS,
]);

/** The citation that is frozen with a version, after DANDI's own form. */
export function frozenCitation(record: JsonObject, publication: Publication): string {
  const facts = citableRecord(record, {
    identifier: identifierOf(publication),
    version: publication.version,
    status: 'published',
    doi: doiOf(publication),
    url: pageOf(publication),
    archive: publication.archive.name,
    summary: undefined,
  });
  return computedText(facts);
}

function authoredRecord(text: string): JsonObject {
  const parsed = parseJson(text);
  if (parsed.ok && isJsonObject(parsed.value)) return parsed.value;
  throw new TypeError('the draft is no JSON object');
}

function frozenDandiset(
  order: FreezeOrder,
  publication: Publication,
  summary: JsonObject,
  listAddress: string,
): string {
  const { draft, time, created, version, releaseNotes } = order;
  const authored = authoredRecord(draft.dandiset);
  const identifier = identifierOf(order);
  const release = textMember(authored, 'schemaVersion') ?? '';
  const members: MemberTexts = new Map([
    ['@context', valueText(contextOf(release))],
    ['id', valueText(`${identifier}/${version}`)],
    ['identifier', valueText(identifier)],
    ['schemaKey', valueText('Dandiset')],
    ['schemaVersion', valueText(release)],
    ['version', valueText(version)],
  ]);
  for (const [name, text] of memberTexts(draft.dandiset)) {
    if (!PLACED.has(name)) members.set(name, text);
  }
  setAccess(members, listMember(authored, 'access'));
  const doi = doiOf(publication);
  const computed: JsonObject = {
    url: pageOf(publication),
    repository: order.archive.site,
    citation: frozenCitation({ ...authored, datePublished: time }, publication),
    assetsSummary: summary,
    manifestLocation: [listAddress],
    dateCreated: created,
    dateModified: time,
    ...(doi === undefined ? {} : { doi }),
    datePublished: time,
    publishedBy: publishActivity(publication),
    releaseNotes,
  };
  for (const [name, value] of Object.entries(computed)) members.set(name, valueText(value));
  return recordText(members);
}

/**
 * The files of a version and its digest. Texts of the draft keep their spelling and their order; what the
 * archive computes is never read from them.
 *
 * @throws TypeError for a draft that is not a JSON object: check it first.
 */
export function freezeVersion(order: FreezeOrder): FrozenVersion {
  const { version, time } = order;
  const publication: Publication = {
    ...order,
    publisher: order.publisher ?? registrarOf(order.archive),
  };
  const list = freezeAssets(order.draft.assets, order.before, publication);
  const listBytes = utf8ToBytes(list.text);
  const isStored = listBytes.length > MAX_LIST_BYTES;
  const sha256 = isStored ? sha256Hex(listBytes) : '';
  const listFile: [string, string] = isStored
    ? [
        ASSETS_REFERENCE_FILE,
        `${objectText([
          ['sha256', valueText(sha256)],
          ['size', valueText(listBytes.length)],
          ['count', valueText(list.assets.length)],
        ])}\n`,
      ]
    : [ASSETS_FILE, list.text];
  const listAddress = isStored
    ? preferredStoreAddress(order.archive) + listKeyPath(sha256)
    : `${pageOf(publication)}/${ASSETS_FILE}`;
  const dandiset = frozenDandiset(order, publication, summarizeAssets(list.assets), listAddress);
  const records = new Map([listFile, [DANDISET_FILE, dandiset]]);
  const doi = doiOf(publication);
  const manifest: Manifest = {
    schema: MANIFEST_SCHEMA,
    identifier: identifierOf(order),
    version,
    datePublished: time,
    ...(doi === undefined ? {} : { doi }),
    files: [...records].map(([name, text]) => frozenFile(name, utf8ToBytes(text))),
    assets: { count: list.assets.length, bytes: list.bytes },
    previous: order.previous,
  };
  const manifestText = formatManifest(manifest);
  return {
    version,
    files: new Map([...records, [MANIFEST_FILE, manifestText]]),
    digest: versionDigest(manifestText),
    manifest,
    record: authoredRecord(dandiset),
    fresh: list.fresh,
    ...(isStored ? { stored: { sha256, text: list.text } } : {}),
    ...(list.draft === undefined ? {} : { draftAssets: list.draft }),
  };
}
