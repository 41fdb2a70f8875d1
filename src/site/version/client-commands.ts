// Commands of the unmodified Python client that a page offers for copying. A page offers only what its host
// serves: a command that does not work is worse than none.

import { offersClientQueries, offersPythonClient } from '../../core/records/archive.ts';
import type { Catalog, VersionEntry } from '../catalog/catalog.ts';
import { formatState } from '../files/file-state.ts';

export interface ClientCommands {
  /** Installs the client and downloads the version. */
  download: string;
  /** Lists its files. */
  list: string;
  /** Downloads a folder of it; undefined where the host cannot distinguish folders. */
  folder: string | undefined;
  /** The address of the version's files in that command. */
  files: string;
  /**
   * The address in the commands, where it depends on how the server was started: a script replaces it by the
   * page's own. Undefined for a site with one public address.
   */
  replaced: string | undefined;
}

/** Where `npm start` serves, unless its port is taken. */
const LOCAL_SITE = 'http://localhost:8000/';

/** Downloads a folder; `files` is the address of the files of its version, without a slash at the end. */
export function folderCommand(files: string, folder: string): string {
  return `dandi download ${shellWord(files + formatState({ location: folder }))}`;
}

/** A text as one word of a shell. */
function shellWord(text: string): string {
  return /^[\w.,:/@+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Whether the client can get every file of a version from this archive. */
function canDownload(
  { archive, base }: Pick<Catalog, 'archive' | 'base'>,
  entry: VersionEntry,
): boolean {
  const { summary, status } = entry;
  if (base !== '/' || !offersPythonClient(archive) || status === 'withdrawn') return false;
  // A list that is not held here is not in the API either.
  if (summary.countsAreClaimed || summary.files === 0 || summary.outsideStores > 0) return false;
  // The client requests the files of a Zarr by queries, from a store that can be listed.
  return (
    summary.zarrs === 0 || (offersClientQueries(archive) && archive.stores[0]?.kind === 'folder')
  );
}

/** The commands for a version, with `folder` as the example; undefined where they would fail. */
export function clientCommands(
  catalog: Pick<Catalog, 'archive' | 'base'>,
  entry: VersionEntry,
  folder?: string,
): ClientCommands | undefined {
  if (!canDownload(catalog, entry)) return undefined;
  const { archive } = catalog;
  const isLocal = archive.host === 'local';
  // Without a slash at the end, as the client writes it.
  const version = `${isLocal ? LOCAL_SITE : archive.site}dandiset/${entry.number}/${entry.version}`;
  return {
    download: `pip install dandi\ndandi download ${shellWord(version)}`,
    list: `dandi ls -r ${shellWord(version)}`,
    folder:
      folder !== undefined && offersClientQueries(archive)
        ? folderCommand(`${version}/files`, folder)
        : undefined,
    files: `${version}/files`,
    replaced: isLocal ? LOCAL_SITE : undefined,
  };
}
