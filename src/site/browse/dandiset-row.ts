// A Dandiset as one row of a list: the same on the list, the facet pages and the home page.

import { address } from '../catalog/addresses.ts';
import type { Catalog, DandisetEntry } from '../catalog/catalog.ts';
import { countOf, formatBytes, formatCount } from '../../core/text/format.ts';

export interface DandisetRow {
  number: string;
  identifier: string;
  href: string;
  name: string;
  creators: string;
  species: string;
  /** `published`, `draft`, `withdrawn`. */
  status: string;
  /** Newest version, or `draft`. */
  version: string;
  day: string;
  files: string;
  bytes: string;
  subjects: string;
  /** For sorting in the browser. */
  sortFiles: number;
  sortBytes: number;
  isEmpty: boolean;
}

/** The row of a Dandiset, from the version its own page shows. */
export function dandisetRow(catalog: Pick<Catalog, 'base'>, dandiset: DandisetEntry): DandisetRow {
  const { summary, status, version } = dandiset.shown;
  const species = summary.facets
    .filter((value) => value.kind === 'species')
    .map((value) => value.label);
  return {
    number: dandiset.number,
    identifier: dandiset.identifier,
    href: address(catalog.base, `dandiset/${dandiset.number}/`),
    name: summary.name,
    creators: summary.creators,
    species: species.slice(0, 3).join(', ') + (species.length > 3 ? ' …' : ''),
    status,
    version,
    day: summary.day ?? '',
    files: summary.files === undefined ? '' : formatCount(summary.files),
    bytes: summary.bytes === undefined ? '' : formatBytes(summary.bytes),
    subjects: summary.subjects === undefined ? '' : countOf(summary.subjects, 'subject'),
    sortFiles: summary.files ?? 0,
    sortBytes: summary.bytes ?? 0,
    isEmpty: summary.files === 0,
  };
}
