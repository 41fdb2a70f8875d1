// Keywords and subject matter, with the addresses that identify them in vocabularies.

import type { NamedTerm } from '../metadata/terms.ts';
import type { CitableRecord } from '../metadata/citable-record.ts';
import { linkTarget } from '../metadata/link-target.ts';

export interface SubjectTerm {
  name: string;
  /** `http://purl.obolibrary.org/obo/NCBITaxon_10090`. */
  url?: string;
  scheme?: Scheme;
}

export interface Scheme {
  name: string;
  url: string;
}

const OBO = 'http://purl.obolibrary.org/obo/';
const OBO_ADDRESS = /^https?:\/\/purl\.obolibrary\.org\/obo\/([A-Za-z]{2,20})_\w+$/;

/** A term with its address, if it has one. */
export function toTerm({ name, identifier }: NamedTerm): SubjectTerm {
  const url = linkTarget(identifier).href;
  if (url === undefined) return { name };
  const scheme = OBO_ADDRESS.exec(url)?.[1];
  return scheme === undefined
    ? { name, url }
    : { name, url, scheme: { name: scheme, url: `${OBO}${scheme.toLowerCase()}.owl` } };
}

/** What a version is about: species, anatomy, disorders. */
export function aboutTerms({ species, subjects }: CitableRecord): SubjectTerm[] {
  return [...species, ...subjects].map(toTerm);
}

/** Terms and keywords, each name once; the one with an address wins. */
export function allSubjects(facts: CitableRecord): SubjectTerm[] {
  const byName = new Map<string, SubjectTerm>();
  const all = [
    ...aboutTerms(facts),
    ...[...facts.approaches, ...facts.techniques].map(toTerm),
    ...facts.keywords.map((name): SubjectTerm => ({ name })),
  ];
  for (const term of all) {
    const key = term.name.toLowerCase();
    const known = byName.get(key);
    if (known === undefined || (known.url === undefined && term.url !== undefined)) {
      byName.set(key, term);
    }
  }
  return [...byName.values()];
}
