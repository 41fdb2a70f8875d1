// What a browser can download, decided before anything is requested.

import { formatBytes, formatCount } from '../text/format.ts';
import { collidingPaths, problemOfLocalName } from './local-name.ts';
import type { WantedFile } from './plan.ts';

/** A file whose bytes a page can request. */
export type BrowserFile = Omit<WantedFile, 'from'> & { from: readonly string[] };

/** A file that was left out or failed, and why. */
export interface FileFailure {
  path: string;
  why: string;
}

/** The largest ZIP file that is made in a browser. */
export const MAX_ZIP_BYTES = 4_000_000_000;
/** The largest that a browser without access to the disk holds in memory. */
export const MAX_ZIP_IN_MEMORY = 500_000_000;
/** More bytes are better fetched by the command, which resumes within files. */
export const MAX_ADVISED_BYTES = 100_000_000_000;
/** A longer list is for the command. */
export const MAX_BROWSER_FILES = 20_000;

export interface BrowserAbilities {
  /** Whether it writes into a file on the disk while bytes arrive. */
  savesFiles: boolean;
  /** Whether it writes into a folder. */
  opensFolders: boolean;
}

export interface BrowserOffer {
  zip: boolean;
  folder: boolean;
  /** Whether it is the best way, so that it is shown first. */
  isAdvised: boolean;
  /** What is not offered or not advised, and why; empty if nothing is. */
  why: string;
}

/** What of a selection a browser can save, and in which form. */
export function browserOffer(
  { files, bytes }: { files: number; bytes: number },
  { savesFiles, opensFolders }: BrowserAbilities,
): BrowserOffer {
  if (files > MAX_BROWSER_FILES) {
    const most = formatCount(MAX_BROWSER_FILES);
    const why = `These are more files than a browser handles well (${most}). Open a folder of them, or use the command.`;
    return { zip: false, folder: false, isAdvised: false, why };
  }
  const most = savesFiles ? MAX_ZIP_BYTES : MAX_ZIP_IN_MEMORY;
  const zip = bytes <= most;
  const here = savesFiles ? '' : ' in this browser';
  const size = formatBytes(most).replace('.00', '');
  const reasons: string[] = [];
  if (!zip) reasons.push(`A ZIP file holds up to ${size}${here}.`);
  if (!zip && !opensFolders)
    reasons.push('Open a folder of the files, or use the command or a list.');
  const isAdvised = bytes <= MAX_ADVISED_BYTES && (zip || opensFolders);
  if (!isAdvised && opensFolders)
    reasons.push('For so much the command is the better way: it resumes within files.');
  return { zip, folder: opensFolders, isAdvised, why: reasons.join(' ') };
}

/** The origin of an address, for comparison; '' for one without. */
function originOf(address: string): string {
  return /^https?:\/\/[^/?#]+/i.exec(address)?.[0].toLowerCase() ?? '';
}

export interface BrowserPlace {
  /** Addresses of the page's own site and of the archive's stores: a page may request only what is there. */
  reachable: readonly string[];
  isWindows: boolean;
  ignoresCase: boolean;
}

/** Divides files into those that a browser can get and save, and the others with the reason. */
export function browserFiles(
  wanted: readonly BrowserFile[],
  { reachable, isWindows, ignoresCase }: BrowserPlace,
): { files: BrowserFile[]; leftOut: FileFailure[] } {
  const origins = new Set(reachable.map(originOf));
  const collisions = collidingPaths(
    wanted.map(({ target }) => target),
    ignoresCase,
  );
  const files: BrowserFile[] = [];
  const leftOut: FileFailure[] = [];
  for (const [index, file] of wanted.entries()) {
    const from = file.from.filter((address) => origins.has(originOf(address)));
    const name = problemOfLocalName(file.target, isWindows);
    const other = collisions[index];
    const why =
      name !== undefined
        ? `its path ${name}`
        : other !== undefined
          ? `${other} would be in the same place`
          : file.from.length === 0
            ? 'its record names no place of its bytes'
            : from.length === 0
              ? 'its bytes are not in the stores of this archive, so that a page cannot request them; the command can'
              : undefined;
    if (why === undefined) files.push({ ...file, from });
    else leftOut.push({ path: file.target, why });
  }
  return { files, leftOut };
}
