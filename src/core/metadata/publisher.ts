// Who a version is published by. Records named `DANDI:…` are DANDI's wherever they are shown, even in a copy
// of them that has another name.

export interface Publisher {
  name: string;
  /** The archive's Research Resource Identifier; DANDI's own is the only known one. */
  rrid?: string;
  /** Where its own pages are, ending in `/`; a Dandiset is `dandiset/<number>/` below. */
  site?: string;
}

const DANDI: Publisher = {
  name: 'DANDI Archive',
  rrid: 'RRID:SCR_017571',
  site: 'https://dandiarchive.org/',
};

/**
 * `https://identifiers.org/dandi:000004/0.220126.1852`, or that of the Dandiset without a version; undefined
 * for identifiers unknown there, as drafts are.
 */
export function identifiersOrgAddress({
  identifier,
  version,
}: {
  identifier: string;
  version?: string;
}): string | undefined {
  const number = /^DANDI:(\d{6})$/.exec(identifier)?.[1];
  if (number === undefined || version === 'draft') return undefined;
  return `https://identifiers.org/dandi:${number}${version === undefined ? '' : `/${version}`}`;
}

/** The archive that publishes a version, by the prefix of its identifier. */
export function publisherOf(facts: { identifier: string; archive: string }): Publisher {
  return facts.identifier.startsWith('DANDI:') ? DANDI : { name: facts.archive };
}
