// Rules about a pull request as a whole: what it may touch. They look at names, modes and facts of the base;
// nothing in the pull request itself decides what it is allowed to do.

import { quote } from '../text/quote.ts';
import type { Finding, Rule } from '../checks/rule.ts';
import { isNamedOwner } from '../records/status.ts';
import { pullRequestPartOf, scopeOf, type PullRequestSubject } from './pull-request.ts';

type PullRequestRule = Rule<PullRequestSubject>;

/** The most paths for which a finding is reported. */
const MOST_PATHS = 20;

function inner(path: string, content: string): string {
  return path.startsWith(content) ? path.slice(content.length) : path;
}

/** The same finding for each of these paths. */
function eachOf(paths: readonly string[], content: string, message: string): Finding[] {
  return paths.slice(0, MOST_PATHS).map((path) => ({ path: inner(path, content), message }));
}

/** One history. */
export const HISTORY: PullRequestRule = {
  id: 'pull-request-history',
  severity: 'error',
  title: 'One history',
  explanation:
    'A pull request begins at a commit of the archive: one with another history would replace what is there.',
  hint: 'Make a new branch from the archive’s main branch and put the files on it again.',
  alwaysStrict: true,
  *check({ isRelated }) {
    if (!isRelated)
      yield { path: '', message: 'The pull request shares no history with the archive.' };
  },
};

/** A pull request changes something. */
export const EMPTY: PullRequestRule = {
  id: 'pull-request-empty',
  severity: 'error',
  title: 'A pull request changes something',
  explanation: 'A pull request adds, changes or removes at least one file.',
  hint: 'Add the files of the Dandiset, or close the pull request.',
  *check({ changes, isRelated, isTooLarge }) {
    if (isRelated && !isTooLarge && changes.length === 0)
      yield { path: '', message: 'No file is changed.' };
  },
};

/** Not more than can be read. */
export const TOO_LARGE: PullRequestRule = {
  id: 'pull-request-too-large',
  severity: 'error',
  title: 'Not more files than can be read',
  explanation:
    'A Dandiset is a handful of files. A pull request with more than 5,000 changed files and folders is looked at no further.',
  hint: 'Take the other files out. Data files belong in an object store, not in the repository.',
  alwaysStrict: true,
  *check({ isTooLarge }) {
    if (isTooLarge) yield { path: '', message: 'More than 5,000 files and folders are changed.' };
  },
};

/** Merges are read by a person. */
export const MERGES: PullRequestRule = {
  id: 'pull-request-merge-commits',
  severity: 'hint',
  title: 'Merges are read by a person',
  explanation:
    'A branch with merge commits of its own, or with more than one newest commit in common with the archive, does not show by itself what its author changed. It is judged by what merging would make of the archive, and never merged automatically.',
  hint: 'A curator merges it. To have it merged automatically, rebase the branch: git rebase.',
  alwaysStrict: true,
  *check({ history }) {
    if (history === 'plain') return;
    const message =
      history === 'merges'
        ? 'The branch holds merge commits, so a curator merges it.'
        : 'The branch has several newest commits in common with the archive, so a curator merges it.';
    yield { path: '', message };
  },
};

/** One folder at a time. */
export const SCOPE: PullRequestRule = {
  id: 'pull-request-scope',
  severity: 'error',
  title: 'One folder at a time',
  explanation:
    'A pull request touches one thing: one new submission, the draft of one Dandiset, or one vocabulary. So it can be read, and it cannot get in the way of another.',
  hint: 'Take the other files out; submit them as a pull request of their own.',
  alwaysStrict: true,
  *check({ changes, content }) {
    const { main, isRemoval } = scopeOf(changes, content);
    if (main === undefined) return;
    const seen = new Set<string>();
    for (const { path } of changes) {
      const part = pullRequestPartOf(path, content);
      // The program, new numbers, versions and status have rules of their own.
      if (part.name === main.name || part.kind === 'program' || seen.has(part.name)) continue;
      if (main.kind === 'status' && part.kind === 'published' && part.number === main.number)
        continue;
      // A deletion of a draft is recorded.
      if (main.kind === 'draft' && isRemoval && part.kind === 'status') {
        if (part.number === main.number) continue;
      }
      if (seen.size >= MOST_PATHS) return;
      seen.add(part.name);
      yield {
        path: inner(path, content),
        message: `The file belongs to ${part.name}; this pull request is about ${main.name}.`,
      };
    }
    if (main.kind === 'vocabulary' && changes.length > 1 && seen.size === 0) {
      yield {
        path: 'vocabularies',
        message: `${changes.length} vocabularies are changed at once.`,
      };
    }
  },
};

