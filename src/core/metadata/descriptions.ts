// The other parts of a Dandiset's record as pages need them: licences, related resources, subject
// matter, protocols, ethics, projects. Reads any shape, drops nothing that says something.

import {
  listMember,
  member,
  textMember,
  type JsonObject,
  type JsonValue,
} from '../json/json-text.ts';
import { doiAddress, parseDoi } from '../identifiers/doi.ts';
import { isSpdxLicence } from '../identifiers/spdx-licence.ts';
import { linkableUrl, shownLine } from '../text/shown-text.ts';

/** A thing with a name and perhaps an address. */
export interface Named {
  name: string;
  href?: string;
  /** What kind of thing it is, or what it is about, in words. */
  note?: string;
}

export interface Licence {
  /** SPDX identifier, or the record's text where it is none. */
  id: string;
  name: string;
  href?: string;
}

const LICENCE_NAMES: ReadonlyMap<string, [name: string, href: string]> = new Map([
  ['CC0-1.0', ['CC0 1.0 (public domain)', 'https://creativecommons.org/publicdomain/zero/1.0/']],
  ['CC-BY-4.0', ['CC BY 4.0', 'https://creativecommons.org/licenses/by/4.0/']],
  ['CC-BY-NC-4.0', ['CC BY-NC 4.0', 'https://creativecommons.org/licenses/by-nc/4.0/']],
]);

function named(name: string, href: string | undefined, note?: string): Named {
  const result: Named = { name };
  if (href !== undefined) result.href = href;
  if (note !== undefined && note !== '') result.note = note;
  return result;
}

/** The licences of a record; an SPDX identifier is told from free text. */
export function licences(record: JsonObject): Licence[] {
  const found: Licence[] = [];
  for (const item of listMember(record, 'license')) {
    if (typeof item !== 'string' || item.trim() === '') continue;
    const id = shownLine(item.replace(/^spdx:/, ''), 100);
    const known = LICENCE_NAMES.get(id);
    if (known !== undefined) found.push({ id, name: known[0], href: known[1] });
    else if (item.startsWith('spdx:') && isSpdxLicence(id)) {
      found.push({ id, name: id, href: `https://spdx.org/licenses/${id}.html` });
    } else found.push({ id, name: id });
  }
  return found;
}

// Terms of the OBO ontologies that records name by CURIE: `UBERON:0001384`.
const OBO_TERM = /^(UBERON|DOID|CL|HP|MONDO|NCBITaxon):(\d{1,9})$/;

/** The address behind an identifier or url of a resource: a DOI in any form, or a plain address. */
export function targetAddress(
  identifier: string | undefined,
  url: string | undefined,
): string | undefined {
  const doi = parseDoi(identifier ?? '') ?? parseDoi(url ?? '');
  if (doi !== undefined) return linkableUrl(doiAddress(doi));
  const term = OBO_TERM.exec(identifier ?? '');
  if (term !== null) return `http://purl.obolibrary.org/obo/${term[1]}_${term[2]}`;
  return linkableUrl(url) ?? linkableUrl(identifier);
}

export interface RelatedResource extends Named {
  /** `is described by`; empty where the record says nothing. */
  relation: string;
  /** Identifier as written, where it adds to the name. */
  identifier?: string;
  repository?: string;
}

function words(code: string): string {
  return shownLine(code.replace(/^dcite:/, ''), 80)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}

/** Every related resource that says anything, in the record's order. */
export function relatedResources(record: JsonObject): RelatedResource[] {
  const found: RelatedResource[] = [];
  for (const item of listMember(record, 'relatedResource')) {
    const identifier = textMember(item, 'identifier');
    const url = textMember(item, 'url');
    const name = shownLine(typeof item === 'string' ? item : (textMember(item, 'name') ?? ''));
    const shown = shownLine(identifier ?? url ?? '');
    if (name === '' && shown === '') continue;
    const type = textMember(item, 'resourceType');
    const resource: RelatedResource = {
      ...named(
        name === '' ? shown : name,
        targetAddress(identifier, url),
        type === undefined ? undefined : words(type),
      ),
      relation: words(textMember(item, 'relation') ?? ''),
    };
    if (name !== '' && identifier !== undefined && shown !== name) resource.identifier = shown;
    const repository = shownLine(textMember(item, 'repository') ?? '', 200);
    if (repository !== '') resource.repository = repository;
    found.push(resource);
  }
  return found;
}

