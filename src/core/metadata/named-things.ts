// Things that a record names: subject matter, protocols, ethics approvals, projects. Reads any shape and
// drops nothing that has content.

import {
  listMember,
  member,
  textMember,
  type JsonObject,
  type JsonValue,
} from '../json/json-text.ts';
import { linkableUrl, shownLine } from '../text/shown-text.ts';
import { linkTarget, MAX_IDENTIFIER_LENGTH } from './link-target.ts';

/** A thing with a name and perhaps an address. */
export interface Named {
  name: string;
  href?: string;
  /** What kind of thing it is, or what it is about, in words. */
  note?: string;
}

/** A thing as a record names it. */
export interface NamedThing extends Named {
  /** As the record writes it, fit to be shown. */
  identifier?: string;
}

const LONGEST_NAME = 1000;

function identified(item: JsonValue): NamedThing | undefined {
  const written = textMember(item, 'identifier');
  const identifier = shownLine(written ?? '', MAX_IDENTIFIER_LENGTH);
  const url = textMember(item, 'url');
  const names = [textMember(item, 'name'), identifier, url];
  const name = names.map((text) => shownLine(text ?? '', LONGEST_NAME)).find((text) => text !== '');
  if (name === undefined) return undefined;
  const thing: NamedThing = { name };
  const { href } = linkTarget(written, url);
  if (href !== undefined) thing.href = href;
  if (identifier !== '') thing.identifier = identifier;
  return thing;
}

function namedThing(item: JsonValue, note = ''): NamedThing[] {
  let thing: NamedThing | undefined;
  if (typeof item === 'string') {
    const name = shownLine(item, LONGEST_NAME);
    const href = linkableUrl(item);
    if (name !== '') thing = href === undefined ? { name } : { name, href };
  } else thing = identified(item);
  if (thing === undefined) return [];
  return [note === '' ? thing : { ...thing, note }];
}

const ABOUT_NOTES: ReadonlyMap<string, string> = new Map([
  ['Anatomy', 'anatomy'],
  ['Disorder', 'disorder'],
]);

/** Subject matter: anatomy, disorders, anything else. */
export function subjectMatter(record: JsonObject): NamedThing[] {
  return listMember(record, 'about').flatMap((item) =>
    namedThing(item, ABOUT_NOTES.get(textMember(item, 'schemaKey') ?? '')),
  );
}

/** Protocols: addresses, or prose in older records. */
export function protocols(record: JsonObject): NamedThing[] {
  return listMember(record, 'protocol').flatMap((item) => namedThing(item));
}

/** Ethics approvals: the approval's identifier, with the body that gave it as note. */
export function ethicsApprovals(record: JsonObject): NamedThing[] {
  return listMember(record, 'ethicsApproval').flatMap((item) =>
    namedThing(item, shownLine(textMember(member(item, 'contactPoint'), 'url') ?? '', 200)),
  );
}

/** Projects that a Dandiset is a product of, with their description as note. */
export function projects(record: JsonObject): NamedThing[] {
  return listMember(record, 'wasGeneratedBy').flatMap((item) =>
    namedThing(item, shownLine(textMember(item, 'description') ?? '', 1000)),
  );
}

/** The name of a thing for programs that have room for one text: its identifier, else its name. */
export function identifierOrName({ identifier, name }: NamedThing): string {
  return identifier ?? name;
}
