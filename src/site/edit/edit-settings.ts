// What the site gives the form in the browser: the archive's settings and vocabularies, the validators of its
// records, and what is known of each Dandiset that can be edited.

import { readVocabularyValues } from '../../adapters/content-files/read-vocabularies.ts';
import { jsonWithoutEmails } from '../../core/api/public-json.ts';
import { sha256Hex } from '../../core/digests/sha256.ts';
import { textMember, type JsonValue } from '../../core/json/json-text.ts';
import type { Archive } from '../../core/records/archive.ts';
import { RELEASE_FILE, versionFolder } from '../../core/records/layout.ts';
import { CURRENT_RELEASE, releaseToCheck, type Release } from '../../core/schema/validate.ts';
import { schemaSettings } from '../../core/checks/schema-findings.ts';
import { validatorModule } from '../../core/schema/validator-module.ts';
import { address } from '../catalog/addresses.ts';
import {
  readRecord,
  type Catalog,
  type DandisetEntry,
  type VersionEntry,
} from '../catalog/catalog.ts';
import type { SiteFile } from '../site-file.ts';

/** The contents of `edit/settings.json`. */
export interface EditSettings {
  archive: Archive;
  /** The commit of the records, where the build knows it. */
  commit?: string;
  /** The vocabularies' files by name. */
  vocabularies: Record<string, JsonValue>;
  /** Addresses of the modules of validators, by release of the schema. */
  validators: Record<'Dandiset' | 'Asset', Partial<Record<Release, string>>>;
}

/** The contents of `edit/000004.json`. */
export interface EditedDandiset {
  number: string;
  identifier: string;
  /** Whether there is a draft; otherwise editing begins with the newest published version. */
  hasDraft: boolean;
  /** Address of the record that editing begins with. */
  record: string;
  /** The newest published version. */
  newest?: string;
  /** How the list of assets of the draft is stored. */
  list: VersionEntry['list'];
  files?: number;
  bytes?: number;
  summary?: JsonValue;
  /** Whether publication is requested already. */
  asksForRelease: boolean;
}

/** The version that editing a Dandiset begins with. */
export function editedVersion(dandiset: DandisetEntry): VersionEntry | undefined {
  return dandiset.draft ?? dandiset.newest;
}

/** The address of the form of a Dandiset. */
export function editAddress({ base }: Pick<Catalog, 'base'>, number: string): string {
  return address(base, `edit/?dandiset=${number}`);
}

async function editedDandiset(
  catalog: Catalog,
  dandiset: DandisetEntry,
): Promise<EditedDandiset | undefined> {
  const entry = editedVersion(dandiset);
  if (entry === undefined) return undefined;
  const { number, identifier, newest, draft } = dandiset;
  const { summary } = entry;
  const release = `${versionFolder(number, 'draft')}/${RELEASE_FILE}`;
  return {
    number,
    identifier,
    hasDraft: draft !== undefined,
    record: address(catalog.base, `dandiset/${number}/${entry.version}/dandiset.json`),
    list: entry.list,
    asksForRelease: (await catalog.tree.read(release)) !== undefined,
    ...(newest === undefined ? {} : { newest: newest.version }),
    ...(summary.files === undefined ? {} : { files: summary.files }),
    ...(summary.bytes === undefined ? {} : { bytes: summary.bytes }),
    ...(summary.assetsSummary === undefined ? {} : { summary: summary.assetsSummary }),
  };
}

/** The releases that drafts of this archive are written in, and the one for new records. */
async function releasesInUse(catalog: Catalog): Promise<Release[]> {
  const releases = new Set<Release>([CURRENT_RELEASE]);
  for (const dandiset of catalog.dandisets) {
    const entry = editedVersion(dandiset);
    if (entry === undefined) continue;
    const record = await readRecord(catalog, entry.number, entry.version);
    const release = releaseToCheck(textMember(record, 'schemaVersion') ?? '');
    if (release !== undefined) releases.add(release);
  }
  return [...releases].sort();
}

/** Vocabularies of the search, which no field of the form is filled from. */
const SEARCHED = new Set(['anatomy', 'animals', 'methods']);

/** The files that the form loads. */
export async function* editFiles(catalog: Catalog): AsyncGenerator<SiteFile> {
  const settings = schemaSettings(catalog.archive);
  const validators: EditSettings['validators'] = { Dandiset: {}, Asset: {} };
  for (const release of await releasesInUse(catalog)) {
    for (const kind of ['Dandiset', 'Asset'] as const) {
      const contents = validatorModule({ release, kind, authored: true, settings });
      // Named by its contents, so that a page never runs one of another build.
      const name = `${kind.toLowerCase()}-${release}-${sha256Hex(contents).slice(0, 12)}.js`;
      const path = `edit/validators/${name}`;
      validators[kind][release] = address(catalog.base, path);
      yield { path, contents };
    }
  }
  const commit = process.env['GITHUB_SHA'];
  const all: EditSettings = {
    archive: catalog.archive,
    ...(commit !== undefined && /^[0-9a-f]{40}$/.test(commit) ? { commit } : {}),
    vocabularies: Object.fromEntries(
      [...(await readVocabularyValues(catalog.tree))].filter(([name]) => !SEARCHED.has(name)),
    ),
    validators,
  };
  yield { path: 'edit/settings.json', contents: `${JSON.stringify(all)}\n` };
  for (const dandiset of catalog.dandisets) {
    const edited = await editedDandiset(catalog, dandiset);
    if (edited === undefined) continue;
    // The summary is the record's own text; the form reads the record itself byte for byte.
    const contents = `${jsonWithoutEmails(JSON.stringify(edited))}\n`;
    yield { path: `edit/${dandiset.number}.json`, contents };
  }
}
