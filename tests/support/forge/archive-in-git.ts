// A small archive in a bare repository, to which changes are merged as the forge does it.

import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { systemRepository } from '../../../src/adapters/git/system-repository.ts';
import type { RecordsRepository } from '../../../src/adapters/git/records-repository.ts';
import { folderTree } from '../../../src/adapters/content-files/folder-tree.ts';
import { commitTree } from '../../../src/adapters/git/commit-tree.ts';
import type { CheckAvailability } from '../../../src/adapters/object-store/availability.ts';
import type { JsonObject } from '../../../src/core/json/json-text.ts';
import type { Problem } from '../../../src/core/problem.ts';
import { checkArchive } from '../../../src/workflows/archive/check-archive.ts';
import type { RegistrarParts } from '../../../src/workflows/publishing/registrar.ts';
import { ARCHIVE, assetRecord, authoredDandiset } from '../broken/records.ts';
import { bareRepository, commitTime, git } from './git-server.ts';
import { temporaryFolder, writeFiles, type Files } from '../temporary-folder.ts';

function record(value: JsonObject): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Lines of a list, sorted as required. */
export function assetLinesOf(...paths: string[]): string {
  return paths
    .sort()
    .map((name) => `${JSON.stringify(assetRecord(name))}\n`)
    .join('');
}

/** The files of a submission; with notes it requests its first version too. */
export function submissionFiles(slug: string, notes?: string, title = `Units of ${slug}`): Files {
  const folder = `submissions/${slug}`;
  return {
    [`${folder}/dandiset.json`]: record(authoredDandiset('000000', { name: title })),
    [`${folder}/assets.jsonl`]: assetLinesOf(`sub-01/${slug}.nwb`),
    ...(notes === undefined ? {} : { [`${folder}/release.json`]: record({ releaseNotes: notes }) }),
  };
}

/** The files of a draft's folder that request publication. */
export function draftFiles(number: string, title: string, notes: string, paths: string[]): Files {
  const folder = `dandisets/${number.slice(0, 3)}/${number}/draft`;
  return {
    [`${folder}/dandiset.json`]: record(authoredDandiset(number, { name: title })),
    [`${folder}/assets.jsonl`]: assetLinesOf(...paths),
    [`${folder}/release.json`]: record({ releaseNotes: notes }),
  };
}

/** Every file is available, with the size in its list. */
export const allBytesAreThere: CheckAvailability = async ({ size }) => ({ kind: 'there', size });

/** An archive in a bare repository, and a clone from which it is changed and checked. */
export class ArchiveInGit {
  readonly root: string;
  readonly bare: string;
  private clone: string | undefined;

  /** An archive of these settings and nothing else; or a copy of another at one of its commits. */
  constructor(settings: JsonObject = {}, copied?: { archive: ArchiveInGit; commit: string }) {
    this.root = temporaryFolder();
    if (copied === undefined) {
      const content = { 'archive.json': record({ ...ARCHIVE, ...settings }) };
      this.bare = bareRepository(this.root, 'archive.git', inContent(content));
    } else {
      this.bare = path.join(this.root, 'archive.git');
      cpSync(copied.archive.bare, this.bare, { recursive: true });
      rmSync(path.join(this.bare, 'refs', 'tags'), { recursive: true });
      git(this.bare, ['update-ref', 'refs/heads/main', copied.commit]);
    }
  }

  /** Another archive, with the history of this one up to a commit, and no tags. */
  copyAt(commit: string): ArchiveInGit {
    return new ArchiveInGit({}, { archive: this, commit });
  }

  /** A clone with the newest commit of the branch. */
  private work(): string {
    if (this.clone === undefined) {
      this.clone = temporaryFolder();
      git(this.clone, ['clone', '--quiet', this.bare, '.']);
    } else git(this.clone, ['pull', '--quiet', '--ff-only', 'origin', 'main']);
    return this.clone;
  }

  /** Merges a change of files below content/, made at that time; files without text are removed. */
  merge(files: Record<string, string | Uint8Array | undefined>, time: string): void {
    const clone = this.work();
    for (const [name, data] of Object.entries(files)) {
      if (data === undefined) rmSync(path.join(clone, 'content', name));
      else writeFiles(clone, { [`content/${name}`]: data });
    }
    git(clone, ['add', '--all']);
    git(clone, ['commit', '--quiet', '--message=Merge'], commitTime(time));
    git(clone, ['push', '--quiet', 'origin', 'main']);
  }

  /** The repository as a registrar uses it, in its own folder. */
  repository(address = this.bare): RecordsRepository {
    return systemRepository({
      folder: temporaryFolder(),
      address,
      branch: 'main',
      content: 'content',
    });
  }

  /** What a registrar works with, where nothing needs a network. */
  parts(more: Partial<RegistrarParts> = {}): RegistrarParts {
    return {
      repository: this.repository(),
      availabilityOf: () => allBytesAreThere,
      author: { name: 'Registrar', email: 'registrar@lab.example' },
      pause: async () => undefined,
      ...more,
    };
  }

  /** Paths below content/ on the branch. */
  paths(): string[] {
    const listed = git(this.bare, ['ls-tree', '-r', '--name-only', 'main', 'content/']);
    return listed.split('\n').map((name) => name.slice('content/'.length));
  }

  /** Published versions on the branch, `000001/0.260102.0304`. */
  versions(): string[] {
    const found = this.paths().flatMap(
      (name) =>
        /^dandisets\/\d{3}\/(\d{6}\/0\.\d{6}\.\d{4})\/manifest\.json$/.exec(name)?.[1] ?? [],
    );
    return found.sort();
  }

  tags(): string[] {
    return git(this.bare, ['tag', '--list'])
      .split('\n')
      .filter((tag) => tag !== '')
      .sort();
  }

  text(name: string): string {
    return git(this.bare, ['show', `main:content/${name}`]);
  }

  /** Every problem of the branch, compared with an earlier commit. */
  async check(base?: string): Promise<Problem[]> {
    const content = path.join(this.work(), 'content');
    const before = base === undefined ? undefined : await commitTree(content, base);
    try {
      const tree = folderTree(content);
      const report = await checkArchive({
        tree,
        ...(before === undefined ? {} : { base: before }),
      });
      return report.problems.filter(({ severity }) => severity === 'error');
    } finally {
      before?.close();
    }
  }

  /** The id of all that is below content/. */
  content(): string {
    return git(this.bare, ['rev-parse', 'main:content']);
  }

  tip(): string {
    return git(this.bare, ['rev-parse', 'main']);
  }
}

/** The same files below `content/`. */
export function inContent(files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([name, data]) => [`content/${name}`, data]));
}
