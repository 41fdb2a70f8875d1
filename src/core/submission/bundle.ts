// A submission as one file: the files, a patch, and what it is. It is downloaded from the form and passed to
// `dandiset submit`, or to a curator; the same submission is always the same bytes.

import { strToU8, zipSync, type Zippable } from 'fflate';
import { sha256Hex } from '../digests/sha256.ts';
import type { SubmittedFile } from './submitted-files.ts';
import type { SubmissionTarget } from './submission-target.ts';
import { mailPatch } from './mail-patch.ts';

export const BUNDLE_SCHEMA = 'dandiset-hand-in-1';
export const ABOUT_FILE = 'about.json';
export const PATCH_FILE = 'submission.patch';
/** The folder of the files inside a bundle, as in the repository. */
export const CONTENT_FOLDER = 'content/';

/** The submitter, for patches, which have to name somebody. */
export interface SubmissionAuthor {
  name: string;
  email: string;
}

/** For a patch that names nobody: the address is invalid by design (RFC 2606). */
export const NOBODY: SubmissionAuthor = {
  name: 'Contributor without account',
  email: 'contributor@submissions.invalid',
};

/** What goes into a bundle. */
export interface BundleContent {
  target: SubmissionTarget;
  /** The files as submittedFiles gives them. */
  files: readonly SubmittedFile[];
  /** Files below `content/` that are removed, such as a request for publication. */
  removed?: readonly string[];
  /** What was edited: its texts by path, and the commit if it is known; absent for a new Dandiset. */
  base?: { commit?: string; texts: ReadonlyMap<string, string> };
  /** Web address of the repository it is meant for. */
  repository: string;
  /** One line: what it is. */
  title: string;
  /** For the reviewer. */
  description?: string;
  author?: SubmissionAuthor;
  /** When it was made, as ISO date-time; the same time gives the same bytes. */
  date: string;
}

/** The facts in about.json. */
export interface AboutBundle {
  schema: typeof BUNDLE_SCHEMA;
  target: SubmissionTarget;
  repository: string;
  base: string | null;
  title: string;
  description: string;
  date: string;
  files: { path: string; size: number; sha256: string }[];
  removed: string[];
}

/** The patch of a submission for `git am`; '' if nothing would change. */
export function patchOf(content: BundleContent): string {
  const { base, files, removed = [], title, description, date, author = NOBODY } = content;
  const before = (path: string): { before?: string } => {
    const text = base?.texts.get(path);
    return text === undefined ? {} : { before: text };
  };
  return mailPatch({
    title,
    date,
    author,
    ...(description === undefined ? {} : { body: description }),
    ...(base?.commit === undefined ? {} : { base: base.commit }),
    files: [
      ...files.map(({ path, text }) => ({
        path: CONTENT_FOLDER + path,
        after: text,
        ...before(path),
      })),
      ...removed
        .filter((path) => base?.texts.has(path) === true)
        .map((path) => ({ path: CONTENT_FOLDER + path, ...before(path) })),
    ],
  });
}

/** The bundle of a submission: a zip file. */
export function makeBundle(content: BundleContent): Uint8Array {
  const { target, files, removed = [], base, repository, title, description = '', date } = content;
  const texts = files.map(({ path, text }) => ({ path, bytes: strToU8(text) }));
  const about: AboutBundle = {
    schema: BUNDLE_SCHEMA,
    target,
    repository,
    base: base?.commit ?? null,
    title,
    description,
    date,
    files: texts.map(({ path, bytes }) => ({
      path,
      size: bytes.length,
      sha256: sha256Hex(bytes),
    })),
    removed: [...removed],
  };
  const entries: Zippable = {
    [ABOUT_FILE]: strToU8(`${JSON.stringify(about, null, 2)}\n`),
    [PATCH_FILE]: strToU8(patchOf(content)),
  };
  for (const { path, bytes } of texts) entries[CONTENT_FOLDER + path] = bytes;
  // A zip file contains local times: this one is written as 1 January 1980 everywhere.
  return zipSync(entries, { level: 6, mtime: new Date(1980, 0, 1) });
}
