// Whether two entries of a record are one person. An ORCID iD of two people is wrong for one of them, and
// nobody can know for which; a person with two entries is still one author.

import { hasOrcidCheckDigit } from '../identifiers/orcid.ts';
import { foldText } from '../text/fold.ts';
import { parsePersonName } from './person-name.ts';

// More words than any name has.
const MOST_WORDS = 20;

function wordsOf(text: string): string[] {
  return (foldText(text.slice(0, 300)).match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, MOST_WORDS);
}

interface ComparedName {
  family: string;
  given: string[];
}

/** A name in the letters that are compared; one without a comma is all family name. */
function comparedName(name: string): ComparedName {
  const parts = parsePersonName(name);
  const family = parts === undefined ? name : [parts.particle, parts.family].join(' ');
  return { family: wordsOf(family).join(''), given: wordsOf(parts?.given ?? '') };
}

/** Whether given names are the same as far as both are written: "J. R." and "John". */
function agree(one: readonly string[], other: readonly string[]): boolean {
  return one.every((word, at) => {
    const counterpart = other[at];
    if (counterpart === undefined) return true;
    return word.startsWith(counterpart) || counterpart.startsWith(word);
  });
}

/** Whether two names may be spellings of one: the same family name, and given names or initials that agree. */
export function mayBeOnePerson(one: string, other: string): boolean {
  if (wordsOf(one).sort().join() === wordsOf(other).sort().join()) return true;
  const [first, second] = [comparedName(one), comparedName(other)];
  if (first.family === '' || first.family !== second.family) return false;
  return first.given.length > 0 && second.given.length > 0 && agree(first.given, second.given);
}

/** A person as far as it is compared. */
export interface PersonEntry {
  kind: 'person' | 'organization';
  name: string;
  orcid?: string;
}

/** ORCID iDs that are given to people whose names differ, with the names; a bounded comparison of each. */
export function orcidsOfTwo(people: readonly PersonEntry[]): Map<string, [string, string]> {
  const first = new Map<string, string>();
  const shared = new Map<string, [string, string]>();
  for (const { name, orcid } of people) {
    if (orcid === undefined) continue;
    const known = first.get(orcid);
    if (known === undefined) first.set(orcid, name);
    else if (!shared.has(orcid) && !mayBeOnePerson(known, name)) shared.set(orcid, [known, name]);
  }
  return shared;
}

/**
 * For each entry the place of an earlier one that is the same person: by the ORCID iD, else by the whole name
 * unless the two have different ORCID iDs. Undefined for everyone else, and for organizations, which may pay
 * several times.
 */
export function earlierEntries(people: readonly PersonEntry[]): (number | undefined)[] {
  const shared = orcidsOfTwo(people);
  const byOrcid = new Map<string, number>();
  const byName = new Map<string, number>();
  return people.map((entry, at) => {
    if (entry.kind === 'organization') return undefined;
    const { family, given } = comparedName(entry.name);
    const key = JSON.stringify([family, given]);
    const orcid =
      entry.orcid !== undefined && hasOrcidCheckDigit(entry.orcid) && !shared.has(entry.orcid)
        ? entry.orcid
        : undefined;
    const namesake = byName.get(key);
    const other = namesake === undefined ? undefined : people[namesake]?.orcid;
    const isNamesake = other === undefined || orcid === undefined || other === orcid;
    const found =
      (orcid === undefined ? undefined : byOrcid.get(orcid)) ?? (isNamesake ? namesake : undefined);
    const place = found ?? at;
    if (orcid !== undefined && !byOrcid.has(orcid)) byOrcid.set(orcid, place);
    if (family !== '' && namesake === undefined) byName.set(key, place);
    return found;
  });
}
