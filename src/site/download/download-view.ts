// What the panel for downloading a version shows, as text and addresses.

import { ARIA2_LIST, URL_LIST } from '../../core/download/download-lists.ts';
import { pageAtDandiSite } from '../../core/identifiers/dandi-sites.ts';
import type { JsonObject } from '../../core/json/json-text.ts';
import { accessStatements, accessWords } from '../../core/metadata/access.ts';
import { countOf, formatBytes } from '../../core/text/format.ts';
import { address, storeAddress } from '../catalog/addresses.ts';
import type { Catalog, VersionEntry } from '../catalog/catalog.ts';
import { checkableFiles, DATA_SUMS } from '../version/fixity-files.ts';
import { hasStaticLists } from './list-files.ts';
import { LIST_USES } from './list-uses.ts';
import { pageCommands, type PageCommands } from './page-commands.ts';

/** The data of the panel's script. */
export interface PanelData {
  /** Address of the page of the files, which holds or names their list; '' if there is no list. */
  filesPage: string;
  /** The addresses that keys are appended to, in the order of trial. */
  stores: string[];
  /** Names what is saved: `000004-0.220126.1852`. */
  name: string;
  files: number;
  bytes: number;
  /** Files of the list `files.sha256`. */
  checkable: number;
}

export interface DownloadView {
  /** `Download · 14.7 GB`. */
  label: string;
  /** `180 files, 14.7 GB`. */
  totals: string;
  commands: PageCommands;
  /** Lists beside the page, each with what it is for. */
  lists: { name: string; href: string; says: string }[];
  /** Where the list of files is, if it is not held here. */
  notHeld: { says: string; href: string | undefined } | undefined;
  /** That the files are not public; '' if nothing says so. */
  embargo: string;
  /** What the lists do not have; '' if they have everything. */
  leftOut: string;
  data: PanelData;
}

function notHeldHere(
  { archive }: Pick<Catalog, 'archive'>,
  { number, version, list, summary }: VersionEntry,
): DownloadView['notHeld'] {
  if (!summary.countsAreClaimed) return undefined;
  if (list === 'store')
    return {
      says: 'The list of the files of this version is in the store of the archive, and could not be read when this page was made.',
      href: undefined,
    };
  const page = pageAtDandiSite({ prefix: archive.identifierPrefix, number, version });
  return {
    says: 'The list of the files of this version is not held here.',
    href: page === undefined ? archive.archiveOfRecord : `${page}/files`,
  };
}

function leftOutWords({ summary }: VersionEntry): string {
  const without = (summary.files ?? 0) - summary.zarrs - summary.checkable;
  const parts = [
    summary.zarrs === 0
      ? ''
      : `${countOf(summary.zarrs, 'Zarr')}, which ${summary.zarrs === 1 ? 'is a folder' : 'are folders'} of many files, ${summary.zarrs === 1 ? 'is' : 'are'} not in these lists; the command downloads ${summary.zarrs === 1 ? 'it' : 'them'}.`,
    without <= 0
      ? ''
      : `${countOf(without, 'file')} without a SHA-256 or with an unusual path cannot be checked by them.`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** What the panel of a version shows; undefined where there is nothing to download. */
export function downloadView(
  catalog: Catalog,
  entry: VersionEntry,
  record: JsonObject,
): DownloadView | undefined {
  const { summary, status, number, version } = entry;
  if (status === 'withdrawn' || summary.files === 0) return undefined;
  const { archive, base } = catalog;
  const folder = address(base, `dandiset/${number}/${version}/`);
  const { files, bytes } = summary;
  const isHeld = !summary.countsAreClaimed;
  const names = !isHeld
    ? []
    : [
        ...(hasStaticLists(catalog, entry) ? [URL_LIST, ARIA2_LIST] : []),
        ...(checkableFiles(entry) > 0 ? [DATA_SUMS] : []),
      ];
  const commands = pageCommands(catalog, entry);
  const notHeld = notHeldHere(catalog, entry);
  if (!isHeld && commands.commands.length === 0 && notHeld?.href === undefined) return undefined;
  const embargoed = accessStatements(record).find(({ status: one }) => one === 'EmbargoedAccess');
  return {
    label: bytes === undefined ? 'Download' : `Download · ${formatBytes(bytes)}`,
    totals: [
      ...(files === undefined ? [] : [countOf(files, 'file')]),
      ...(bytes === undefined ? [] : [formatBytes(bytes)]),
    ].join(', '),
    commands,
    lists: names.map((name) => ({ name, href: folder + name, says: LIST_USES.get(name) ?? '' })),
    notHeld,
    embargo:
      embargoed === undefined
        ? ''
        : `These files are not public (${accessWords(embargoed)}): the store refuses them with 403 to everybody without access.`,
    leftOut: isHeld ? leftOutWords(entry) : '',
    data: {
      filesPage: isHeld ? `${folder}files/` : '',
      stores: archive.stores.map((store) => storeAddress(base, store)),
      name: `${number}-${version}`,
      files: files ?? 0,
      bytes: bytes ?? 0,
      checkable: summary.checkable,
    },
  };
}
