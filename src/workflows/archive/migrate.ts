// Migrates drafts to the current release of the schema. A draft that would have errors afterwards is left
// unchanged, and what prevents its migration is reported.

import { readText, type ContentTree } from '../../adapters/content-files/content-tree.ts';
import type { ContentWriter } from '../../adapters/content-files/content-writer.ts';
import type { Reporter } from '../../adapters/terminal/progress.ts';
import { checkAssetList, checkVersion } from '../../core/checks/check-version.ts';
import type { ArchiveSetting } from '../../core/checks/subjects.ts';
import type { DandisetNumber } from '../../core/identifiers/dandiset-id.ts';
import { compactJson, indentJson, isJsonObject, parseJson } from '../../core/json/json-text.ts';
import { memberTexts } from '../../core/json/member-texts.ts';
import { objectText } from '../../core/json/object-text.ts';
import { sortProblems, type Problem } from '../../core/problem.ts';
import { migrateRecord } from '../../core/publishing/migrate-record.ts';
import { assetLines } from '../../core/records/asset-list.ts';
import {
  ASSETS_FILE,
  DANDISET_FILE,
  draftFolder,
  contentPlace,
} from '../../core/records/layout.ts';
import { readSetting } from '../publishing/read-release.ts';

export interface MigrateOptions {
  tree: ContentTree;
  writer: ContentWriter;
  /** Which drafts; all of them by default. */
  numbers?: readonly DandisetNumber[];
  reporter?: Reporter;
  dryRun?: boolean;
}

/** The outcome for one draft. */
export interface MigratedDraft {
  number: DandisetNumber;
  result: 'migrated' | 'current' | 'left';
  /** Files that were written, or would be. */
  files: string[];
}

/** The outcome for all of them, and why some were left as they are. */
export interface MigrateReport {
  drafts: MigratedDraft[];
  problems: Problem[];
}

interface Texts {
  dandiset: string;
  assets: string | undefined;
}

function migratedDandiset(text: string): string {
  const migrated = migrateRecord(text, 'Dandiset');
  if (migrated === undefined || migrated === text) return text;
  const laidOut = indentJson(migrated);
  return laidOut.ok ? `${laidOut.text}\n` : text;
}

function migratedLine(text: string): string {
  const members = memberTexts(text);
  const metadata = members.get('metadata');
  const migrated = metadata === undefined ? undefined : migrateRecord(metadata, 'Asset');
  if (migrated === undefined || migrated === metadata) return text;
  const compact = compactJson(objectText(members.set('metadata', migrated)));
  return compact.ok ? compact.text : text;
}

function migratedList(list: string): string {
  let migrated = '';
  for (const { text } of assetLines(list)) migrated += `${migratedLine(text)}\n`;
  return migrated;
}

function problemsOf(
  { dandiset, assets }: Texts,
  setting: ArchiveSetting,
  number: DandisetNumber,
): Problem[] {
  const { archive, vocabularies } = setting;
  const folder = draftFolder(number);
  const parsed = parseJson(dandiset);
  const record = parsed.ok && isJsonObject(parsed.value) ? parsed.value : {};
  const path = `${folder}/${DANDISET_FILE}`;
  const of = { number, version: 'draft' as const, archive, vocabularies };
  const list = { path: `${folder}/${ASSETS_FILE}`, text: assets ?? '', archive, vocabularies };
  return [...checkVersion({ path, record, ...of }), ...checkAssetList(list)].filter(
    ({ severity }) => severity === 'error',
  );
}

async function numbersOf(tree: ContentTree): Promise<DandisetNumber[]> {
  const numbers = new Set<DandisetNumber>();
  for (const { path } of await tree.list('dandisets')) {
    const place = contentPlace(path);
    if (place.kind === 'version' && place.version === 'draft') numbers.add(place.number);
  }
  return [...numbers].sort();
}

async function migrateDraft(
  { tree, writer, dryRun }: MigrateOptions,
  setting: ArchiveSetting,
  number: DandisetNumber,
  problems: Problem[],
): Promise<MigratedDraft> {
  const folder = draftFolder(number);
  const paths = { dandiset: `${folder}/${DANDISET_FILE}`, assets: `${folder}/${ASSETS_FILE}` };
  const before: Texts = {
    dandiset: (await readText(tree, paths.dandiset)) ?? '',
    assets: await readText(tree, paths.assets),
  };
  const after: Texts = {
    dandiset: migratedDandiset(before.dandiset),
    assets: before.assets === undefined ? undefined : migratedList(before.assets),
  };
  const changed = new Map<string, string>();
  if (after.dandiset !== before.dandiset) changed.set(paths.dandiset, after.dandiset);
  if (after.assets !== undefined && after.assets !== before.assets) {
    changed.set(paths.assets, after.assets);
  }
  const files = [...changed.keys()];
  if (files.length === 0) return { number, result: 'current', files };
  const found = problemsOf(after, setting, number);
  if (found.length > 0) {
    problems.push(...found);
    return { number, result: 'left', files: [] };
  }
  if (dryRun !== true) {
    for (const [path, text] of changed) await writer.write(path, new TextEncoder().encode(text));
  }
  return { number, result: 'migrated', files };
}

/** Migrates drafts, each whole or not at all; doing it again changes nothing. */
export async function migrateDrafts(options: MigrateOptions): Promise<MigrateReport> {
  const { tree, reporter } = options;
  const setting = await readSetting(tree);
  const numbers = options.numbers ?? (await numbersOf(tree));
  const drafts: MigratedDraft[] = [];
  const problems: Problem[] = [];
  reporter?.start('Migrating', numbers.length);
  for (const number of numbers) {
    reporter?.step(number);
    drafts.push(await migrateDraft(options, setting, number, problems));
  }
  reporter?.finish();
  return { drafts, problems: sortProblems(problems) };
}
