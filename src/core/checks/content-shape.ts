// Rules about the content folder as a whole: which files exist, how they are named, how large they are. They
// look at names and sizes only; no file is opened.

import { problemOfLength, foldedPath, normalPath } from '../identifiers/asset-path.ts';
import { MAX_LIST_BYTES } from '../records/asset-list.ts';
import { ASSETS_FILE, filesAllowedIn, contentPlace, type ContentPlace } from '../records/layout.ts';
import { quote, quotePath } from '../text/quote.ts';
import type { Finding, Rule } from './rule.ts';
import type { FileEntry } from './subjects.ts';

/** The most bytes of a file that is not a list of assets. */
export const MAX_FILE_BYTES = 1_000_000;
/** The most entries of a folder. */
export const MAX_FOLDER_ENTRIES = 1000;

type ShapeRule = Rule<readonly FileEntry[]>;

function isList(place: ContentPlace): boolean {
  return (place.kind === 'version' || place.kind === 'submission') && place.file === ASSETS_FILE;
}

/**
 * Every folder and file on the path of each entry, each once: `a`, `a/b`, `a/b/c.json`. Only the path itself
 * if no file system accepts it.
 */
function everyName(entries: readonly FileEntry[]): Set<string> {
  const names = new Set<string>();
  for (const { path } of entries) {
    const isBounded = problemOfLength(path) === undefined;
    for (let at = path.indexOf('/'); isBounded && at >= 0; at = path.indexOf('/', at + 1)) {
      names.add(path.slice(0, at));
    }
    names.add(path);
  }
  return names;
}

/** Regular files only. */
export const FILE_NOT_REGULAR: ShapeRule = {
  id: 'file-not-regular',
  severity: 'error',
  title: 'Only regular files',
  explanation:
    'The content folder holds regular files only: a link could show a reader something else than what was reviewed.',
  hint: 'Put the file itself in its place, or remove it.',
  alwaysStrict: true,
  *check(entries) {
    for (const { path, kind } of entries) {
      if (kind !== 'file') {
        yield {
          path,
          message: `${quotePath(path)} is a link, a device or a submodule, not a file.`,
        };
      }
    }
  },
};

function hasBadSlug(path: string): boolean {
  return /^submissions\/[^/]+\/[^/]+$/.test(path) && contentPlace(path).kind === 'unknown';
}

function misplaced(path: string): Finding | undefined {
  const place = contentPlace(path);
  const allowed =
    place.kind === 'submission'
      ? filesAllowedIn('submission')
      : place.kind === 'version'
        ? filesAllowedIn(place.version === 'draft' ? 'draft' : 'published')
        : undefined;
  if (place.kind === 'unknown') {
    return { path, message: `${quotePath(path)} has no place in the content folder.` };
  }
  const file = path.slice(path.lastIndexOf('/') + 1);
  if (allowed === undefined || allowed.includes(file)) return undefined;
  return {
    path,
    message: `${quote(file)} is no file of such a folder.`,
    hint: `Remove it. What may stand there: ${allowed.join(', ')}.`,
  };
}

/** Every file belongs somewhere. */
export const FILE_WITHOUT_PLACE: ShapeRule = {
  id: 'file-without-place',
  severity: 'error',
  title: 'Every file has a place',
  explanation:
    'Each file has a name and a folder the archive knows: archive.json, dandisets/<three digits>/<six digits>/<version>/, submissions/<slug>/, vocabularies/ or pages/.',
  hint: 'Remove the file, or move it where it belongs; data files go into the object store.',
  alwaysStrict: true,
  *check(entries) {
    for (const { path } of entries) {
      const finding = hasBadSlug(path) ? undefined : misplaced(path);
      if (finding !== undefined) yield finding;
    }
  },
};

/** The folder of a submission is a slug. */
export const SUBMISSION_SLUG: ShapeRule = {
  id: 'submission-slug',
  severity: 'error',
  title: 'Name of a submission',
  explanation:
    'The folder of a submission is named with lower-case letters, digits and hyphens, at most 64 of them.',
  hint: 'Name the folder like submissions/ca1-place-cells/.',
  *check(entries) {
    for (const { path } of entries) {
      if (hasBadSlug(path)) {
        const slug = path.split('/')[1] ?? '';
        yield { path, message: `${quote(slug)} cannot be the name of a submission.` };
      }
    }
  },
};

/** File names in NFC. */
export const FILE_NAME_NOT_NFC: ShapeRule = {
  id: 'file-name-not-nfc',
  severity: 'error',
  title: 'File names in one Unicode form',
  explanation:
    'File names are in Unicode form NFC, so that the same name has the same bytes on every system.',
  hint: 'Rename the file; on macOS a name typed anew comes out right.',
  *check(entries) {
    for (const { path } of entries) {
      if (path !== normalPath(path)) {
        yield { path, message: `The name ${quotePath(path)} is not in Unicode form NFC.` };
      }
    }
  },
};

