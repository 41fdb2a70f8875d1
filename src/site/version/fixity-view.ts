// How a version is checked with plain tools, and what that proves.

import { countOf } from '../../core/text/format.ts';
import { address } from '../catalog/addresses.ts';
import type { Catalog, DandisetEntry, VersionEntry } from '../catalog/catalog.ts';
import { checkableFiles, DATA_SUMS, FROZEN_SUMS, frozenFiles } from './fixity-files.ts';

export interface FixityView {
  /** The version digest; undefined for a draft, which has none. */
  digest: string | undefined;
  files: { name: string; sha256: string; href: string }[];
  /** The version whose digest this one's manifest names. */
  before: { version: string; href: string } | undefined;
  /** Shell commands over the frozen files, and over the data in the folder they were saved to. */
  frozenCommands: string | undefined;
  dataCommands: string | undefined;
  /** Which data files the second command leaves out, in words. */
  leftOut: string | undefined;
  /** Whether the frozen record was replaced by a notice. */
  isRedacted: boolean;
}

function leftOutWords(files: number | undefined, checkable: number): string | undefined {
  const left = (files ?? 0) - checkable;
  if (left <= 0) return undefined;
  return `${countOf(left, 'file')} of this version cannot be checked this way: Zarrs, and files without a SHA-256 or with a path that does not fit.`;
}

/** What the section on checking shows; undefined where there is nothing to check. */
export function fixityView(
  catalog: Catalog,
  dandiset: DandisetEntry,
  entry: VersionEntry,
): FixityView | undefined {
  const path = `dandiset/${entry.number}/${entry.version}/`;
  const { archive, base } = catalog;
  const checkable = checkableFiles(entry);
  const frozen = frozenFiles(entry);
  if (frozen.length === 0 && checkable === 0) return undefined;
  const before = dandiset.published.find(
    ({ digest }) => digest !== undefined && digest === entry.manifest?.previous,
  );
  const names = [...frozen.map(({ name }) => name), FROZEN_SUMS].join(',');
  return {
    digest: entry.digest,
    files: frozen.map((file) => ({ ...file, href: address(base, path + file.name) })),
    before:
      before === undefined
        ? undefined
        : {
            version: before.version,
            href: address(base, `dandiset/${entry.number}/${before.version}/`),
          },
    frozenCommands:
      frozen.length === 0
        ? undefined
        : [
            `curl -fsS --remote-name-all '${archive.site}${path}{${names}}'`,
            'sha256sum manifest.json',
            `sha256sum -c ${FROZEN_SUMS}`,
          ].join('\n'),
    dataCommands:
      checkable === 0
        ? undefined
        : [`curl -fsSO '${archive.site}${path}${DATA_SUMS}'`, `sha256sum -c ${DATA_SUMS}`].join(
            '\n',
          ),
    leftOut:
      entry.status === 'withdrawn' ? undefined : leftOutWords(entry.summary.files, checkable),
    isRedacted: dandiset.records.redactions.has(entry.version),
  };
}
