// The checksum of a Zarr archive: a tree of MD5 digests, worked out from the leaves up. A folder's
// digest is taken over one line of JSON that lists what is directly in it.

import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { compareUtf8 } from '../identifiers/asset-path.ts';
import { asciiJson } from '../json/ascii-json.ts';

export interface ZarrFile {
  /** Relative to the archive, `/`-separated. */
  path: string;
  /** Bytes. */
  size: number;
  /** Lower-case hexadecimal MD5 of the file. */
  md5: string;
}

interface Folder {
  folders: Map<string, Folder>;
  files: Map<string, ZarrFile>;
}

interface FolderDigest {
  digest: string;
  files: number;
  size: number;
}

function newFolder(): Folder {
  return { folders: new Map(), files: new Map() };
}

function byName(a: { name: string }, b: { name: string }): number {
  return compareUtf8(a.name, b.name);
}

function digestOf(folder: Folder): FolderDigest {
  let count = folder.files.size;
  let size = 0;
  const files = [];
  for (const [name, file] of folder.files) {
    size += file.size;
    files.push({ digest: file.md5, name, size: file.size });
  }
  const directories = [];
  for (const [name, inner] of folder.folders) {
    const below = digestOf(inner);
    count += below.files;
    size += below.size;
    directories.push({ digest: below.digest, name, size: below.size });
  }
  const listing = { directories: directories.sort(byName), files: files.sort(byName) };
  const digest = bytesToHex(md5(utf8ToBytes(asciiJson(JSON.stringify(listing)))));
  return { digest: `${digest}-${count}--${size}`, files: count, size };
}

/**
 * The dandi-zarr-checksum of the files of an archive, in any order.
 *
 * @throws RangeError if a path occurs twice, or is both a file and a folder.
 */
export function zarrChecksum(files: Iterable<ZarrFile>): string {
  const root = newFolder();
  for (const file of files) {
    const parts = file.path.split('/');
    const name = parts.pop() ?? '';
    let folder = root;
    for (const part of parts) {
      if (folder.files.has(part)) throw new RangeError(`"${part}" is a file and a folder`);
      let inner = folder.folders.get(part);
      if (inner === undefined) folder.folders.set(part, (inner = newFolder()));
      folder = inner;
    }
    if (folder.files.has(name) || folder.folders.has(name)) {
      throw new RangeError(`"${file.path}" is there twice`);
    }
    folder.files.set(name, file);
  }
  return digestOf(root).digest;
}
