// What merging a request for publication would do: the version it would freeze, how that differs from the
// previous one, and everything that prevents it.

import { utf8ToBytes } from '@noble/hashes/utils.js';
import { collectFromFolder, type FetchedList } from '../checks/check-folder.ts';
import { ProblemCollector } from '../checks/collect-problems.ts';
import { VERSION_DATE } from '../checks/frozen-versions.ts';
import { IDENTIFIER_NOT_FOLDER } from '../checks/metadata.ts';
import type { ArchiveSetting } from '../checks/subjects.ts';
import { RELEASE_LIST_MISSING } from '../checks/version-folder.ts';
import { compareFiles, sameFiles, type FileComparison } from '../compare/compare-files.ts';
import { compareMetadata, type MetadataComparison } from '../compare/compare-metadata.ts';
import { listedFiles } from '../compare/listed-file.ts';
import {
  formatDandisetIdentifier,
  UNNUMBERED,
  type DandisetNumber,
} from '../identifiers/dandiset-id.ts';
import type { PublishedVersionId } from '../identifiers/version-id.ts';
import { isJsonObject, parseJson, textMember, type JsonObject } from '../json/json-text.ts';
import { sortProblems, type Problem } from '../problem.ts';
import type { AssetRecord } from '../records/asset.ts';
import {
  ASSETS_FILE,
  DANDISET_FILE,
  draftFolder,
  RELEASE_FILE,
  submissionFolder,
  versionFolder,
} from '../records/layout.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { availabilityFinding, type Availability } from './availability.ts';
import { freezeVersion, type FrozenVersion } from './freeze-version.ts';
import { RELEASE_BYTES, RELEASE_UNCHANGED } from './release-rules.ts';

/** The version a preview is frozen as: its real one is known only when it is merged. */
export const PREVIEW_VERSION = '0.000000.0000' as PublishedVersionId;

/** The time a preview is frozen at, so that its digest is the same for everyone and on every day. */
export const PREVIEW_TIME = '2000-01-01T00:00:00+00:00';

/** The newest published version of a Dandiset, withdrawn or not. */
export interface PublishedBefore {
  version: PublishedVersionId;
  record: JsonObject;
  /** The text of its list; undefined if it is not stored here. */
  assets: string | undefined;
  digest: string;
}

/** A request for publication. */
export interface ReleaseRequest extends ArchiveSetting {
  place: { number: DandisetNumber } | { slug: string };
  /** The files of the draft's or the submission's folder, by name. */
  files: ReadonlyMap<string, Uint8Array>;
  /** The list, if it is in a store: its bytes, or why there are none. */
  list?: FetchedList;
  before?: PublishedBefore;
  /** When the Dandiset arrived in the archive; irrelevant if there is a previous version. */
  created?: string;
  /** The identity to freeze it under; by default that of a preview. */
  as?: { version: PublishedVersionId; time: string };
}

/** What would be published. */
export interface ReleasePlan {
  /** Sorted; one of severity error forbids publication. */
  problems: Problem[];
  /** Undefined if the draft cannot be read at all. */
  frozen?: FrozenVersion;
  /** What differs from the previous version; undefined if there is none, or nothing is frozen. */
  changes?: { since: PublishedVersionId; metadata: MetadataComparison; files?: FileComparison };
  /** Assets that no previous version has published: the availability of their bytes has to be checked. */
  fresh: AssetRecord[];
}

function textOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : decodeUtf8(bytes);
}

/** The release notes of a release.json; empty if it cannot be read. */
export function releaseNotesOf(release: Uint8Array | string | undefined): string {
  const text = typeof release === 'string' ? release : textOf(release);
  const parsed = parseJson(text ?? '{}');
  return parsed.ok ? (textMember(parsed.value, 'releaseNotes') ?? '') : '';
}

function placeFolder(place: ReleaseRequest['place']): string {
  return 'slug' in place ? submissionFolder(place.slug) : draftFolder(place.number);
}

function listOf({ files, list }: ReleaseRequest): string | undefined {
  return textOf(files.get(ASSETS_FILE)) ?? (typeof list === 'string' ? undefined : textOf(list));
}

function isRecord(text: string | undefined): text is string {
  const parsed = parseJson(text ?? '');
  return parsed.ok && isJsonObject(parsed.value);
}

function changesOf(frozen: FrozenVersion, before: PublishedBefore): ReleasePlan['changes'] {
  const metadata = compareMetadata(before.record, frozen.record);
  const after = frozen.stored?.text ?? frozen.files.get(ASSETS_FILE);
  if (before.assets === undefined || after === undefined)
    return { since: before.version, metadata };
  const files = compareFiles(
    listedFiles(utf8ToBytes(before.assets)),
    listedFiles(utf8ToBytes(after)),
  );
  return { since: before.version, metadata, files };
}

