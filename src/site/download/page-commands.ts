// Commands that a page offers for copying. A page offers only what its host serves: a command that does not work is
// worse than none.

import { clientCommand } from '../../core/download/client-command.ts';
import { DANDI_SITES } from '../../core/identifiers/dandi-sites.ts';
import { offersClientQueries, offersPythonClient } from '../../core/records/archive.ts';
import { shellWord } from '../../core/text/shell-word.ts';
import { siteInCommands } from '../catalog/addresses.ts';
import type { Catalog, VersionEntry } from '../catalog/catalog.ts';
import { formatState } from '../files/file-state.ts';

/** A command that downloads a version, and folders of it where that works. */
export interface PageCommand {
  /** What runs it: this archive's client, or DANDI's. */
  program: string;
  says: string;
  /** Names the version: an identifier or an address. */
  version: string;
  /** The address of its files, which a folder is added to; '' where the command cannot take folders. */
  files: string;
  /** A line before it; '' for none. */
  before: string;
}

export interface PageCommands {
  commands: PageCommand[];
  /**
   * The address in the commands, where it depends on how the server was started: a script replaces it by the
   * page's own. Undefined for a site with one public address.
   */
  replaced: string | undefined;
}

const DANDI_CLIENT = 'dandi';
const INSTALLATION = 'pip install dandi';

/** The lines of a command for a folder; '' is the whole version. Where it takes no folders, undefined. */
export function commandText(
  { program, version, files, before }: PageCommand,
  folder: string,
): string | undefined {
  if (folder !== '' && files === '') return undefined;
  const resource = folder === '' ? version : files + formatState({ location: folder });
  return `${before === '' ? '' : `${before}\n`}${program} download ${shellWord(resource)}`;
}

/** Whether the Python client can get every file of a version from this archive. */
function canDownload(
  { archive, base }: Pick<Catalog, 'archive' | 'base'>,
  { summary }: VersionEntry,
): boolean {
  if (base !== '/' || !offersPythonClient(archive)) return false;
  // A list that is not held here is not in the API either.
  if (summary.countsAreClaimed || summary.outsideStores > 0) return false;
  // The client requests the files of a Zarr by queries, from a store that can be listed.
  return (
    summary.zarrs === 0 || (offersClientQueries(archive) && archive.stores[0]?.kind === 'folder')
  );
}

/** The commands for a version; none where there is nothing to download. */
export function pageCommands(
  catalog: Pick<Catalog, 'archive' | 'base'>,
  entry: VersionEntry,
): PageCommands {
  const { archive } = catalog;
  const { summary, status, number, version } = entry;
  if (status === 'withdrawn' || summary.files === 0) return { commands: [], replaced: undefined };
  // Without a slash at the end, as the client writes it.
  const { site, replaced } = siteInCommands(catalog);
  const here = `${site}dandiset/${number}/${version}`;
  const identifier = `${archive.identifierPrefix}:${number}/${version}`;
  const record = DANDI_SITES.get(archive.identifierPrefix)?.site;
  const there = record === undefined ? '' : `${record}dandiset/${number}/${version}/files`;
  const commands: PageCommand[] = [];
  const add = (command: Omit<PageCommand, 'before'>, before = ''): number =>
    commands.push({ ...command, before });
  // The command reads a list in the store, also where the build could not.
  if (!summary.countsAreClaimed || entry.list === 'store')
    add({
      program: clientCommand(site),
      says: 'The command of this archive, which verifies each file and resumes after an interruption:',
      version: here,
      files: `${here}/files`,
    });
  else if (record !== undefined)
    add({
      program: clientCommand(site),
      says: 'The command of this archive, which takes the list of files from the archive of record:',
      version: identifier,
      files: there,
    });
  if (record !== undefined)
    add(
      {
        program: DANDI_CLIENT,
        says: 'DANDI’s Python client, from the archive of record:',
        version: identifier,
        files: there,
      },
      INSTALLATION,
    );
  else if (canDownload(catalog, entry))
    add(
      {
        program: DANDI_CLIENT,
        says: 'DANDI’s Python client:',
        version: here,
        files: offersClientQueries(archive) ? `${here}/files` : '',
      },
      INSTALLATION,
    );
  return { commands, replaced };
}
