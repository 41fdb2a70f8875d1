// The Dandiset or version that an argument names, in an archive that verbs change.

import { ArchiveError } from '../../core/error.ts';
import {
  isOwnAddress,
  parseDandiAddress,
  type DandiAddress,
} from '../../core/identifiers/dandi-address.ts';
import type { Archive } from '../../core/records/archive.ts';

/**
 * Reads an identifier or an address of this archive.
 *
 * @throws ArchiveError `usage` for a text that names no Dandiset of it.
 */
export function namedAddress(text: string, archive: Archive): DandiAddress {
  const { identifierPrefix: prefix, site, doiPrefix } = archive;
  const settings = { prefix, site, ...(doiPrefix === undefined ? {} : { doiPrefix }) };
  const address = parseDandiAddress(text, settings);
  if (address !== undefined && isOwnAddress(address, prefix)) return address;
  throw new ArchiveError('usage', `"${text}" names no Dandiset of this archive.`, {
    hint: `Write it like ${prefix}:000004 or 000004.`,
  });
}

/** The content folder a verb works in. */
export function contentFolder(given: string | undefined): string {
  return given ?? (process.env['ARCHIVE_CONTENT'] || 'content');
}
