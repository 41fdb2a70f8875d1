// The kinds of identifier that lead somewhere: DOIs, articles, preprints, tools, terms, source code, Dandisets.
// Pages, exports and the editor read them here, so that what is a link in one is a link in all.

import { parseDandiAddress, type DandiAddress } from './dandi-address.ts';
import { pageAtDandiSite } from './dandi-sites.ts';
import { doiAddress, parseDoi } from './doi.ts';

/** Kinds of identifier, by their names in DataCite 4.7. */
export type IdentifierType = 'DOI' | 'PMID' | 'arXiv' | 'RRID' | 'SWHID' | 'URL';

export interface KnownIdentifier {
  type: IdentifierType;
  /** Without the name of its kind: `12345678`. */
  value: string;
  /** The address it links to. */
  url: string;
}

// Longer texts are none of these.
const MAX_LENGTH = 2000;

const PREPRINT =
  /^https?:\/\/(?:www\.)?(?:bio|med)rxiv\.org\/(?:cgi\/)?content\/(?:early\/\d{4}\/\d{2}\/\d{2}\/)?(10\.\d{4,9}\/[\d.]*\d)(?:v\d+)?(?:[./?#].*)?$/i;

const PREFIXED: readonly [
  RegExp,
  IdentifierType,
  (value: string) => [value: string, url: string],
][] = [
  [
    /^(?:PMID|PubMed)[:\s]\s*(\d{1,9})$/i,
    'PMID',
    (value) => [value, `https://pubmed.ncbi.nlm.nih.gov/${value}/`],
  ],
  [
    /^(?:PMCID[:\s]\s*)?PMC[:\s]?(\d{1,9})$/i,
    'URL',
    (value) => atAddress(`https://www.ncbi.nlm.nih.gov/pmc/articles/PMC${value}/`),
  ],
  [
    /^arXiv[:\s]\s*(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?\/\d{7}(?:v\d+)?)$/i,
    'arXiv',
    (value) => [value, `https://arxiv.org/abs/${value}`],
  ],
  [
    /^(?:RRID[:\s]\s*([A-Za-z]+[_:][\w:.-]*\w)|(SCR_\d{6}))$/i,
    'RRID',
    (value) => [`RRID:${value}`, `https://scicrunch.org/resolver/RRID:${value}`],
  ],
  [
    /^(swh:1:(?:cnt|dir|rev|rel|snp):[0-9a-f]{40}(?:;[^\s<>"'\\^`{|}]*)?)$/,
    'SWHID',
    (value) => [value, `https://archive.softwareheritage.org/${value}`],
  ],
  // Terms of the OBO ontologies that records name by CURIE: `UBERON:0001384`.
  [
    /^((?:UBERON|DOID|CL|HP|MONDO|NCBITaxon):\d{1,9})$/,
    'URL',
    (value) => atAddress(`http://purl.obolibrary.org/obo/${value.replace(':', '_')}`),
  ],
];

function atAddress(url: string): [value: string, url: string] {
  return [url, url];
}

/**
 * The Dandiset or version that `DANDI:000101` or `LAB-DANDI:000101/draft` names, at whichever archive. Other
 * lists have numbers of this form too: only an archive with that prefix knows.
 */
export function namedDandiset(text: string): DandiAddress | undefined {
  const [given = '', prefix] =
    /^([A-Za-z][A-Za-z-]{0,40}):\d{1,6}(?:[/@][\w.]{1,20})?$/.exec(text.trim()) ?? [];
  return prefix === undefined ? undefined : parseDandiAddress(given, { prefix });
}

/** The address of a Dandiset at an archive that is known everywhere. */
function addressOf(dandiset: DandiAddress): string | undefined {
  const { prefix, number, version } = dandiset;
  // Drafts have no identifier there.
  const isRegistered = prefix === 'DANDI' && version !== 'draft' && version !== 'latest';
  return isRegistered
    ? `https://identifiers.org/dandi:${number}${version === undefined ? '' : `/${version}`}`
    : pageAtDandiSite(dandiset);
}

/** The identifier that a text is, by whichever list; undefined for other addresses and for prose. */
export function knownIdentifier(text: string): KnownIdentifier | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const given = text.trim();
  const doi = parseDoi(PREPRINT.exec(given)?.[1] ?? given);
  if (doi !== undefined) return { type: 'DOI', value: doi, url: doiAddress(doi) };
  for (const [pattern, type, addressed] of PREFIXED) {
    const [, first, second] = pattern.exec(given) ?? [];
    const found = first ?? second;
    if (found === undefined) continue;
    const [value, url] = addressed(found);
    return { type, value, url };
  }
  const dandiset = namedDandiset(given);
  const url = dandiset === undefined ? undefined : addressOf(dandiset);
  return url === undefined ? undefined : { type: 'URL', value: url, url };
}