/** Records only. */
export const OUTSIDE: PullRequestRule = {
  id: 'pull-request-outside',
  severity: 'error',
  title: 'Records only',
  explanation:
    'Data come in below content/dandisets/ and content/submissions/. The program, its workflows, the settings and the pages of the archive are changed by maintainers, who read such a change as code.',
  hint: 'Take the file out of this pull request.',
  alwaysStrict: true,
  *check({ changes, content }) {
    let told = 0;
    for (const { path } of changes) {
      const { kind } = pullRequestPartOf(path, content);
      if (kind !== 'program' && kind !== 'settings') continue;
      if (++told > MOST_PATHS) return;
      yield { path: inner(path, content), message: `${quote(path)} is no record of a Dandiset.` };
    }
  },
};

/** Numbers come from the registrar. */
export const NUMBER: PullRequestRule = {
  id: 'pull-request-number',
  severity: 'error',
  title: 'Numbers are given at the merge',
  explanation:
    'A new Dandiset comes without a number into submissions/; the registrar gives it the next free one. A number that was chosen beforehand could be taken by then.',
  hint: 'Move the files to submissions/<name>/ and write six zeros as the number.',
  alwaysStrict: true,
  *check({ changes, content, numbers }) {
    const seen = new Set<string>();
    for (const { path, after } of changes) {
      const part = pullRequestPartOf(path, content);
      if (part.kind !== 'draft' && part.kind !== 'status' && part.kind !== 'published') continue;
      if (after === undefined || numbers.has(part.number) || seen.has(part.number)) continue;
      seen.add(part.number);
      yield {
        path: inner(path, content),
        message: `There is no Dandiset ${part.number}; its number is given at the merge.`,
      };
    }
  },
};

/** Versions come from the registrar. */
export const VERSION: PullRequestRule = {
  id: 'pull-request-version',
  severity: 'error',
  title: 'Versions are frozen at the merge',
  explanation:
    'A published version and its manifest are made by the registrar from the draft, with the time of the merge. None is submitted.',
  hint: 'Change the draft, and ask for publication with release.json there.',
  alwaysStrict: true,
  *check({ changes, content }) {
    const seen = new Set<string>();
    for (const { path, before } of changes) {
      const part = pullRequestPartOf(path, content);
      if (part.kind !== 'published' || before !== undefined || seen.has(part.name)) continue;
      seen.add(part.name);
      yield {
        path: inner(path, content),
        message: `The file is of ${part.name}, a published version.`,
      };
    }
  },
};

/** Who may change a status. */
export const STATUS: PullRequestRule = {
  id: 'pull-request-status',
  severity: 'error',
  title: 'Who may change a status',
  explanation:
    'status.json says who owns a Dandiset and which versions are withdrawn. Curators change it, and owners ask for a change to their own.',
  hint: 'Ask for it in an issue of the archive, with the reason.',
  alwaysStrict: true,
  *check({ changes, content, owners, author }) {
    for (const { path } of changes) {
      const part = pullRequestPartOf(path, content);
      if (part.kind !== 'status') continue;
      const named = owners.get(part.number) ?? [];
      if (author !== undefined && (author.isCurator || isNamedOwner(named, author))) continue;
      const who = author === undefined ? 'somebody unknown' : quote(author.login);
      yield {
        path: inner(path, content),
        message: `The status of ${part.number} is not for ${who} to change.`,
      };
    }
  },
};

