// What the registrar has to do at one commit: submissions without a number and requests for publication, in
// the order in which they were merged, each as the files that one commit changes.

import type { ContentTree } from '../../adapters/content-files/content-tree.ts';
import type { ForgeAccount } from '../../adapters/forge/forge.ts';
import type { RecordChange, RecordsRepository } from '../../adapters/git/records-repository.ts';
import type { CheckAvailability } from '../../adapters/object-store/availability.ts';
import type { ListStore } from '../../adapters/object-store/list-store.ts';
import type { Reporter } from '../../adapters/terminal/progress.ts';
import { collectFromFolder } from '../../core/checks/check-folder.ts';
import { ProblemCollector } from '../../core/checks/collect-problems.ts';
import type { ArchiveSetting } from '../../core/checks/subjects.ts';
import {
  dandisetFolder,
  formatDandisetIdentifier,
  parseDandisetNumber,
  type DandisetNumber,
} from '../../core/identifiers/dandiset-id.ts';
import type { VersionId } from '../../core/identifiers/version-id.ts';
import { sortProblems, type Problem } from '../../core/problem.ts';
import { withNumber } from '../../core/publishing/accept-submission.ts';
import { withOwners } from '../../core/publishing/edit-status.ts';
import type { FrozenVersion } from '../../core/publishing/freeze-version.ts';
import { nextNumber, recordTime, versionOfTime } from '../../core/publishing/next-identifiers.ts';
import {
  bytesProblems,
  planRelease,
  type ReleaseRequest,
} from '../../core/publishing/plan-release.ts';
import { RELEASE_UNCHANGED } from '../../core/publishing/release-rules.ts';
import {
  ASSETS_REFERENCE_FILE,
  ASSETS_FILE,
  DANDISET_FILE,
  draftFolder,
  RELEASE_FILE,
  versionFolder,
} from '../../core/records/layout.ts';
import { STATUS_FILE } from '../../core/records/status.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import { checkAvailability } from '../archive/check-availability.ts';
import { pendingWork, type Waiting } from './pending.ts';
import { fetchList } from '../archive/fetch-list.ts';
import { resolveOwners } from './resolve-owners.ts';
import { readFolder, readReleaseRequest, versionsAmong } from './read-release.ts';

/** One commit by the registrar. */
export interface RegistrarStep {
  kind: 'accept' | 'publish' | 'drop' | 'resolve';
  /** `DANDI:000004`, with the version where one is published. */
  subject: string;
  /** Its origin: the folder of a submission or a draft. */
  from: string;
  message: string;
  changes: RecordChange[];
  /** The tag that names the commit. */
  tag?: string;
  digest?: string;
  /** A list too large for git, to be stored before anything refers to it. */
  stored?: FrozenVersion['stored'];
}

/** What has to be done at one commit of the branch. */
export interface RegistrarPlan {
  commit: string;
  setting: ArchiveSetting;
  steps: RegistrarStep[];
  /** Folders that are pending on a person, and why. */
  waiting: string[];
  problems: Problem[];
}

/** Who owns an account, according to the forge. */
export interface AccountsAtForge {
  /** Those who submitted what this commit merged. */
  submittersOf(commit: string): Promise<ForgeAccount[]>;
  /** Who has this login now. */
  accountOf(login: string): Promise<ForgeAccount | undefined>;
}

/** What planning needs of the outside world. */
export interface PlanningParts {
  repository: RecordsRepository;
  askBytes: CheckAvailability;
  lists: ListStore | undefined;
  /** Absent where the forge is unavailable. */
  accounts?: AccountsAtForge | undefined;
  reporter?: Reporter | undefined;
}

const encoder = new TextEncoder();

function removed(folder: string, names: Iterable<string>): RecordChange[] {
  return [...names].map((name) => ({ path: `${folder}/${name}`, bytes: undefined }));
}

function written(
  folder: string,
  files: Iterable<readonly [string, string | Uint8Array]>,
): RecordChange[] {
  return [...files].map(([name, data]) => ({
    path: `${folder}/${name}`,
    bytes: typeof data === 'string' ? encoder.encode(data) : data,
  }));
}

/**
 * The tag of the commit that published a version, `DANDI-000004/0.220126.1852`, or that assigned a number,
 * `DANDI-000004/draft`. So a number stays taken when its draft is deleted.
 */
export function tagOf(prefix: string, number: DandisetNumber, version: VersionId): string {
  return `${prefix}-${number}/${version}`;
}

