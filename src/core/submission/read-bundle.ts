// Reads a bundle, which may come from anybody: nothing is unpacked except the files of one submission, each
// of a known name and size, and never more bytes than a record and its list may have.

import { unzipSync, type UnzipFileInfo } from 'fflate';
import { MAX_FILE_BYTES } from '../checks/content-shape.ts';
import { sha256Hex } from '../digests/sha256.ts';
import { ArchiveError } from '../error.ts';
import { parseDandisetNumber } from '../identifiers/dandiset-id.ts';
import { isJsonObject, listMember, member, parseJson, textMember } from '../json/json-text.ts';
import type { JsonValue } from '../json/json-text.ts';
import { MAX_LIST_BYTES } from '../records/asset-list.ts';
import { ASSETS_FILE, filesAllowedIn, RELEASE_FILE } from '../records/layout.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { ABOUT_FILE, BUNDLE_SCHEMA, CONTENT_FOLDER, PATCH_FILE } from './bundle.ts';
import { problemOfTarget, folderOfTarget, type SubmissionTarget } from './submission-target.ts';
import type { SubmittedFile } from './submitted-files.ts';

/** The patch, also under its name in bundles of release 0.1. */
const PATCH_FILES = new Set([PATCH_FILE, 'handin.patch']);

/** A larger file is not a bundle: a list of 20 MB takes some 3 MB in it. */
export const MAX_BUNDLE_BYTES = 25_000_000;
const MAX_ENTRIES = 10;
const MAX_ABOUT_BYTES = 100_000;
/** The patch contains the files once more, and their previous lines. */
const MAX_PATCH_BYTES = 2 * MAX_LIST_BYTES + 4 * MAX_FILE_BYTES;

/** A bundle that was read and found intact. */
export interface Bundle {
  target: SubmissionTarget;
  files: SubmittedFile[];
  /** Files below `content/` that it removes. */
  removed: string[];
  /** The commit that was edited. */
  base?: string;
  title: string;
  description: string;
  /** When it was made, as ISO date-time in UTC; undefined if it does not say so. */
  date?: string;
}

function refused(message: string): ArchiveError {
  return new ArchiveError('content-unreadable', `The bundle cannot be taken: ${message}.`, {
    hint: 'Download it again from the form, or make it with `dandiset submit DIR --bundle FILE`.',
  });
}

function mostBytes(name: string): number {
  if (name === ABOUT_FILE) return MAX_ABOUT_BYTES;
  if (PATCH_FILES.has(name)) return MAX_PATCH_BYTES;
  return name.endsWith(`/${ASSETS_FILE}`) ? MAX_LIST_BYTES : MAX_FILE_BYTES;
}

/** Unpacks with each entry checked first; fflate never returns more bytes than an entry declares. */
function unpacked(zip: Uint8Array): Map<string, Uint8Array> {
  if (zip.length > MAX_BUNDLE_BYTES) throw refused('it is too large');
  const seen = new Set<string>();
  const lookAt = ({ name, originalSize }: UnzipFileInfo): boolean => {
    if (seen.has(name)) throw refused(`it holds ${JSON.stringify(name.slice(0, 200))} twice`);
    seen.add(name);
    if (seen.size > MAX_ENTRIES) throw refused('it holds too many files');
    if (originalSize > mostBytes(name)) {
      throw refused(`${JSON.stringify(name.slice(0, 200))} in it is too large`);
    }
    return true;
  };
  try {
    return new Map(Object.entries(unzipSync(zip, { filter: lookAt })));
  } catch (error) {
    if (error instanceof ArchiveError) throw error;
    throw refused('it is no zip file that can be read');
  }
}

function toTarget(value: JsonValue | undefined): SubmissionTarget {
  const kind = textMember(value, 'kind');
  const number = parseDandisetNumber(textMember(value, 'number') ?? '');
  const slug = textMember(value, 'slug');
  const target: SubmissionTarget | undefined =
    kind === 'submission' && slug !== undefined
      ? { kind, slug }
      : kind === 'draft' && number !== undefined
        ? { kind, number }
        : undefined;
  if (target === undefined) throw refused('it does not say what it is for');
  const problem = problemOfTarget(target);
  if (problem !== undefined) throw refused(problem);
  return target;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 200);
}

function dateOf(about: JsonValue): { date?: string } {
  const date = textMember(about, 'date') ?? '';
  const isDate = /^\d{4}-\d\d-\d\dT[\d:.]{8,15}Z$/.test(date) && !Number.isNaN(Date.parse(date));
  return isDate ? { date } : {};
}

/**
 * Reads a bundle.
 *
 * @throws ArchiveError `content-unreadable` for anything that is not the files of one submission.
 */
export function readBundle(zip: Uint8Array): Bundle {
  const entries = unpacked(zip);
  const aboutText = decodeUtf8(entries.get(ABOUT_FILE) ?? new Uint8Array());
  const about = parseJson(aboutText ?? '');
  if (!about.ok || !isJsonObject(about.value)) throw refused(`${ABOUT_FILE} cannot be read`);
  if (textMember(about.value, 'schema') !== BUNDLE_SCHEMA) {
    throw refused(`${ABOUT_FILE} does not say "${BUNDLE_SCHEMA}"`);
  }
  const target = toTarget(member(about.value, 'target'));
  const allowed = filesAllowedIn(target.kind).map((name) => `${folderOfTarget(target)}/${name}`);
  const digests = new Map(
    listMember(about.value, 'files').map((file) => [
      textMember(file, 'path') ?? '',
      textMember(file, 'sha256'),
    ]),
  );

  const files: SubmittedFile[] = [];
  for (const [name, bytes] of entries) {
    if (name === ABOUT_FILE || PATCH_FILES.has(name)) continue;
    const path = name.slice(CONTENT_FOLDER.length);
    if (!name.startsWith(CONTENT_FOLDER) || !allowed.includes(path)) {
      throw refused(`${JSON.stringify(name.slice(0, 200))} does not belong to it`);
    }
    if (digests.get(path) !== sha256Hex(bytes)) throw refused(`${name} in it was changed`);
    const text = decodeUtf8(bytes);
    if (text === undefined) throw refused(`${name} in it is not UTF-8 text`);
    files.push({ path, text });
  }
  if (files.length !== digests.size) throw refused('a file of it is missing');
  const removed = listMember(about.value, 'removed').filter((path) => typeof path === 'string');
  if (removed.some((path) => path !== `${folderOfTarget(target)}/${RELEASE_FILE}`)) {
    throw refused('it takes away files that are not its own');
  }
  const base = textMember(about.value, 'base');
  return {
    target,
    files: files.sort((a, b) => (a.path < b.path ? -1 : 1)),
    removed,
    ...(base !== undefined && /^[0-9a-f]{40}$/.test(base) ? { base } : {}),
    title: oneLine(textMember(about.value, 'title') ?? ''),
    description: (textMember(about.value, 'description') ?? '').slice(0, 10_000),
    ...dateOf(about.value),
  };
}