// Windows refuses these characters, a trailing blank or dot, and the names of its devices.
const NOT_PORTABLE =
  /[<>:"|?*\\\u0000-\u001f\u007f\ufffd]|[. ](?:\/|$)|(?:^|\/)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.[^/]*)?(?:\/|$)/i;

/** File names that every system can store. */
export const FILE_NAME_NOT_PORTABLE: ShapeRule = {
  id: 'file-name-not-portable',
  severity: 'error',
  title: 'File names for every system',
  explanation:
    'A file name holds nothing that Windows or a web address cannot: no colon, quotation mark, backslash or control character, no dot or blank at its end; it has at most 255 bytes, with its folders at most 1,024.',
  hint: 'Rename the file with letters, digits, hyphens, dots and underscores.',
  *check(entries) {
    for (const { path } of entries) {
      const length = problemOfLength(path);
      if (length !== undefined) {
        yield { path, message: `The name ${quotePath(path)} ${length}.` };
      } else if (NOT_PORTABLE.test(path)) {
        yield { path, message: `The name ${quotePath(path)} cannot exist on every system.` };
      }
    }
  },
};

/** File names that differ in more than case. */
export const FILE_NAME_CASE: ShapeRule = {
  id: 'file-name-case',
  severity: 'error',
  title: 'File names differ in more than case',
  explanation:
    'No two files or folders have names that differ only in upper and lower case: on macOS and Windows one would replace the other.',
  hint: 'Rename one of the two.',
  *check(entries) {
    const seen = new Map<string, string>();
    for (const name of everyName(entries)) {
      const folded = foldedPath(name);
      const other = seen.get(folded);
      if (other === undefined) seen.set(folded, name);
      else
        yield {
          path: name,
          message: `${quotePath(name)} and ${quotePath(other)} differ only in case.`,
        };
    }
  },
};

/** Files of at most a megabyte. */
export const FILE_TOO_LARGE: ShapeRule = {
  id: 'file-too-large',
  severity: 'error',
  title: 'Small files',
  explanation:
    'A file of the content folder has at most 1 MB, lists of assets aside, so that the repository stays quick to clone.',
  hint: 'Shorten it; pictures and data files go into the object store.',
  *check(entries) {
    for (const { path, size } of entries) {
      if (size > MAX_FILE_BYTES && !isList(contentPlace(path))) {
        const have = size.toLocaleString('en-US');
        yield { path, message: `The file has ${have} bytes, more than 1,000,000.` };
      }
    }
  },
};

/** Lists of at most 20 MB. */
export const LIST_TOO_LARGE: ShapeRule = {
  id: 'asset-list-too-large',
  severity: 'error',
  title: 'Large lists lie in the object store',
  explanation:
    'A list of assets of more than 20 MB lies compressed in the object store, and assets.ref.json stands for it.',
  hint: 'Put the list at lists/<sha256>.gz in the store and write assets.ref.json with its sha256, size and count.',
  *check(entries) {
    for (const { path, size } of entries) {
      if (size > MAX_LIST_BYTES && isList(contentPlace(path))) {
        const have = size.toLocaleString('en-US');
        yield { path, message: `The list has ${have} bytes, more than 20,000,000.` };
      }
    }
  },
};

/** Folders of at most a thousand entries. */
export const FOLDER_TOO_FULL: ShapeRule = {
  id: 'folder-too-full',
  severity: 'error',
  title: 'At most 1,000 entries in a folder',
  explanation: 'No folder holds more than 1,000 entries: the forge lists no more of them.',
  hint: 'Remove what is no longer needed, such as submissions that were accepted.',
  *check(entries) {
    const counts = new Map<string, number>();
    for (const name of everyName(entries)) {
      const folder = name.slice(0, Math.max(name.lastIndexOf('/'), 0));
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
    for (const [folder, count] of counts) {
      if (count > MAX_FOLDER_ENTRIES) {
        const have = count.toLocaleString('en-US');
        yield { path: folder, message: `The folder has ${have} entries, more than 1,000.` };
      }
    }
  },
};

/** The rules about the files of the content folder. */
export const SHAPE_RULES: readonly ShapeRule[] = [
  FILE_NOT_REGULAR,
  FILE_WITHOUT_PLACE,
  SUBMISSION_SLUG,
  FILE_NAME_NOT_NFC,
  FILE_NAME_NOT_PORTABLE,
  FILE_NAME_CASE,
  FILE_TOO_LARGE,
  LIST_TOO_LARGE,
  FOLDER_TOO_FULL,
];
