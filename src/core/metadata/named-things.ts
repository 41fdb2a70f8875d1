// Things that a record names: subject matter, protocols, ethics approvals, projects. Reads any shape and
// drops nothing that has content.

import type { DandiAddress } from '../identifiers/dandi-address.ts';
import {
  listMember,
  member,
  textMember,
  type JsonObject,
  type JsonValue,
} from '../json/json-text.ts';
import { shownLine } from '../text/shown-text.ts';
import { linkTarget, MAX_IDENTIFIER_LENGTH, type LinkTarget } from './link-target.ts';

/** A thing with a name and perhaps an address. */
export interface Named {
  name: string;
  href?: string;
  /** Another address that the record gives for it. */
  besides?: string;
  /** The Dandiset or version that it is, at whichever archive; an archive that has it links to its own page. */
  dandiset?: DandiAddress;
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
  if (identifier !== '') thing.identifier = identifier;
  return { ...thing, ...linksOf(linkTarget(written, url)) };
}

/** The part of a link's target that is shown with the name of a thing. */
export function linksOf({
  href,
  besides,
  dandiset,
}: LinkTarget): Pick<Named, 'href' | 'besides' | 'dandiset'> {
  return {
    ...(href === undefined ? {} : { href }),
    ...(besides === undefined ? {} : { besides }),
    ...(dandiset === undefined ? {} : { dandiset }),
  };
}

function namedThing(item: JsonValue, note = ''): NamedThing[] {
  let thing: NamedThing | undefined;
  if (typeof item === 'string') {
    const name = shownLine(item, LONGEST_NAME);
    if (name !== '') thing = { name, ...linksOf(linkTarget(item)) };
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
