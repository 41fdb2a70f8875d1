// What a version is related to, in DataCite's terms: identifiers where there are some, and items with a title
// alone where there are none. Nothing that a record names is left out.

import type { KnownIdentifier } from '../identifiers/known-identifier.ts';
import { identifierOrName, type NamedThing } from '../metadata/named-things.ts';
import type { RelatedResource } from '../metadata/related-resources.ts';
import { linkTarget } from '../metadata/link-target.ts';
import { distinct, given, type ExportInput, type OtherVersion } from './export-input.ts';
import { RELATION_TYPES, DATACITE_RESOURCE_TYPES } from './datacite-lists.ts';

interface Relation {
  relationType: string;
  relationTypeInformation?: string;
}

function relationOf(relation: string): Relation {
  if (RELATION_TYPES.includes(relation)) return { relationType: relation };
  return { relationType: 'Other', ...given('relationTypeInformation', relation) };
}

function resourceType(type: string | undefined): string | undefined {
  return type !== undefined && DATACITE_RESOURCE_TYPES.includes(type) ? type : undefined;
}

function entry(
  { value, type }: Pick<KnownIdentifier, 'value' | 'type'>,
  relation: Relation,
  resource?: string,
): object {
  return {
    relatedIdentifier: value,
    relatedIdentifierType: type,
    ...relation,
    ...given('resourceTypeGeneral', resource),
  };
}

function item(titles: string[], relation: Relation, type: string, url?: string): object {
  const [title = '', ...others] = [...new Set(titles)];
  return {
    relatedItemType: type,
    ...relation,
    ...(url === undefined
      ? {}
      : {
          relatedItemIdentifier: { relatedItemIdentifier: url, relatedItemIdentifierType: 'URL' },
        }),
    titles: [
      { title },
      ...others.map((other) => ({ title: other, titleType: 'AlternativeTitle' })),
    ],
  };
}

function itemOf(thing: RelatedResource): object {
  const titles = [thing.name, thing.identifier].filter((text) => text !== undefined);
  return item(titles, relationOf(thing.relation), resourceType(thing.resourceType) ?? 'Other');
}

function toVersion(other: OtherVersion | undefined, relationType: string): object[] {
  if (other === undefined) return [];
  const { doi, url } = other;
  const identifier: Pick<KnownIdentifier, 'value' | 'type'> =
    doi === undefined ? { type: 'URL', value: url } : { type: 'DOI', value: doi };
  return [entry(identifier, { relationType }, 'Dataset')];
}

const DOCUMENTED: Relation = { relationType: 'IsDocumentedBy' };

function projectItem({ name, identifier, href }: NamedThing): object {
  const isAddress = linkTarget(identifier).href !== undefined;
  const titles = identifier === undefined || isAddress ? [name] : [name, identifier];
  return item(titles, { relationType: 'IsPartOf' }, 'Project', href);
}

/** The entry of a link, by the kind of identifier that it is the address of. */
function at(href: string | undefined, relation: Relation, resource: string): object[] {
  const { identity } = linkTarget(href);
  return identity === undefined ? [] : [entry(identity, relation, resource)];
}

const IDENTICAL: Relation = { relationType: 'IsIdenticalTo' };

/** Everything with an identifier or an address. */
export function dataciteRelatedIdentifiers(input: ExportInput): object[] {
  const { facts, predecessor, successor, dandiset, versions = [], manifest } = input;
  const entries = facts.related.flatMap((thing) => {
    if (thing.identity === undefined) return [];
    return [entry(thing.identity, relationOf(thing.relation), resourceType(thing.resourceType))];
  });
  const protocols = facts.protocols.flatMap(({ href }) => at(href, DOCUMENTED, 'Text'));
  return distinct([
    ...entries,
    ...facts.alsoAt.flatMap(({ href }) => at(href, IDENTICAL, 'Dataset')),
    ...protocols,
    ...toVersion(predecessor, 'IsNewVersionOf'),
    ...toVersion(successor, 'IsPreviousVersionOf'),
    ...toVersion(dandiset, 'IsVersionOf'),
    ...versions.flatMap((one) => toVersion(one, 'HasVersion')),
    ...(manifest === undefined
      ? []
      : [entry({ type: 'URL', value: manifest }, { relationType: 'HasMetadata' })]),
  ]);
}

/** Everything that has a title alone, and the projects. */
export function dataciteRelatedItems({ facts }: ExportInput): object[] {
  return distinct([
    ...facts.related.filter(({ identity }) => identity === undefined).map(itemOf),
    ...facts.alsoAt
      .filter(({ href }) => href === undefined)
      .map(({ name }) => item([name], IDENTICAL, 'Dataset')),
    ...facts.protocols
      .filter(({ href }) => href === undefined)
      .map((thing) => item([identifierOrName(thing)], DOCUMENTED, 'Text')),
    ...facts.projects.map(projectItem),
  ]);
}
