// Related resources in the terms of schema.org, where it has one with the same meaning.

import type { RelatedResource } from '../metadata/related-resources.ts';
import type { CitableRecord } from '../metadata/citable-record.ts';
import type { NamedThing } from '../metadata/named-things.ts';
import { distinct, given } from './export-input.ts';

const DESCRIBING = new Set([
  ...['IsDescribedBy', 'IsSupplementTo', 'IsPublishedIn', 'IsDocumentedBy', 'IsCitedBy'],
  ...['IsReferencedBy', 'IsReviewedBy'],
]);
const TERMS: ReadonlyMap<string, string> = new Map([
  ['Cites', 'citation'],
  ['References', 'citation'],
  ['IsDerivedFrom', 'isBasedOn'],
  ['Requires', 'isBasedOn'],
  ['IsPartOf', 'isPartOf'],
  ['HasPart', 'hasPart'],
  ['IsIdenticalTo', 'sameAs'],
  ['IsNewVersionOf', 'prov:wasRevisionOf'],
  ['IsVersionOf', 'prov:wasRevisionOf'],
  ['Obsoletes', 'prov:wasRevisionOf'],
]);
const ARTICLES = new Set(['JournalArticle', 'Preprint', 'ConferencePaper', 'DataPaper']);
const PROGRAMS = new Set(['Software', 'ComputationalNotebook']);

/** Whether a thing is, or probably is, an article: many records give a DOI and no type. */
function isArticle({ resourceType, doi }: RelatedResource): boolean {
  return resourceType === undefined ? doi !== undefined : ARTICLES.has(resourceType);
}

function termOf(thing: RelatedResource): string | undefined {
  if (DESCRIBING.has(thing.relation)) return isArticle(thing) ? 'citation' : 'subjectOf';
  return TERMS.get(thing.relation);
}

function typeOf(thing: RelatedResource): string {
  if (PROGRAMS.has(thing.resourceType ?? '')) return 'SoftwareSourceCode';
  return isArticle(thing) ? 'ScholarlyArticle' : 'CreativeWork';
}

function work(thing: RelatedResource): object {
  const { href } = thing;
  return {
    '@type': typeOf(thing),
    ...given('@id', href),
    name: thing.name ?? thing.identifier ?? href ?? '',
    ...given('url', thing.besides ?? href),
    ...given('identifier', thing.identifier),
  };
}

function protocol({ name, identifier, href, besides }: NamedThing): object {
  return {
    '@type': 'CreativeWork',
    additionalType: 'LabProtocol',
    ...given('@id', href),
    name,
    ...given('url', besides ?? href),
    ...given('identifier', identifier === name || identifier === href ? undefined : identifier),
  };
}

/** Values by the term of schema.org or PROV that they belong to. */
export function relatedTerms({
  related,
  alsoAt,
  protocols,
}: CitableRecord): Map<string, unknown[]> {
  const byTerm = new Map<string, unknown[]>();
  const add = (term: string, value: unknown): void => {
    byTerm.set(term, distinct([...(byTerm.get(term) ?? []), value]));
  };
  for (const thing of related) {
    const term = termOf(thing);
    const { href: url } = thing;
    if (term === 'sameAs') {
      if (url !== undefined) add(term, url);
    } else if (term === 'prov:wasRevisionOf') {
      if (url !== undefined) add(term, { '@id': url });
    } else if (term !== undefined) add(term, work(thing));
  }
  for (const { href } of alsoAt) if (href !== undefined) add('sameAs', href);
  for (const one of protocols) add('subjectOf', protocol(one));
  return byTerm;
}
