// Contributors as pages need them, read from any record, however odd. Nothing is ever dropped
// because of its shape: what cannot be understood is shown as text.

import { parseOrcid } from '../identifiers/orcid.ts';
import { parseRor } from '../identifiers/ror.ts';
import {
  listMember,
  member,
  textMember,
  type JsonObject,
  type JsonValue,
} from '../json/json-text.ts';
import { linkableUrl, shownLine } from '../text/shown-text.ts';
import { orcidsOfTwo } from './same-person.ts';

export interface Affiliation {
  name: string;
  /** `https://ror.org/…`. */
  ror?: string;
}

export interface Contributor {
  kind: 'person' | 'organization';
  name: string;
  /** Sixteen digits with hyphens; the check digit is not tested here. */
  orcid?: string;
  /** Instead of `orcid` where the record gives the same to somebody else: nobody knows whose it is. */
  sharedOrcid?: string;
  ror?: string;
  url?: string;
  /** Codes without their scheme, in the record's order: `ContactPerson`. */
  roles: string[];
  inCitation: boolean;
  awardNumber?: string;
  affiliations: Affiliation[];
}

function toAffiliation(value: JsonValue): Affiliation | undefined {
  const name = shownLine(typeof value === 'string' ? value : (textMember(value, 'name') ?? ''));
  if (name === '') return undefined;
  const ror = parseRor(textMember(value, 'identifier'));
  return ror === undefined ? { name } : { name, ror };
}

function toContributor(value: JsonValue): Contributor {
  const schemaKey = textMember(value, 'schemaKey');
  const kind = schemaKey === 'Organization' ? 'organization' : 'person';
  const identifier = textMember(value, 'identifier');
  const cited = member(value, 'includeInCitation');
  const contributor: Contributor = {
    kind,
    name: shownLine(typeof value === 'string' ? value : (textMember(value, 'name') ?? '')),
    roles: listMember(value, 'roleName')
      .filter((role) => typeof role === 'string')
      .map((role) => shownLine(role.replace(/^dcite:/, ''), 60)),
    // The schema's defaults: persons are cited unless the record says no, organisations only on yes.
    inCitation: typeof cited === 'boolean' ? cited : kind === 'person',
    affiliations: listMember(value, 'affiliation')
      .map(toAffiliation)
      .filter((affiliation) => affiliation !== undefined),
  };
  const orcid = parseOrcid(identifier);
  const ror = parseRor(identifier);
  const url = linkableUrl(textMember(value, 'url'));
  const award = textMember(value, 'awardNumber');
  if (orcid !== undefined) contributor.orcid = orcid;
  if (ror !== undefined) contributor.ror = ror;
  if (url !== undefined) contributor.url = url;
  if (award !== undefined && award.trim() !== '') contributor.awardNumber = shownLine(award, 200);
  return contributor;
}

/** Whether a name has content: some records have `, ` or nothing. */
export function isNameGiven(name: string): boolean {
  return /[\p{L}\p{N}]/u.test(name);
}

/** All contributors of a record, in its order. */
export function contributors(record: JsonObject): Contributor[] {
  const all = listMember(record, 'contributor').map(toContributor);
  const shared = orcidsOfTwo(all);
  if (shared.size === 0) return all;
  return all.map((one) => {
    const { orcid, ...rest } = one;
    return orcid !== undefined && shared.has(orcid) ? { ...rest, sharedOrcid: orcid } : one;
  });
}

/** Whether a contributor paid for the work. */
export function isFunder(contributor: Contributor): boolean {
  return contributor.roles.includes('Funder') || contributor.roles.includes('Sponsor');
}

/** The contact persons, in the record's order. */
export function contactPersons(all: readonly Contributor[]): Contributor[] {
  return all.filter((one) => one.roles.includes('ContactPerson') && isNameGiven(one.name));
}

/** `ContactPerson` as words: `contact person`. */
export function roleWords(role: string): string {
  return role.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
