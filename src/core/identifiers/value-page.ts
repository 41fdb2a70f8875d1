// Addresses of pages of one value, `/person/<orcid>/`. Apart from those of Dandisets, which a page loads for a text that may
// be one.

const VALUE_PAGE =
  /^(person|species|funder|licence|approach|technique|standard)\/([^/?#]+)\/?(?:[?#].*)?$/;

/** The operator that finds what a page of one value lists, for a pasted address of that page. */
export function queryOfPage(text: string, sites: readonly string[]): string | undefined {
  const site = sites.find((one) => text.trim().startsWith(one));
  const [, kind, slug] = VALUE_PAGE.exec(text.trim().slice(site?.length)) ?? [];
  if (site === undefined || kind === undefined || slug === undefined) return undefined;
  try {
    const id = decodeURIComponent(slug).replaceAll('"', '');
    return `${kind === 'person' ? 'contributor' : kind}:"=${id}"`;
  } catch {
    return undefined;
  }
}
