// Handing in: a folder of records or a bundle becomes a pull request. The plan holds everything that
// would be sent; a dry run prints it, and a bundle is made of the same plan.

import type { ContentTree } from '../../adapters/content-files/content-tree.ts';
import type { Forge, ForgeBranch } from '../../adapters/forge/forge.ts';
import { collectFromFolder } from '../../core/checks/check-folder.ts';
import { ProblemCollector } from '../../core/checks/collect-problems.ts';
import type { ArchiveSetting } from '../../core/checks/subjects.ts';
import { ArchiveError } from '../../core/error.ts';
import { parseDandisetIdentifier, UNNUMBERED } from '../../core/identifiers/dandiset-id.ts';
import { parseJson, textMember } from '../../core/json/json-text.ts';
import { sortProblems, type Problem } from '../../core/problem.ts';
import {
  ASSETS_FILE,
  ASSETS_REFERENCE_FILE,
  DANDISET_FILE,
  RELEASE_FILE,
} from '../../core/records/layout.ts';
import { CONTENT_FOLDER } from '../../core/submission/bundle.ts';
import { forgeComparisonAddress } from '../../core/submission/forge-addresses.ts';
import { handedInFiles, type HandedInFile } from '../../core/submission/submitted-files.ts';
import { handInTitle } from '../../core/submission/submission-title.ts';
import {
  folderOfTarget,
  slugFor,
  type HandInTarget,
} from '../../core/submission/submission-target.ts';
import type { Bundle } from '../../core/submission/read-bundle.ts';
import { shownLine } from '../../core/text/shown-text.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';

/** What would be handed in. */
export interface HandInPlan {
  target: HandInTarget;
  files: HandedInFile[];
  removed: string[];
  /** The commit it was made against; by default the newest there is. */
  base?: string;
  branch: string;
  title: string;
  body: string;
  /** One of severity error forbids handing in. */
  problems: Problem[];
}

/** What the user says of it. */
export interface HandInWords {
  /** Name of the submission's folder. */
  slug?: string;
  title?: string;
  description?: string;
}

/** What became of it. */
export interface HandInResult {
  branch: ForgeBranch;
  pull?: { number: number; url: string; isNew: boolean };
  /** Where the user opens the pull request, if the token may not. */
  comparePage?: string;
}

function targetOf(record: string, folderName: string, slug: string | undefined): HandInTarget {
  const parsed = parseJson(record);
  const identifier = parsed.ok ? textMember(parsed.value, 'identifier') : undefined;
  const id = parseDandisetIdentifier(identifier ?? '');
  if (id === undefined) {
    throw new ArchiveError('content-unreadable', `${DANDISET_FILE} has no identifier.`, {
      hint: 'Write "identifier" as PREFIX:000000 for a new Dandiset, or as the identifier it has.',
    });
  }
  if (id.number !== UNNUMBERED) return { kind: 'draft', number: id.number };
  return { kind: 'submission', slug: slug ?? slugFor(folderName) };
}

/**
 * Reads the records of a hand-in from a folder, in their written form.
 *
 * @throws ArchiveError `content-not-found` without a dandiset.json, `content-unreadable` for one
 * that says not what it is for.
 */
export async function readHandIn(
  tree: ContentTree,
  folderName: string,
  slug?: string,
): Promise<Pick<Bundle, 'target' | 'files' | 'removed'>> {
  const read = async (file: string): Promise<string | undefined> => {
    const bytes = await tree.read(file);
    if (bytes === undefined) return undefined;
    const text = decodeUtf8(bytes);
    if (text !== undefined) return text.replace(/^\ufeff/, '');
    throw new ArchiveError('content-unreadable', `${file} is not UTF-8 text.`);
  };
  const dandiset = await read(DANDISET_FILE);
  if (dandiset === undefined) {
    throw new ArchiveError('content-not-found', `There is no ${DANDISET_FILE} in ${tree.name}.`, {
      hint: 'Name the folder that holds the records of the Dandiset.',
    });
  }
  const [assets, assetsReference, release] = [
    await read(ASSETS_FILE),
    await read(ASSETS_REFERENCE_FILE),
    await read(RELEASE_FILE),
  ];
  const target = targetOf(dandiset, folderName, slug);
  const files = handedInFiles({
    target,
    dandiset,
    ...(assets === undefined ? {} : { assets }),
    ...(assetsReference === undefined ? {} : { assetsReference }),
    ...(release === undefined ? {} : { release }),
  });
  return { target, files, removed: [] };
}

function problemsOf(
  setting: ArchiveSetting,
  target: HandInTarget,
  files: readonly HandedInFile[],
): Problem[] {
  const folder = folderOfTarget(target);
  const collector = new ProblemCollector();
  collectFromFolder(collector, {
    ...setting,
    folder,
    place:
      target.kind === 'submission' ? 'submission' : { number: target.number, version: 'draft' },
    files: new Map(
      files.map(({ path, text }) => [
        path.slice(folder.length + 1),
        new TextEncoder().encode(text),
      ]),
    ),
  });
  return sortProblems(collector.problems());
}

/** Plans the pull request of a hand-in, checked by the archive's rules. */
export function planHandIn(
  setting: ArchiveSetting,
  handIn: Pick<Bundle, 'target' | 'files' | 'removed' | 'base'> & Partial<Bundle>,
  words: HandInWords = {},
): HandInPlan {
  const { target, files, removed, base } = handIn;
  const title =
    words.title ?? (handIn.title || handInTitle(setting.archive.identifierPrefix, target, files));
  return {
    target,
    files,
    removed,
    ...(base === undefined ? {} : { base }),
    branch: target.kind === 'submission' ? `submit/${target.slug}` : `draft/${target.number}`,
    title: shownLine(title, 200),
    body: words.description ?? handIn.description ?? '',
    problems: problemsOf(setting, target, files),
  };
}

/** Hands a plan in: a commit on a branch of the user's, and the pull request for it. */
export async function handIn(plan: HandInPlan, forge: Forge): Promise<HandInResult> {
  const { files, removed, base, title, body, branch: name } = plan;
  const branch = await forge.propose({
    branch: name,
    ...(base === undefined ? {} : { base }),
    message: body === '' ? title : `${title}\n\n${body}`,
    files: [
      ...files.map(({ path, text }) => ({ path: CONTENT_FOLDER + path, text })),
      ...removed.map((path) => ({ path: CONTENT_FOLDER + path, text: null })),
    ],
  });
  const pull = await forge.openPull(branch, { title, body });
  if (pull !== undefined) return { branch, pull };
  const main = await forge.mainBranch();
  const place = { repository: forge.name, branch: main.name };
  return { branch, comparePage: forgeComparisonAddress(place, branch, { title, body }) };
}