/** A version is pending because its list is too large for git and cannot be stored. */
export function listNotStored(folder: string, why: string | undefined): Problem {
  return {
    rule: 'asset-list-too-large',
    severity: 'error',
    path: `${folder}/${ASSETS_FILE}`,
    message:
      'The frozen list has more than 20 MB, and there is no store that it can be written to.',
    hint: why ?? 'Run the registrar where the store of the archive can be written.',
  };
}

class Planner {
  readonly steps: RegistrarStep[] = [];
  readonly waiting: string[] = [];
  readonly problems: Problem[] = [];
  private readonly numbers = new Set<DandisetNumber>();
  private readonly parts: PlanningParts;
  private readonly setting: ArchiveSetting;
  private readonly tree: ContentTree;
  /** Path → object id at the commit. */
  private readonly files: ReadonlyMap<string, string>;

  constructor(
    parts: PlanningParts,
    setting: ArchiveSetting,
    tree: ContentTree,
    files: ReadonlyMap<string, string>,
    tags: readonly string[],
  ) {
    this.parts = parts;
    this.setting = setting;
    this.tree = tree;
    this.files = files;
    for (const path of files.keys()) {
      const number = parseDandisetNumber(/^dandisets\/\d{3}\/(\d{6})\//.exec(path)?.[1] ?? '');
      if (number !== undefined) this.numbers.add(number);
    }
    const start = `${setting.archive.identifierPrefix}-`;
    for (const tag of tags) {
      const number = parseDandisetNumber(tag.slice(start.length).split('/')[0] ?? '');
      if (tag.startsWith(start) && number !== undefined) this.numbers.add(number);
    }
  }

  private identifier(number: DandisetNumber): string {
    return formatDandisetIdentifier({ prefix: this.setting.archive.identifierPrefix, number });
  }

  private hold(folder: string, problems: readonly Problem[]): void {
    this.waiting.push(folder);
    this.problems.push(...problems);
  }

  /** Plans for a pending one. */
  async plan(waiting: Waiting): Promise<void> {
    const { place } = waiting;
    if ('slug' in place) await this.accept(place.slug, waiting);
    else {
      const { tree, setting, parts } = this;
      const request = await readReleaseRequest(tree, setting, place, parts.lists);
      await this.publish(request, place.number, waiting.folder, waiting.time);
    }
  }

  /** The Dandiset whose draft is this submission, if it was accepted before. */
  private async acceptedBefore(
    folder: string,
    dandiset: string,
  ): Promise<DandisetNumber | undefined> {
    const list = this.files.get(`${folder}/${ASSETS_FILE}`);
    for (const number of this.numbers) {
      const draft = draftFolder(number);
      if (this.files.get(`${draft}/${ASSETS_FILE}`) !== list) continue;
      const found = await this.tree.read(`${draft}/${DANDISET_FILE}`);
      const text = found === undefined ? undefined : decodeUtf8(found);
      if (text === withNumber(dandiset, this.setting.archive, number)) return number;
    }
    return undefined;
  }

  /** Plans to write the accounts of owners that are known by their login alone. */
  async resolveOwners(): Promise<void> {
    const { accounts } = this.parts;
    if (accounts === undefined) return;
    const found = await resolveOwners(this.tree, this.files.keys(), accounts.accountOf);
    if (found === undefined) return;
    const [first = '', ...more] = found.numbers;
    const subject = `${this.setting.archive.identifierPrefix}:${first}${more.length === 0 ? '' : ` and ${more.length} more`}`;
    this.steps.push({
      kind: 'resolve',
      subject,
      from: 'dandisets',
      message: `Write the accounts of owners of ${subject}\n`,
      changes: found.changes,
    });
  }

  private async accept(slug: string, { folder, commit, time }: Waiting): Promise<void> {
    const { archive } = this.setting;
    const files = await readFolder(this.tree, folder);
    const list = await fetchList(files.get(ASSETS_REFERENCE_FILE), this.parts.lists);
    const collector = new ProblemCollector();
    const listed = list === undefined ? {} : { list };
    const subject = { ...this.setting, folder, place: 'submission' as const, files, ...listed };
    collectFromFolder(collector, subject);
    const problems = collector.problems();
    const text = decodeUtf8(files.get(DANDISET_FILE) ?? new Uint8Array());
    if (text === undefined || problems.some(({ severity }) => severity === 'error')) {
      this.hold(folder, problems);
      return;
    }
    const before = await this.acceptedBefore(folder, text);
    if (before !== undefined) {
      const message = `Remove ${folder}\n\nIt was accepted as ${this.identifier(before)}.\n`;
      const changes = removed(folder, files.keys());
      this.steps.push({
        kind: 'drop',
        subject: this.identifier(before),
        from: folder,
        message,
        changes,
      });
      return;
    }
    const number = nextNumber(this.numbers);
    this.numbers.add(number);
    const draft = new Map(files).set(
      DANDISET_FILE,
      encoder.encode(withNumber(text, archive, number)),
    );
    const owners = (await this.parts.accounts?.submittersOf(commit)) ?? [];
    this.steps.push({
      kind: 'accept',
      subject: this.identifier(number),
      from: folder,
      message: `Accept ${this.identifier(number)}\n\nSubmission: ${slug}\n`,
      changes: [
        ...removed(folder, files.keys()),
        ...written(draftFolder(number), draft),
        ...(owners.length === 0
          ? []
          : written(dandisetFolder(number), [[STATUS_FILE, withOwners(undefined, owners)]])),
      ],
      tag: tagOf(archive.identifierPrefix, number, 'draft'),
    });
    if (!files.has(RELEASE_FILE)) return;
    const request: ReleaseRequest = { ...this.setting, place: { number }, files: draft, ...listed };
    await this.publish(request, number, draftFolder(number), time);
  }

  private async publish(
    request: ReleaseRequest,
    number: DandisetNumber,
    folder: string,
    merged: Date,
  ): Promise<void> {
    const { archive } = this.setting;
    const { askBytes, reporter } = this.parts;
    const time = recordTime(merged);
    const version = versionOfTime(time, versionsAmong(this.files.keys(), number));
    const plan = planRelease({ ...request, created: time, as: { version, time } });
    const subject = `${this.identifier(number)}/${version}`;
    const asked = plan.problems.filter(({ rule }) => rule === RELEASE_UNCHANGED.id);
    if (
      asked.length > 0 &&
      plan.problems.every((problem) => problem.severity !== 'error' || asked.includes(problem))
    ) {
      const message = `Remove the request to publish ${this.identifier(number)}\n\n${asked[0]?.message ?? ''}\n`;
      const changes = removed(folder, [RELEASE_FILE]);
      this.steps.push({
        kind: 'drop',
        subject: this.identifier(number),
        from: folder,
        message,
        changes,
      });
      return;
    }
    const errors = plan.problems.filter(({ severity }) => severity === 'error');
    const { frozen } = plan;
    if (errors.length === 0) {
      const answers = await checkAvailability(plan.fresh, askBytes, reporter);
      errors.push(...bytesProblems({ number }, answers));
    }
    const { lists } = this.parts;
    if (frozen?.stored !== undefined && (lists === undefined || lists.readOnly !== undefined)) {
      errors.push(listNotStored(folder, lists?.readOnly));
    }
    if (frozen === undefined || errors.length > 0) {
      this.hold(folder, errors);
      return;
    }
    const { digest, stored, draftAssets } = frozen;
    this.steps.push({
      kind: 'publish',
      subject,
      from: folder,
      message: `Publish ${subject}\n\nDigest: ${digest}\n`,
      changes: [
        ...written(versionFolder(number, version), frozen.files),
        ...removed(folder, [RELEASE_FILE]),
        ...(draftAssets === undefined || !request.files.has(ASSETS_FILE)
          ? []
          : written(folder, [[ASSETS_FILE, draftAssets]])),
      ],
      tag: tagOf(archive.identifierPrefix, number, version),
      digest,
      ...(stored === undefined ? {} : { stored }),
    });
  }
}

/** Plans everything pending at a commit. Nothing is written. */
export async function planRegistrar(
  parts: PlanningParts,
  commit: string,
  setting: ArchiveSetting,
  tree: ContentTree,
): Promise<RegistrarPlan> {
  const files = await parts.repository.files(commit);
  const all = await pendingWork(parts.repository, commit, files);
  const needsNumber = all.some(({ place }) => 'slug' in place);
  const tags = needsNumber ? await parts.repository.tags() : [];
  const planner = new Planner(parts, setting, tree, files, tags);
  for (const waiting of all) await planner.plan(waiting);
  await planner.resolveOwners();
  const { steps, waiting, problems } = planner;
  return { commit, setting, steps, waiting, problems: sortProblems(problems) };
}
