// Related resources by the identifiers that other programs recognise.

import { doiAddress, parseDoi } from '../identifiers/doi.ts';
import type { RelatedResource } from '../metadata/related-resources.ts';

/** Kinds of identifier, by their names in DataCite 4.7. */
export type IdentifierType = 'DOI' | 'PMID' | 'arXiv' | 'RRID' | 'SWHID' | 'URL';

export interface RelatedIdentifier {
  type: IdentifierType;
  /** Without the name of its kind: `12345678`. */
  value: string;
  /** The address it links to. */
  url: string;
}

const PREPRINT =
  /^https?:\/\/(?:www\.)?(?:bio|med)rxiv\.org\/(?:cgi\/)?content\/(?:early\/\d{4}\/\d{2}\/\d{2}\/)?(10\.\d{4,9}\/[\d.]*\d)(?:v\d+)?(?:[./?#].*)?$/i;

const PREFIXED: readonly [RegExp, IdentifierType, (value: string) => string][] = [
  [/^PMID:\s*(\d{1,9})$/i, 'PMID', (value) => `https://pubmed.ncbi.nlm.nih.gov/${value}/`],
  [
    /^arXiv:\s*(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})$/i,
    'arXiv',
    (value) => `https://arxiv.org/abs/${value}`,
  ],
  [/^(RRID:\s?[A-Za-z]+_?[\w:-]+)$/, 'RRID', (value) => `https://scicrunch.org/resolver/${value}`],
  [
    /^(swh:1:(?:cnt|dir|rev|rel|snp):[0-9a-f]{40}(?:;[^\s<>"]*)?)$/,
    'SWHID',
    (value) => `https://archive.softwareheritage.org/${value}`,
  ],
];

const PMC = /^(?:PMCID:\s*)?(PMC\d{1,9})$/i;
const DANDISET = /^DANDI:(\d{6}(?:\/\d+\.\d+\.\d+)?)$/i;

function atUrl(url: string): RelatedIdentifier {
  return { type: 'URL', value: url, url };
}

/** The DOI in the address of a preprint's page. */
function preprintDoi(url: string | undefined): string | undefined {
  return parseDoi(PREPRINT.exec(url ?? '')?.[1] ?? '');
}

/** The identifier of a related thing; undefined if the record gives prose alone. */
export function relatedIdentifier(thing: RelatedResource): RelatedIdentifier | undefined {
  const doi = thing.doi ?? preprintDoi(thing.url);
  if (doi !== undefined) return { type: 'DOI', value: doi, url: doiAddress(doi) };
  const identifier = thing.identifier ?? '';
  for (const [pattern, type, urlOf] of PREFIXED) {
    const value = pattern.exec(identifier)?.[1];
    if (value !== undefined) return { type, value, url: urlOf(value) };
  }
  const article = PMC.exec(identifier)?.[1];
  if (article !== undefined) {
    return atUrl(`https://www.ncbi.nlm.nih.gov/pmc/articles/${article.toUpperCase()}/`);
  }
  const dandiset = DANDISET.exec(identifier)?.[1];
  if (dandiset !== undefined) return atUrl(`https://identifiers.org/dandi:${dandiset}`);
  return thing.url === undefined ? undefined : atUrl(thing.url);
}
