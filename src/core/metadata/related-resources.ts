// What a record is related to: articles, programs, other data. Reads any shape and drops nothing that has
// content.

import { listMember, textMember, type JsonObject, type JsonValue } from '../json/json-text.ts';
import { linkableUrl, shownLine } from '../text/shown-text.ts';
import { bareCode, codeWords } from './code-words.ts';
import { linkTarget, type LinkTarget } from './link-target.ts';
import { linksOf, type Named } from './named-things.ts';

/** What a record says of a related thing, in the form it has there. */
export interface RelatedResource extends LinkTarget {
  /** DANDI's relation without its scheme: `IsDescribedBy`; empty if the record says nothing. */
  relation: string;
  name?: string;
  /** The identifier as the record writes it, of whichever kind; its address if that is all. */
  asWritten?: string;
  /** An identifier that is neither DOI nor address. */
  identifier?: string;
  /** Without its scheme: `JournalArticle`. */
  resourceType?: string;
  repository?: string;
}

function readResource(item: JsonValue): RelatedResource | undefined {
  const name = shownLine(typeof item === 'string' ? item : (textMember(item, 'name') ?? ''));
  const written = textMember(item, 'identifier');
  const address = textMember(item, 'url');
  const identifier = shownLine(written ?? '');
  const shown = identifier === '' ? shownLine(address ?? '') : identifier;
  if (name === '' && shown === '') return undefined;
  const target = linkTarget(written, address);
  const resource: RelatedResource = { relation: bareCode(textMember(item, 'relation')), ...target };
  if (name !== '') resource.name = name;
  if (identifier !== '' || name === '') resource.asWritten = shown;
  if (identifier !== '' && target.doi === undefined && linkableUrl(written) === undefined) {
    resource.identifier = identifier;
  }
  const type = bareCode(textMember(item, 'resourceType'));
  if (type !== '') resource.resourceType = type;
  const repository = shownLine(textMember(item, 'repository') ?? '', 200);
  if (repository !== '') resource.repository = repository;
  return resource;
}

/** Every related resource that has content, in the record's order. */
export function relatedResources(record: JsonObject): RelatedResource[] {
  return listMember(record, 'relatedResource').flatMap((item) => readResource(item) ?? []);
}

/** A related resource as pages show it. */
export interface RelatedLink extends Named {
  /** `is described by`; empty if the record says nothing. */
  relation: string;
  /** Identifier as written, if it adds to the name. */
  identifier?: string;
  repository?: string;
}

/** A related resource in words, with its link. */
export function relatedLink(resource: RelatedResource): RelatedLink {
  const { name, asWritten = '', resourceType, repository, relation } = resource;
  const link: RelatedLink = {
    name: name ?? asWritten,
    ...linksOf(resource),
    relation: codeWords(relation),
  };
  if (resourceType !== undefined) link.note = codeWords(resourceType);
  if (name !== undefined && asWritten !== '' && asWritten !== name) link.identifier = asWritten;
  if (repository !== undefined) link.repository = repository;
  return link;
}
