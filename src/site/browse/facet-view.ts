// Links from a version to the pages of its facets, and those pages themselves.

import { FACET_KINDS, FACET_TITLES, type FacetKind, type FacetValue } from '../catalog/facets.ts';
import { address } from '../catalog/addresses.ts';
import type { Catalog, DandisetEntry } from '../catalog/catalog.ts';

export interface FacetLink {
  label: string;
  href?: string;
  note?: string;
}

export type ShownFacets = Record<
  'species' | 'approach' | 'technique' | 'standard' | 'licence',
  FacetLink[]
>;

/** The address of a facet value's page. */
export function facetAddress(
  catalog: Pick<Catalog, 'base'>,
  kind: FacetKind,
  slug: string,
): string {
  return address(catalog.base, `${kind}/${encodeURIComponent(slug)}/`);
}

/**
 * The address of a facet value's page if it exists: values of older versions and of drafts next to a
 * published version have none, because each Dandiset is found by what its own page shows.
 */
export function facetPageAddress(
  catalog: Catalog,
  kind: FacetKind,
  slug: string | undefined,
): string | undefined {
  if (slug === undefined || !collected(catalog, kind).has(slug)) return undefined;
  return facetAddress(catalog, kind, slug);
}

/** The subject facets of a version as links to their pages. */
export function facetLinks(catalog: Catalog, values: readonly FacetValue[]): ShownFacets {
  const links: ShownFacets = {
    species: [],
    approach: [],
    technique: [],
    standard: [],
    licence: [],
  };
  for (const value of values) {
    if (value.kind === 'person' || value.kind === 'funder') continue;
    const link: FacetLink = { label: value.label };
    const href = facetPageAddress(catalog, value.kind, value.slug);
    if (href !== undefined) link.href = href;
    if (value.note !== undefined) link.note = value.note;
    links[value.kind].push(link);
  }
  return links;
}

/** One value with all Dandisets that have it. */
export interface FacetPage {
  kind: FacetKind;
  slug: string;
  label: string;
  note?: string;
  href?: string;
  dandisets: DandisetEntry[];
}

type PagesBySlug = ReadonlyMap<string, FacetPage>;

const pagesOf = new WeakMap<Catalog, ReadonlyMap<FacetKind, PagesBySlug>>();

function collect(catalog: Catalog): ReadonlyMap<FacetKind, PagesBySlug> {
  const bySlug = new Map<
    FacetKind,
    Map<string, { value: FacetValue; labels: Map<string, number>; dandisets: DandisetEntry[] }>
  >();
  for (const kind of FACET_KINDS) bySlug.set(kind, new Map());
  for (const dandiset of catalog.dandisets) {
    for (const value of dandiset.shown.summary.facets) {
      const pages = bySlug.get(value.kind);
      if (value.slug === undefined || pages === undefined) continue;
      const page = pages.get(value.slug) ?? {
        value,
        labels: new Map<string, number>(),
        dandisets: [],
      };
      page.labels.set(value.label, (page.labels.get(value.label) ?? 0) + 1);
      page.dandisets.push(dandiset);
      pages.set(value.slug, page);
    }
  }
  const result = new Map<FacetKind, PagesBySlug>();
  for (const [kind, pages] of bySlug) {
    const list = [...pages.entries()].map(([slug, { value, labels, dandisets }]) => {
      // One person or funder is spelled in several ways: the most frequent spelling names the page.
      const [label = value.label] =
        [...labels.entries()].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0] ?? [];
      const page: FacetPage = { kind, slug, label, dandisets };
      if (value.note !== undefined) page.note = value.note;
      if (value.href !== undefined) page.href = value.href;
      return page;
    });
    list.sort((a, b) => b.dandisets.length - a.dandisets.length || (a.label < b.label ? -1 : 1));
    result.set(kind, new Map(list.map((page) => [page.slug, page])));
  }
  return result;
}

function collected(catalog: Catalog, kind: FacetKind): PagesBySlug {
  let pages = pagesOf.get(catalog);
  if (pages === undefined) {
    pages = collect(catalog);
    pagesOf.set(catalog, pages);
  }
  return pages.get(kind) ?? new Map();
}

/** Every value of a kind that has a page, the most frequent first. */
export function facetPages(catalog: Catalog, kind: FacetKind): FacetPage[] {
  return [...collected(catalog, kind).values()];
}

/** The kinds that have any page, for menus. */
export function facetKindsInUse(
  catalog: Catalog,
): { kind: FacetKind; title: string; href: string; count: number }[] {
  return FACET_KINDS.map((kind) => ({
    kind,
    title: FACET_TITLES[kind].plural,
    href: address(catalog.base, `${kind}/`),
    count: facetPages(catalog, kind).length,
  })).filter(({ count }) => count > 0);
}
