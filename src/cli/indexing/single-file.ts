// One file that an argument names by its path or address: what is in it, and its index.

import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Bytes } from '../../adapters/bytes/bytes.ts';
import { openBytes } from '../../adapters/bytes/open-bytes.ts';
import { digestsOfFile } from '../../adapters/digests/path-digests.ts';
import type { DataTree } from '../../core/data-tree/data-tree.ts';
import { ArchiveError } from '../../core/error.ts';
import { isHdf5Name, isZarrName } from '../../core/identifiers/file-names.ts';
import { zarrTreeAt } from './zarr-trees.ts';

/** A file or Zarr by itself, not in an archive. */
export interface SingleFile {
  name: string;
  isZarr: boolean;
  /** Its path as given, or its address; a folder ends in `/`. */
  place: string;
}

const KEY = /\/blobs\/[0-9a-f]{3}\/[0-9a-f]{3}\/([0-9a-f]{64})$/;

/** What an argument names, if it is a file or a Zarr and no Dandiset. */
export async function singleFileOf(text: string): Promise<SingleFile | undefined> {
  if (/^https?:\/\//i.test(text)) {
    if (!URL.canParse(text)) return undefined;
    const { pathname, href } = new URL(text);
    const name = pathname.replace(/\/+$/, '');
    const isZarr = isZarrName(name);
    if (!isZarr && !isHdf5Name(name) && !KEY.test(name)) return undefined;
    return { name: text, isZarr, place: isZarr ? href.replace(/\/*$/, '/') : text };
  }
  if (!existsSync(text)) return undefined;
  const found = await stat(text);
  if (!found.isDirectory()) return { name: text, isZarr: false, place: text };
  if (!isZarrName(text.replace(/\/+$/, ''))) return undefined;
  return { name: text, isZarr: true, place: `${pathToFileURL(path.resolve(text)).href}/` };
}

/** The SHA-256 of a file: of one here by reading it, of one elsewhere as its address in a store says. */
export async function digestOfSingle({ place }: SingleFile): Promise<string> {
  const named = KEY.exec(place.replace(/[?#].*$/, ''))?.[1];
  if (named !== undefined) return named;
  if (/^https?:\/\//i.test(place)) {
    throw new ArchiveError('usage', `The SHA-256 of ${place} is not known.`, {
      hint: 'An index is named by it. Download the file, or leave out --output.',
    });
  }
  return (await digestsOfFile(place, ['sha256'])).sha256 ?? '';
}

/** Opens a single file. @throws ArchiveError as Bytes */
export function openSingle({ place }: SingleFile): Promise<Bytes> {
  return openBytes(place);
}

/** The tree of a Zarr by itself. @throws ArchiveError as Bytes */
export function treeOfZarr({ place, name }: SingleFile): Promise<DataTree> {
  return zarrTreeAt(place, name);
}