function namedItem(item: JsonValue, note?: string): Named | undefined {
  if (typeof item === 'string') {
    const name = shownLine(item);
    return name === '' ? undefined : named(name, linkableUrl(item), note);
  }
  const identifier = textMember(item, 'identifier');
  const name = shownLine(textMember(item, 'name') ?? identifier ?? textMember(item, 'url') ?? '');
  if (name === '') return undefined;
  return named(name, targetAddress(identifier, textMember(item, 'url')), note);
}

function isGiven<T>(value: T | undefined): value is T {
  return value !== undefined;
}

const ABOUT_NOTES: ReadonlyMap<string, string> = new Map([
  ['Anatomy', 'anatomy'],
  ['Disorder', 'disorder'],
]);

/** Subject matter: anatomy, disorders, anything else. */
export function subjectMatter(record: JsonObject): Named[] {
  return listMember(record, 'about')
    .map((item) => namedItem(item, ABOUT_NOTES.get(textMember(item, 'schemaKey') ?? '')))
    .filter(isGiven);
}

/** Protocols: addresses, or prose in older records. */
export function protocols(record: JsonObject): Named[] {
  return listMember(record, 'protocol')
    .map((item) => namedItem(item))
    .filter(isGiven);
}

/** Ethics approvals: the approval's identifier, with the body that gave it as note. */
export function ethicsApprovals(record: JsonObject): Named[] {
  return listMember(record, 'ethicsApproval')
    .map((item) => {
      const contact = shownLine(textMember(member(item, 'contactPoint'), 'url') ?? '', 200);
      return namedItem(item, contact);
    })
    .filter(isGiven);
}

/** Projects a Dandiset came out of, with their description as note. */
export function projects(record: JsonObject): Named[] {
  return listMember(record, 'wasGeneratedBy')
    .map((item) => namedItem(item, shownLine(textMember(item, 'description') ?? '', 1000)))
    .filter(isGiven);
}

/** A list of plain texts under a key, empty ones left out, bounded in number and length. */
export function textList(record: JsonObject, key: string, most = 200, length = 200): string[] {
  return listMember(record, key)
    .slice(0, most * 2)
    .filter((item) => typeof item === 'string')
    .map((item) => shownLine(item, length))
    .filter((item) => item !== '')
    .slice(0, most);
}

/** Access statements in words; `open access` where the record says nothing else. */
export function accessStatements(record: JsonObject): string[] {
  return listMember(record, 'access').map((item) => {
    const status = words((textMember(item, 'status') ?? '').replace(/^dandi:/, ''));
    const until = textMember(item, 'embargoedUntil');
    const description = shownLine(textMember(item, 'description') ?? '', 300);
    const parts = [status === '' ? 'not stated' : status];
    if (until !== undefined) parts.push(`until ${shownLine(until, 40)}`);
    if (description !== '') parts.push(description);
    return parts.join(', ');
  });
}

/** Species, approaches, techniques and standards are lists of things with name and identifier. */
export function namedTerms(
  summary: JsonValue | undefined,
  key: string,
): { name: string; identifier?: string }[] {
  const found: { name: string; identifier?: string }[] = [];
  for (const item of listMember(summary, key)) {
    const name = shownLine(typeof item === 'string' ? item : (textMember(item, 'name') ?? ''), 200);
    const identifier = textMember(item, 'identifier');
    if (name === '' && identifier === undefined) continue;
    const shownName = name === '' ? shownLine(identifier ?? '', 200) : name;
    found.push(identifier === undefined ? { name: shownName } : { name: shownName, identifier });
  }
  return found;
}
