// Which file of content/ is which. Only this module knows the names; all other code uses it.

import {
  dandisetFolder,
  parseDandisetNumber,
  type DandisetNumber,
} from '../identifiers/dandiset-id.ts';
import { parseVersion, type VersionId } from '../identifiers/version-id.ts';

export const DANDISET_FILE = 'dandiset.json';
export const ASSETS_FILE = 'assets.jsonl';
export const ASSETS_REFERENCE_FILE = 'assets.ref.json';
export const RELEASE_FILE = 'release.json';

/** The folder of a version below `content/`. */
export function versionFolder(number: DandisetNumber, version: VersionId): string {
  return `${dandisetFolder(number)}/${version}`;
}

/** The folder of a Dandiset's draft below `content/`. */
export function draftFolder(number: DandisetNumber): string {
  return versionFolder(number, 'draft');
}

/** The folder of a submission below `content/`. */
export function submissionFolder(slug: string): string {
  return `submissions/${slug}`;
}

export type ContentPlace =
  | { kind: 'archive' }
  | { kind: 'version'; number: DandisetNumber; version: VersionId; file: string }
  | { kind: 'status'; number: DandisetNumber }
  | { kind: 'derived'; number: DandisetNumber }
  | { kind: 'submission'; slug: string; file: string }
  | { kind: 'vocabulary'; name: string }
  | { kind: 'page' }
  | { kind: 'unknown' };

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

/** Whether a text can be the name of a submission's folder. */
export function isSubmissionName(text: string): boolean {
  return SLUG.test(text);
}

/** What a file path below `content/` is for; `unknown` for a file that does not belong there. */
export function contentPlace(path: string): ContentPlace {
  const parts = path.split('/');
  if (path === 'archive.json') return { kind: 'archive' };
  if (parts[0] === 'pages' && parts.length > 1) return { kind: 'page' };
  if (parts[0] === 'vocabularies' && parts.length === 2 && path.endsWith('.json')) {
    return { kind: 'vocabulary', name: (parts[1] as string).slice(0, -'.json'.length) };
  }
  if (parts[0] === 'submissions' && parts.length === 3 && SLUG.test(parts[1] as string)) {
    return { kind: 'submission', slug: parts[1] as string, file: parts[2] as string };
  }
  if (parts[0] === 'dandisets') {
    const number = parseDandisetNumber(parts[2] ?? '');
    if (number === undefined || parts[1] !== number.slice(0, 3)) return { kind: 'unknown' };
    if (parts.length === 4 && parts[3] === 'status.json') return { kind: 'status', number };
    if (parts.length === 4 && parts[3] === 'derived.json') return { kind: 'derived', number };
    const version = parseVersion(parts[3] ?? '');
    if (version !== undefined && parts.length === 5) {
      return { kind: 'version', number, version, file: parts[4] as string };
    }
  }
  return { kind: 'unknown' };
}

/** The file names that the folder of a version or submission may contain. */
export function filesAllowedIn(folder: 'draft' | 'published' | 'submission'): readonly string[] {
  const lists = [DANDISET_FILE, ASSETS_FILE, ASSETS_REFERENCE_FILE];
  return folder === 'published' ? [...lists, 'manifest.json'] : [...lists, RELEASE_FILE];
}