/** The problems of a draft or submission as the check finds them, at the paths it names. */
function draftProblems(request: ReleaseRequest, folder: string): Problem[] {
  const { archive, vocabularies, place, files, list } = request;
  const collector = new ProblemCollector();
  collectFromFolder(collector, {
    archive,
    vocabularies,
    folder,
    place: 'slug' in place ? 'submission' : { number: place.number, version: 'draft' },
    files,
    ...(list === undefined ? {} : { list }),
  });
  return collector.problems();
}

/** What the check would find in the version once it is frozen, reported for the files it is frozen from. */
function frozenProblems(
  request: ReleaseRequest,
  number: DandisetNumber,
  frozen: FrozenVersion,
  folder: string,
): Problem[] {
  const { archive, vocabularies } = request;
  const collector = new ProblemCollector();
  const frozenFolder = versionFolder(number, frozen.version);
  collectFromFolder(collector, {
    archive,
    vocabularies,
    folder: frozenFolder,
    place: { number, version: frozen.version },
    files: new Map([...frozen.files].map(([name, text]) => [name, utf8ToBytes(text)])),
    ...(frozen.stored === undefined ? {} : { list: utf8ToBytes(frozen.stored.text) }),
  });
  // The placeholder for a number or version that is not known yet breaks the rule about it.
  const standsIn = new Set([
    ...(number === UNNUMBERED ? [IDENTIFIER_NOT_FOLDER.id] : []),
    ...(frozen.version === PREVIEW_VERSION ? [VERSION_DATE.id] : []),
  ]);
  return collector
    .problems()
    .filter(({ rule }) => !standsIn.has(rule))
    .map((problem) => ({ ...problem, path: problem.path.replace(frozenFolder, folder) }));
}

/**
 * Plans a publication: problems of the draft, of the version it would become, and what is frozen. The
 * availability of files is checked separately (`bytesProblems` over `fresh`), since that needs a network.
 */
export function planRelease(request: ReleaseRequest): ReleasePlan {
  const { archive, place, files, before } = request;
  const folder = placeFolder(place);
  const collector = new ProblemCollector();
  const problems = draftProblems(request, folder);
  const dandiset = textOf(files.get(DANDISET_FILE));
  const assets = listOf(request);
  // The check has named a folder without any list. What is left is a list in a store that was not read.
  const isNamed = problems.some(({ rule }) => rule === RELEASE_LIST_MISSING.id);
  if (assets === undefined && !isNamed) {
    const message = 'There is no list of files, or it cannot be read here.';
    collector.add(RELEASE_LIST_MISSING, [{ message }], { path: `${folder}/${ASSETS_FILE}` });
  }
  if (!isRecord(dandiset) || assets === undefined) {
    return { problems: sortProblems([...problems, ...collector.problems()]), fresh: [] };
  }
  const number = 'slug' in place ? UNNUMBERED : place.number;
  const as = request.as ?? { version: PREVIEW_VERSION, time: PREVIEW_TIME };
  const frozen = freezeVersion({
    archive,
    number,
    ...as,
    created: textMember(before?.record, 'dateCreated') ?? request.created ?? as.time,
    draft: { dandiset, assets },
    releaseNotes: releaseNotesOf(files.get(RELEASE_FILE)),
    previous: before?.digest ?? null,
    before: before?.assets === undefined ? [] : [before.assets],
  });
  const changes = before === undefined ? undefined : changesOf(frozen, before);
  if (changes?.metadata.count === 0 && changes.files !== undefined && sameFiles(changes.files)) {
    const identifier = formatDandisetIdentifier({ prefix: archive.identifierPrefix, number });
    const message = `The draft says nothing that ${identifier}/${changes.since} does not say.`;
    collector.add(RELEASE_UNCHANGED, [{ message }], { path: `${folder}/${RELEASE_FILE}` });
  }
  problems.push(...collector.problems());
  // Problems of the draft would be reported a second time, in other words.
  if (!problems.some(({ severity }) => severity === 'error')) {
    const later = frozenProblems(request, number, frozen, folder);
    problems.push(...later.filter(({ severity }) => severity === 'error'));
  }
  return {
    problems: sortProblems(problems),
    frozen,
    ...(changes === undefined ? {} : { changes }),
    fresh: frozen.fresh,
  };
}

/** The problems of files that are not available as their list records them. */
export function bytesProblems(
  place: ReleaseRequest['place'],
  answers: Iterable<readonly [AssetRecord, Availability]>,
): Problem[] {
  const collector = new ProblemCollector();
  const path = `${placeFolder(place)}/${ASSETS_FILE}`;
  for (const [asset, answer] of answers) {
    const finding = availabilityFinding(asset, answer);
    if (finding !== undefined) collector.add(RELEASE_BYTES, [finding], { path });
  }
  return sortProblems(collector.problems());
}
