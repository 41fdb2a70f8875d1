// The home page: what this archive is, how much it holds, what is new, and where to start browsing.

import { address } from '../catalog/addresses.ts';
import type { Catalog, VersionEntry } from '../catalog/catalog.ts';
import { facetAddress, facetPages } from './facet-view.ts';
import { FACET_TITLES, type FacetKind } from '../catalog/facets.ts';
import { countOf, formatBytes, formatCount } from '../../core/text/format.ts';

export interface HomeView {
  numbers: { label: string; text: string }[];
  newest: {
    href: string;
    name: string;
    identifier: string;
    version: string;
    day: string;
    size: string;
  }[];
  waysIn: {
    title: string;
    href: string;
    total: number;
    values: { label: string; note?: string; href: string; count: number; share: number }[];
  }[];
}

const WAYS_IN: readonly FacetKind[] = ['species', 'approach', 'technique', 'standard'];
const VALUES_SHOWN = 8;
const VERSIONS_SHOWN = 8;

function newestVersions(catalog: Catalog): HomeView['newest'] {
  const versions: VersionEntry[] = catalog.dandisets.flatMap(({ published }) =>
    published.filter((entry) => entry.status === 'published'),
  );
  versions.sort((a, b) =>
    a.version < b.version ? 1 : a.version > b.version ? -1 : a.number < b.number ? -1 : 1,
  );
  return versions.slice(0, VERSIONS_SHOWN).map(({ number, version, summary }) => ({
    href: address(catalog.base, `dandiset/${number}/${version}/`),
    name: summary.name,
    identifier: `${catalog.archive.identifierPrefix}:${number}`,
    version,
    day: summary.day ?? '',
    size: [
      summary.files === undefined ? '' : countOf(summary.files, 'file'),
      summary.bytes === undefined ? '' : formatBytes(summary.bytes),
    ]
      .filter((part) => part !== '')
      .join(', '),
  }));
}

function waysIn(catalog: Catalog): HomeView['waysIn'] {
  return WAYS_IN.flatMap((kind) => {
    const pages = facetPages(catalog, kind);
    const most = pages[0]?.dandisets.length ?? 0;
    if (most === 0) return [];
    const values = pages.slice(0, VALUES_SHOWN).map((page) => ({
      label: page.label,
      ...(kind === 'species' && page.note !== undefined ? { note: page.note } : {}),
      href: facetAddress(catalog, kind, page.slug),
      count: page.dandisets.length,
      share: Math.max(2, Math.round((page.dandisets.length / most) * 100)),
    }));
    return [
      {
        title: FACET_TITLES[kind].plural,
        href: address(catalog.base, `${kind}/`),
        total: pages.length,
        values,
      },
    ];
  });
}

/**
 * Counts over the whole archive. Each Dandiset counts once, by the version its page shows, and
 * withdrawn versions count nowhere.
 */
export function archiveNumbers(catalog: Catalog): {
  dandisets: number;
  published: number;
  versions: number;
  files: number;
  bytes: number;
} {
  const shown = catalog.dandisets.filter((dandiset) => dandiset.shown.status !== 'withdrawn');
  const sum = (of: (entry: VersionEntry) => number | undefined): number =>
    shown.reduce((total, dandiset) => total + (of(dandiset.shown) ?? 0), 0);
  return {
    dandisets: shown.length,
    published: shown.filter((dandiset) => dandiset.newest !== undefined).length,
    versions: catalog.dandisets
      .flatMap(({ published }) => published)
      .filter((entry) => entry.status === 'published').length,
    files: sum((entry) => entry.summary.files),
    bytes: sum((entry) => entry.summary.bytes),
  };
}

/** Everything the home page shows. */
export function homeView(catalog: Catalog): HomeView {
  const numbers = archiveNumbers(catalog);
  return {
    numbers: [
      { label: 'Dandisets', text: formatCount(numbers.dandisets) },
      { label: 'published versions', text: formatCount(numbers.versions) },
      { label: 'files', text: formatCount(numbers.files) },
      { label: 'of data', text: formatBytes(numbers.bytes) },
      { label: 'species', text: formatCount(facetPages(catalog, 'species').length) },
    ],
    newest: newestVersions(catalog),
    waysIn: waysIn(catalog),
  };
}
