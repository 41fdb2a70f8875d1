// The rules over one record or one list of assets, without any folder around it: the check command
// runs them over a whole archive, a form over the record being written.

import { sortProblems, type Problem } from '../problem.ts';
import type { DandisetNumber } from '../identifiers/dandiset-id.ts';
import type { VersionId } from '../identifiers/version-id.ts';
import { listMember, type JsonObject } from '../json/json-text.ts';
import type { Archive } from '../records/archive.ts';
import { assetLines, MOST_BROKEN_LINES } from '../records/asset-list.ts';
import { takenAsAsset } from '../records/bare-asset.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { ASSET_ID_TWICE } from './assets/asset-identifiers.ts';
import { WRITTEN_BY_ARCHIVE } from './authored-drafts.ts';
import { ASSET_LINE_RULES, readAssetLine } from './assets/asset-lines.ts';
import { ASSET_METADATA_RULES } from './assets/asset-metadata.ts';
import { ASSET_NAME_RULES } from './assets/asset-path-names.ts';
import { ASSET_PATH_RULES } from './assets/asset-paths.ts';
import { ProblemCollector, type Origin } from './collect-problems.ts';
import { METADATA_RULES } from './metadata.ts';
import { schemaContext, settingsFor } from './schema-findings.ts';
import { SEMANTIC_ASSET_RULES, SEMANTIC_VERSION_RULES } from './semantic.ts';
import type { AssetListSubject, ListTotals } from './subjects.ts';
import { ASSET_TEXT_RULES, TEXT_RULES } from './texts.ts';

/** Every rule about the metadata of a version. */
export const VERSION_RULES = [
  ...METADATA_RULES,
  WRITTEN_BY_ARCHIVE,
  ...TEXT_RULES,
  ...SEMANTIC_VERSION_RULES,
];

/** Every rule about the lines of a list of assets. */
export const LINE_RULES = [
  ...ASSET_LINE_RULES,
  ...ASSET_PATH_RULES,
  ...ASSET_NAME_RULES,
  ASSET_ID_TWICE,
  ...ASSET_METADATA_RULES,
  ...ASSET_TEXT_RULES,
  ...SEMANTIC_ASSET_RULES,
];

/** A record and its context. */
export interface VersionToCheck {
  /** The file that problems name. */
  path: string;
  /** `000000` for a submission. */
  number: DandisetNumber;
  version: VersionId;
  /** Whether it is a new Dandiset without a number. */
  submission?: boolean;
  /** Whether it is a frozen version that came from elsewhere: its errors are warnings. */
  imported?: boolean;
  record: JsonObject;
  archive: Archive;
  vocabularies?: ReadonlyMap<string, Vocabulary>;
}

/** Runs the rules about metadata over one record. */
export function collectFromRecord(collector: ProblemCollector, version: VersionToCheck): void {
  const { path, record, archive, submission = false, imported = false } = version;
  const kind = version.version === 'draft' ? 'Dandiset' : 'PublishedDandiset';
  const context = schemaContext(record, kind, settingsFor(kind, archive), imported);
  const vocabularies = version.vocabularies ?? new Map<string, Vocabulary>();
  const subject = { ...version, submission, imported, vocabularies, context };
  collector.check(VERSION_RULES, subject, { path, imported });
}

/** Totals of the readable lines of a list. */
export interface ReadList {
  totals: ListTotals;
  /** The licences that its assets name. */
  licenses: ReadonlySet<string>;
}

/**
 * Runs the rules about assets over a list, one line per step, for callers that must not be blocked; returns
 * the totals of its readable lines. Undefined if too many cannot be read: the rest is not looked at.
 */
export function* collectFromLines(
  collector: ProblemCollector,
  text: string,
  list: AssetListSubject,
  origin: Origin,
): Generator<undefined, ReadList | undefined> {
  const kind = list.published ? 'PublishedAsset' : 'Asset';
  const settings = settingsFor(kind, list.archive);
  const visit = collector.checkLines(LINE_RULES, list, origin);
  const totals = { count: 0, bytes: 0 };
  const licenses = new Set<string>();
  let broken = 0;
  for (const line of assetLines(text)) {
    const read = readAssetLine(line);
    if (read.asset !== undefined) {
      totals.count += 1;
      totals.bytes += read.asset.size;
      if (!list.published) read.asset.metadata = takenAsAsset(read.asset.metadata);
      for (const license of listMember(read.asset.metadata, 'license')) {
        if (typeof license === 'string') licenses.add(license);
      }
      read.context = schemaContext(read.asset.metadata, kind, settings, origin.imported);
    }
    visit(read);
    if (read.problem !== undefined) broken += 1;
    if (broken === MOST_BROKEN_LINES) return undefined;
    yield;
  }
  return { totals, licenses };
}

/**
 * Runs the rules about assets over a list in one go; returns the totals of its lines, as collectFromLines
 * does.
 */
export function collectFromList(
  collector: ProblemCollector,
  text: string,
  list: AssetListSubject,
  origin: Origin,
): ReadList | undefined {
  const steps = collectFromLines(collector, text, list, origin);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/** Every problem of one record, as the check command would report it. */
export function checkVersion(version: VersionToCheck): Problem[] {
  const collector = new ProblemCollector();
  collectFromRecord(collector, version);
  return sortProblems(collector.problems());
}

/** The input of checkAssetList. */
export interface ListToCheck {
  /** The file that problems name. */
  path: string;
  /** The list's text, one asset per line. */
  text: string;
  published?: boolean;
  imported?: boolean;
  archive: Archive;
  vocabularies?: ReadonlyMap<string, Vocabulary>;
}

/** Every problem of the lines of one list, as the check command would report it. */
export function checkAssetList(list: ListToCheck): Problem[] {
  const collector = new ProblemCollector();
  const { path, text, archive, published = false, imported = false } = list;
  const vocabularies = list.vocabularies ?? new Map<string, Vocabulary>();
  collectFromList(collector, text, { archive, vocabularies, published }, { path, imported });
  return sortProblems(collector.problems());
}
