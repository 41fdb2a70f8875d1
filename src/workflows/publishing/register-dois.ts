// Registers the DOIs of published versions and of Dandisets, and hides them from searches where they are
// withdrawn. A version is frozen with its DOI before it becomes public; status.json records what was reported
// to the registry, and only registered DOIs are shown. So a registrar without an account, or one that was
// interrupted, leaves a consistent state.

import { readText, type ContentTree } from '../../adapters/content-files/content-tree.ts';
import type { DoiRegistry } from '../../adapters/datacite/doi-registry.ts';
import type {
  CommitAuthor,
  RecordChange,
  RecordsRepository,
} from '../../adapters/git/records-repository.ts';
import type { Reporter } from '../../adapters/terminal/progress.ts';
import { ArchiveError, isArchiveError } from '../../core/error.ts';
import { dandisetFolder } from '../../core/identifiers/dandiset-id.ts';
import type { Archive } from '../../core/records/archive.ts';
import { STATUS_FILE } from '../../core/records/status.ts';
import { dandisetsAt, dueDandiset, dueVersions, type DueDoi } from './due-dois.ts';
import { settingAt } from './pending.ts';

export interface DoiParts {
  repository: RecordsRepository;
  registry: DoiRegistry;
  author: CommitAuthor;
  now?: () => Date;
  reporter?: Reporter;
}

/** The outcome for DOIs that were not registered yet, or not in their current state. */
export interface DoiReport {
  registered: string[];
  /** Those of Dandisets without a version: held back until there is one. */
  reserved: string[];
  failed: { doi: string; reason: string }[];
}

const MOST_TRIES = 100;

/** What was reported to the registry in this run, so that a refused push does not report it again. */
class DoiReporter {
  readonly registered = new Set<string>();
  readonly reserved = new Set<string>();
  readonly failed = new Map<string, string>();
  private readonly reported = new Set<string>();
  private readonly registry: DoiRegistry;

  constructor(registry: DoiRegistry) {
    this.registry = registry;
  }

  /** Whether the registry has it now. */
  async ensureReported({ record, state }: DueDoi): Promise<boolean> {
    const { doi } = record;
    const key = JSON.stringify([record, state]);
    if (this.reported.has(key)) return true;
    if (this.failed.has(doi)) return false;
    try {
      await this.registry.register(record, state);
    } catch (error) {
      if (!isArchiveError(error, 'doi-failed')) throw error;
      this.failed.set(doi, error.message);
      return false;
    }
    this.reported.add(key);
    (state === 'draft' ? this.reserved : this.registered).add(doi);
    return true;
  }

  report(): DoiReport {
    return {
      registered: [...this.registered],
      reserved: [...this.reserved],
      failed: [...this.failed].map(([doi, reason]) => ({ doi, reason })),
    };
  }
}

/** Goes through all that is due: the versions of a Dandiset first, which its own DOI refers to. */
async function forEachDue(
  { repository, reporter }: Pick<DoiParts, 'repository' | 'reporter'>,
  { commit, tree, archive }: { commit: string; tree: ContentTree; archive: Archive },
  ensureReported: (due: DueDoi) => Promise<boolean>,
): Promise<void> {
  const dandisets = await dandisetsAt(tree, (await repository.files(commit)).keys());
  const tags = new Set(archive.doiPrefix === undefined ? [] : await repository.tags());
  reporter?.start('Registering DOIs', dandisets.length);
  for (const dandiset of dandisets) {
    reporter?.step(dandiset.number);
    const registered = new Set<string>();
    const due = await dueVersions(tree, archive, dandiset);
    for (const one of due) if (await ensureReported(one)) registered.add(one.record.doi);
    // Its own DOI refers to versions: it is pending while one of them is.
    if (registered.size < due.length) continue;
    const registration = { registered, isTouched: registered.size > 0 };
    const itself = await dueDandiset(tree, archive, dandiset, tags, registration);
    if (itself !== undefined) await ensureReported(itself);
  }
  reporter?.finish();
}

/** The changes of status.json that record these. */
async function statusChanges(tree: ContentTree, done: readonly DueDoi[]): Promise<RecordChange[]> {
  const changes: RecordChange[] = [];
  for (const number of new Set(done.map((one) => one.number))) {
    const path = `${dandisetFolder(number)}/${STATUS_FILE}`;
    let text = await readText(tree, path);
    for (const one of done) if (one.number === number) text = one.note(text);
    changes.push({ path, bytes: new TextEncoder().encode(text ?? '') });
  }
  return changes;
}

/** The DOIs that are due: of versions, and of Dandisets themselves. Does not contact the registry. */
export async function unregisteredDois(repository: RecordsRepository): Promise<string[]> {
  const commit = await repository.fetch();
  const { setting, tree } = await settingAt(repository, commit);
  const dois: string[] = [];
  try {
    await forEachDue({ repository }, { commit, tree, archive: setting.archive }, async (due) => {
      dois.push(due.record.doi);
      return true;
    });
    return dois;
  } finally {
    tree.close();
  }
}

/**
 * Registers every DOI that versions were frozen with, and that of each Dandiset with a version, holds back
 * those of Dandisets without one, reports withdrawals to the registry, and records what was reported in
 * status.json, in one commit. Failures are reported and retried at the next run.
 *
 * @throws ArchiveError `git-failed` where the repository cannot be read or written.
 */
export async function registerDois(parts: DoiParts): Promise<DoiReport> {
  const { repository, registry, author, now = () => new Date() } = parts;
  const reporter = new DoiReporter(registry);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const commit = await repository.fetch();
    const { setting, tree } = await settingAt(repository, commit);
    try {
      const done: DueDoi[] = [];
      await forEachDue(parts, { commit, tree, archive: setting.archive }, async (due) => {
        const isReported = await reporter.ensureReported(due);
        if (isReported) done.push(due);
        return isReported;
      });
      if (done.length === 0) return reporter.report();
      const changes = await statusChanges(tree, done);
      const message = `Note registered DOIs\n\n${done.map(({ record }) => record.doi).join('\n')}\n`;
      const order = { message, changes, author, time: now() };
      const [to = commit] = await repository.commit(commit, [order]);
      if ((await repository.push({ from: commit, to, tags: new Map() })) === 'pushed')
        return reporter.report();
    } finally {
      tree.close();
    }
  }
  throw new ArchiveError('git-failed', `The branch moved on ${MOST_TRIES} times in a row.`, {
    hint: 'Run the registrar again. Only one should run at a time.',
  });
}
