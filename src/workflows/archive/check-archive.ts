// Checks a content tree: every rule over every record, one Dandiset after another, so that memory
// does not grow with the archive. With a base, published versions are compared with it.

import type { ContentEntry, ContentTree } from '../../adapters/content-files/content-tree.ts';
import type { ListStore } from '../../adapters/object-store/list-store.ts';
import type { Reporter } from '../../adapters/terminal/progress.ts';
import {
  collectFromFolder,
  type CheckedFolder,
  type FaultlessList,
  type VersionFolder,
} from '../../core/checks/check-folder.ts';
import { ProblemCollector } from '../../core/checks/collect-problems.ts';
import { SHAPE_RULES } from '../../core/checks/content-shape.ts';
import { DERIVED_SHAPE } from '../../core/checks/derived-shape.ts';
import { STATUS_RULES } from '../../core/checks/dandiset-status.ts';
import { MANIFEST_CHAIN } from '../../core/checks/frozen-versions.ts';
import { CHANGE_RULES } from '../../core/checks/published-changes.ts';
import { FILE_RULES, readRecordFile } from '../../core/checks/record-files.ts';
import { ARCHIVE_SETTINGS, VOCABULARY } from '../../core/checks/settings.ts';
import type { ArchiveSetting, FrozenVersionSubject } from '../../core/checks/subjects.ts';
import type { Sha256 } from '../../core/digests/sha256.ts';
import { ArchiveError } from '../../core/error.ts';
import { dandisetFolder, type DandisetNumber } from '../../core/identifiers/dandiset-id.ts';
import { compareVersions } from '../../core/identifiers/version-id.ts';
import type { JsonValue } from '../../core/json/json-text.ts';
import { sortProblems, type Problem } from '../../core/problem.ts';
import { ARCHIVE_FILE, type Archive } from '../../core/records/archive.ts';
import { toArchive } from '../../core/records/to-archive.ts';
import { DERIVED_FILE } from '../../core/records/derived.ts';
import { ASSETS_REFERENCE_FILE, contentPlace } from '../../core/records/layout.ts';
import { STATUS_FILE, toStatus } from '../../core/records/status.ts';
import { PROGRAM_VOCABULARIES } from '../../core/vocabulary/program-vocabularies.ts';
import { toVocabulary, type Vocabulary } from '../../core/vocabulary/vocabulary.ts';
import { fetchList } from './fetch-list.ts';
import { publishedChanges } from './published-changes.ts';

/** Larger files are reported by a rule and not read: no record comes near. */
const MOST_BYTES_READ = 64_000_000;

export interface CheckRequest {
  tree: ContentTree;
  /** The state to compare with: published versions there must be the same in `tree`. */
  base?: ContentTree;
  /** The large lists in the archive's store, if available. */
  listsOf?: (archive: Archive) => ListStore | undefined;
  /** Where the runtime has a faster one than core. */
  sha256?: Sha256;
  reporter?: Reporter;
}

export interface CheckReport {
  /** Sorted; the same tree gives the same list. */
  problems: Problem[];
  counts: { dandisets: number; versions: number; assets: number };
}

/** Files that belong together, by folder: `dandisets/000/000004/draft` → its entries. */
type Folders = Map<string, ContentEntry[]>;

interface Grouped {
  /** Folders of versions, by Dandiset. */
  dandisets: Map<DandisetNumber, Folders>;
  submissions: Folders;
  vocabularies: { name: string; path: string }[];
}

function into<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}

function grouped(entries: readonly ContentEntry[]): Grouped {
  const groups: Grouped = { dandisets: new Map(), submissions: new Map(), vocabularies: [] };
  for (const entry of entries) {
    const place = contentPlace(entry.path);
    const folder = entry.path.slice(0, entry.path.lastIndexOf('/'));
    if (entry.kind !== 'file') continue;
    if (place.kind === 'version' || place.kind === 'status' || place.kind === 'derived') {
      const folders: Folders = into(groups.dandisets, place.number, () => new Map());
      if (place.kind === 'version') into(folders, folder, () => []).push(entry);
    } else if (place.kind === 'submission') {
      into(groups.submissions, folder, () => []).push(entry);
    } else if (place.kind === 'vocabulary') {
      groups.vocabularies.push({ name: place.name, path: entry.path });
    }
  }
  return groups;
}

class ArchiveCheck {
  readonly collector = new ProblemCollector();
  readonly counts = { dandisets: 0, versions: 0, assets: 0 };
  private readonly request: CheckRequest;

  constructor(request: CheckRequest) {
    this.request = request;
  }

  /** Reads a single JSON file, reports its problems, and returns its value. */
  async json(path: string): Promise<JsonValue | undefined> {
    const bytes = await this.request.tree.read(path);
    if (bytes === undefined) return undefined;
    const file = readRecordFile(path, bytes);
    this.collector.check(FILE_RULES, file, { path });
    return file.json?.ok === true ? file.json.value : undefined;
  }

