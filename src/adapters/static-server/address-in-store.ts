// Where the bytes of an asset are served from.

import { formatPath } from './request-path.ts';
import type { ServedFolder } from './served-folder.ts';

/** The parts of a served site that determine where bytes are. */
export interface StoreSite {
  storage: ServedFolder | undefined;
  storageNames: string[];
  remoteStore: string | undefined;
  baseNames: string[];
}

/** Under which name a browser saves bytes that are stored by their digest. */
export interface SaveAs {
  name: string;
  /** `attachment` or `inline`. */
  disposition: string;
}

/**
 * Where to read a file of the store from: this server if the folder store has it, else the remote store,
 * without checking whether it does. Undefined if neither can have it. A remote store is not asked for a name,
 * which most refuse to readers who are not known.
 */
export async function addressInStore(
  { storage, storageNames, remoteStore, baseNames }: StoreSite,
  names: readonly string[],
  saveAs?: SaveAs,
): Promise<string | undefined> {
  const file = await storage?.open(names);
  if (file !== undefined && file !== 'folder') {
    await file.handle.close();
    const path = formatPath([...baseNames, ...storageNames, ...names], false);
    return saveAs === undefined ? path : `${path}?${new URLSearchParams({ ...saveAs }).toString()}`;
  }
  const isPlain = names.every((name) => name !== '' && name !== '.' && name !== '..');
  if (remoteStore === undefined || !isPlain) return undefined;
  return remoteStore + names.map(encodeURIComponent).join('/');
}

/** The `Content-Disposition` that such an address asks for; undefined if it asks for none. */
export function dispositionOf(query: string): string | undefined {
  const said = new URLSearchParams(query);
  const name = said.get('name') ?? '';
  const disposition = said.get('disposition') === 'inline' ? 'inline' : 'attachment';
  if (name === '' || name.length > 255 || !name.isWellFormed()) return undefined;
  const plain = name.replace(/[^\w. +()[\]@,=-]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${disposition}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