/** Plain files. */
export const MODE: PullRequestRule = {
  id: 'pull-request-mode',
  severity: 'error',
  title: 'Plain files',
  explanation: 'A record is a plain file: no link, no submodule, and nothing that could be run.',
  hint: 'Put the file itself there, without the mark that it can be run: chmod -x.',
  alwaysStrict: true,
  *check({ changes, content }) {
    let told = 0;
    for (const { path, after } of changes) {
      if (
        after === undefined ||
        after.mode === '100644' ||
        pullRequestPartOf(path, content).kind === 'program'
      ) {
        continue;
      }
      if (++told > MOST_PATHS) return;
      const what =
        after.mode === '120000'
          ? 'a symbolic link'
          : after.mode === '160000'
            ? 'a submodule'
            : after.mode === '100755'
              ? 'a file that can be run'
              : 'no plain file';
      yield { path: inner(path, content), message: `${quote(path)} is ${what}.` };
    }
  },
};

/** Line feeds alone. */
export const LINE_ENDS: PullRequestRule = {
  id: 'pull-request-line-ends',
  severity: 'error',
  title: 'Line feeds alone',
  explanation:
    'Lines of records end in a line feed alone, so that the same record has the same bytes everywhere.',
  hint: 'Save the file with line ends of Unix (LF); git config core.autocrlf input keeps it so.',
  check: ({ withCarriageReturns, content }) =>
    eachOf(withCarriageReturns, content, 'Lines end in a carriage return and a line feed.'),
};

/** Nothing was changed in the meantime. */
export const CONFLICT: PullRequestRule = {
  id: 'pull-request-conflict',
  severity: 'error',
  title: 'Nothing was changed meanwhile',
  explanation:
    'Where the archive changed the same file after the pull request was begun, nobody has seen the two together.',
  hint: 'Take the newest state of the archive and make the change again: git merge, or the form.',
  check: ({ conflicts, content }) =>
    eachOf(conflicts, content, 'The archive changed this file in the meantime.'),
};

/** A draft is only removed if nothing was published, and the removal is recorded. */
export const REMOVAL: PullRequestRule = {
  id: 'pull-request-removal',
  severity: 'error',
  title: 'What is published keeps its draft',
  explanation:
    'A draft may be deleted as long as nothing of it was published; afterwards it is what the next version comes from.',
  hint: 'Restore draft/dandiset.json. A version that must not be used is withdrawn; a draft that was never published is deleted with dandiset delete.',
  alwaysStrict: true,
  *check({ changes, content, published }) {
    const { target, isRemoval } = scopeOf(changes, content);
    if (target?.kind !== 'draft' || !isRemoval) return;
    const { number } = target;
    const path = `dandisets/${number.slice(0, 3)}/${number}/draft`;
    if (published.has(number)) {
      const message = `The draft of ${number}, which has published versions, would be deleted.`;
      yield { path, message };
      return;
    }
    // Another rule decides who may change the status; without a status change it never runs.
    const isRecorded = changes.some((change) => {
      const part = pullRequestPartOf(change.path, content);
      return part.kind === 'status' && part.number === number && change.after !== undefined;
    });
    if (isRecorded) return;
    yield {
      path,
      message: `The draft of ${number} would be deleted, and status.json does not say so.`,
    };
  },
};

/** The rules about pull requests. */
export const PULL_REQUEST_RULES: readonly PullRequestRule[] = [
  HISTORY,
  EMPTY,
  TOO_LARGE,
  MERGES,
  SCOPE,
  OUTSIDE,
  NUMBER,
  VERSION,
  STATUS,
  REMOVAL,
  MODE,
  LINE_ENDS,
  CONFLICT,
];