  async settings(there: boolean): Promise<Archive | undefined> {
    const value = await this.json(ARCHIVE_FILE);
    const subject = { there, ...(value === undefined ? {} : { value }) };
    this.collector.check([ARCHIVE_SETTINGS], subject, { path: ARCHIVE_FILE });
    return value === undefined ? undefined : toArchive(value).archive;
  }

  async vocabularies(files: Grouped['vocabularies']): Promise<Map<string, Vocabulary>> {
    const values = new Map(PROGRAM_VOCABULARIES);
    for (const { name, path } of files) {
      const value = await this.json(path);
      if (value === undefined) continue;
      this.collector.check([VOCABULARY], { value }, { path });
      values.set(name, value);
    }
    return new Map([...values].map(([name, value]) => [name, toVocabulary(value)]));
  }

  /** Checks a folder of a version or submission; returns what the whole Dandiset needs of it. */
  async folder(
    setting: ArchiveSetting,
    folder: string,
    place: VersionFolder['place'],
    entries: readonly ContentEntry[],
    known: Pick<VersionFolder, 'redacted' | 'faultless'> = {},
  ): Promise<CheckedFolder> {
    const files = new Map<string, Uint8Array>();
    for (const { path, size } of entries) {
      const bytes = size > MOST_BYTES_READ ? undefined : await this.request.tree.read(path);
      if (bytes !== undefined) files.set(path.slice(folder.length + 1), bytes);
    }
    const lists = this.request.listsOf?.(setting.archive);
    const list = await fetchList(files.get(ASSETS_REFERENCE_FILE), lists);
    const checked = collectFromFolder(this.collector, {
      ...setting,
      ...known,
      folder,
      place,
      files,
      ...(list === undefined ? {} : { list }),
      ...(this.request.sha256 === undefined ? {} : { sha256: this.request.sha256 }),
    });
    this.counts.assets += checked.assets;
    return checked;
  }

  async dandiset(setting: ArchiveSetting, number: DandisetNumber, folders: Folders): Promise<void> {
    const home = dandisetFolder(number);
    const status = await this.json(`${home}/${STATUS_FILE}`);
    const redactions = toStatus(status ?? {}).redactions;
    const versions: FrozenVersionSubject[] = [];
    let faultless: FaultlessList | undefined;
    for (const [folder, entries] of folders) {
      const place = contentPlace(entries[0]?.path ?? '');
      if (place.kind !== 'version') continue;
      const known = {
        redacted: redactions.has(place.version),
        ...(faultless === undefined ? {} : { faultless }),
      };
      const checked = await this.folder(setting, folder, place, entries, known);
      if (checked.frozen !== undefined) versions.push(checked.frozen);
      faultless = checked.faultless ?? faultless;
    }
    versions.sort((a, b) => compareVersions(a.version, b.version));
    const subject = {
      number,
      folder: home,
      hasDraft: folders.has(`${home}/draft`),
      versions,
      ...(status === undefined ? {} : { status }),
    };
    this.collector.check([MANIFEST_CHAIN, ...STATUS_RULES], subject, { path: home });
    const derived = `${home}/${DERIVED_FILE}`;
    const value = await this.json(derived);
    if (value !== undefined) this.collector.check([DERIVED_SHAPE], value, { path: derived });
    this.counts.dandisets += 1;
    this.counts.versions += folders.size;
  }
}

/**
 * Checks a content tree against every rule.
 *
 * @throws ArchiveError `content-not-found` for a tree without any file.
 */
export async function checkArchive(request: CheckRequest): Promise<CheckReport> {
  const { tree, base, reporter } = request;
  const entries = await tree.list('');
  if (entries.length === 0) {
    throw new ArchiveError('content-not-found', `There are no files in ${tree.name}.`, {
      hint: 'Name the folder that holds archive.json.',
    });
  }
  const check = new ArchiveCheck(request);
  const { collector, counts } = check;
  collector.check(SHAPE_RULES, entries, { path: '' });
  const archive = await check.settings(entries.some(({ path }) => path === ARCHIVE_FILE));
  const groups = grouped(entries);
  const vocabularies = await check.vocabularies(groups.vocabularies);

  if (archive !== undefined) {
    const setting = { archive, vocabularies };
    reporter?.start('Checking', groups.dandisets.size + groups.submissions.size);
    for (const [number, folders] of groups.dandisets) {
      reporter?.step(number);
      await check.dandiset(setting, number, folders);
    }
    for (const [folder, files] of groups.submissions) {
      reporter?.step(folder);
      await check.folder(setting, folder, 'submission', files);
    }
    reporter?.finish();
  }
  if (base !== undefined) {
    for await (const change of publishedChanges({ tree, base, entries })) {
      collector.check(CHANGE_RULES, change, { path: change.folder });
    }
  }
  return { problems: sortProblems(collector.problems()), counts };
}
