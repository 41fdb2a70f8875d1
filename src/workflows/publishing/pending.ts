// What is pending at a commit of the branch: submissions without a number, and requests for publication.

import type { ContentTree } from '../../adapters/content-files/content-tree.ts';
import type { RecordsRepository } from '../../adapters/git/records-repository.ts';
import type { ArchiveSetting } from '../../core/checks/subjects.ts';
import type { ReleaseRequest } from '../../core/publishing/plan-release.ts';
import {
  draftFolder,
  contentPlace,
  RELEASE_FILE,
  submissionFolder,
} from '../../core/records/layout.ts';
import { readSetting } from './read-release.ts';

/** A pending folder, and the commit that brought it onto the branch as it is. */
export interface Waiting {
  place: ReleaseRequest['place'];
  folder: string;
  commit: string;
  time: Date;
}

/** Everything pending at a commit, in the order in which it was merged. */
export async function pendingWork(
  repository: RecordsRepository,
  commit: string,
  files: ReadonlyMap<string, string>,
): Promise<Waiting[]> {
  const folders = new Map<string, ReleaseRequest['place']>();
  for (const path of files.keys()) {
    const place = contentPlace(path);
    if (place.kind === 'submission')
      folders.set(submissionFolder(place.slug), { slug: place.slug });
    else if (place.kind === 'version' && place.version === 'draft' && place.file === RELEASE_FILE) {
      folders.set(draftFolder(place.number), { number: place.number });
    }
  }
  const waiting: Waiting[] = [];
  for (const [folder, place] of folders) {
    const change = await repository.lastChange(commit, folder);
    if (change !== undefined) waiting.push({ place, folder, commit: change.id, time: change.time });
  }
  return waiting.sort(
    (a, b) => a.time.getTime() - b.time.getTime() || (a.folder < b.folder ? -1 : 1),
  );
}

/** The settings at a commit; they decide which stores are queried. */
export async function settingAt(
  repository: RecordsRepository,
  commit: string,
): Promise<{ setting: ArchiveSetting; tree: ContentTree & { close(): void } }> {
  const tree = await repository.contentAt(commit);
  try {
    return { setting: await readSetting(tree), tree };
  } catch (error) {
    tree.close();
    throw error;
  }
}
