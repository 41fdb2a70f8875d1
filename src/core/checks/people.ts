// Rules about the people and organizations that a record names, which need arithmetic or a comparison.

import { hasOrcidCheckDigit, parseOrcid } from '../identifiers/orcid.ts';
import { isRorForm, parseRor } from '../identifiers/ror.ts';
import { listMember, textMember, type JsonObject, type JsonValue } from '../json/json-text.ts';
import { contributors } from '../metadata/people.ts';
import { earlierEntries, orcidsOfTwo } from '../metadata/same-person.ts';
import { quote } from '../text/quote.ts';
import type { Rule } from './rule.ts';
import type { VersionSubject } from './subjects.ts';

type VersionRule = Rule<VersionSubject>;

interface Party {
  value: JsonValue;
  pointer: string;
  name: string;
}

/** Contributors and their affiliations, with their location in the record. */
function parties(record: JsonObject): Party[] {
  return listMember(record, 'contributor').flatMap((value, index) => {
    const pointer = `/contributor/${index}`;
    const inner = listMember(value, 'affiliation').map((affiliation, place) => ({
      value: affiliation,
      pointer: `${pointer}/affiliation/${place}`,
      name: textMember(affiliation, 'name') ?? '',
    }));
    return [{ value, pointer, name: textMember(value, 'name') ?? '' }, ...inner];
  });
}

/** ORCID iDs with the right check digit. */
export const ORCID_CHECK_DIGIT: VersionRule = {
  id: 'orcid-check-digit',
  severity: 'error',
  title: 'ORCID iDs without typing errors',
  explanation:
    'The last character of an ORCID iD is computed from the others, so a mistyped one is noticed. It is a digit or a capital X.',
  hint: 'Copy the ORCID iD from the page of the person at orcid.org.',
  *check({ record }) {
    for (const { value, pointer, name } of parties(record)) {
      const identifier = textMember(value, 'identifier');
      const orcid = parseOrcid(identifier);
      if (orcid === undefined) continue;
      const place = `${pointer}/identifier`;
      if (!hasOrcidCheckDigit(orcid)) {
        const message = `The ORCID iD ${orcid} of ${quote(name)} has a wrong check digit.`;
        yield { pointer: place, message };
      } else if (/\dx\/?$/.test(identifier?.trim() ?? '')) {
        const message = `The ORCID iD of ${quote(name)} ends in a small x. It is written with a capital X.`;
        yield { pointer: place, message, hint: `Write ${orcid}.` };
      }
    }
  },
};

/** ROR addresses of the form that exists. */
export const ROR_FORM: VersionRule = {
  id: 'ror-form',
  severity: 'error',
  title: 'ROR addresses of organizations',
  explanation:
    'An address at ror.org names an organization by a 0 and eight more letters and digits: https://ror.org/01an7q238.',
  hint: 'Copy the address from the page of the organization at ror.org.',
  *check({ record }) {
    for (const { value, pointer, name } of parties(record)) {
      const identifier = textMember(value, 'identifier');
      if (identifier === undefined || !/\bror\.org\b/i.test(identifier)) continue;
      const isAddress = /^https?:\/\/ror\.org\/[a-z0-9]+\/?$/.test(identifier.trim());
      if (isAddress && isRorForm(parseRor(identifier) ?? '')) continue;
      yield {
        pointer: `${pointer}/identifier`,
        message: `${quote(identifier)} of ${quote(name)} is no ROR address.`,
      };
    }
  },
};

/** Contributors as they are compared, before an ORCID iD of two is taken from both. */
function entriesOf(record: JsonObject) {
  return contributors(record).map((one) => {
    const orcid = one.orcid ?? one.sharedOrcid;
    return { kind: one.kind, name: one.name, ...(orcid === undefined ? {} : { orcid }) };
  });
}

/** An ORCID iD belongs to one person. */
export const ORCID_OF_TWO_PEOPLE: VersionRule = {
  id: 'orcid-of-two-people',
  severity: 'error',
  title: 'An ORCID iD belongs to one person',
  explanation:
    'Of two people with the same ORCID iD one has that of somebody else. Until it is known which, pages and exports give it to neither.',
  hint: 'Look the ORCID iD up at orcid.org, and remove it from whoever it does not belong to.',
  *check({ record, version }) {
    if (version !== 'draft') return;
    const entries = entriesOf(record);
    for (const [orcid, [one, other]] of orcidsOfTwo(entries)) {
      const at = entries.findIndex(({ name, orcid: own }) => own === orcid && name === other);
      yield {
        pointer: `/contributor/${at}/identifier`,
        message: `The ORCID iD ${orcid} is given to both ${quote(one)} and ${quote(other)}.`,
      };
    }
  },
};

/** A person has one entry. */
export const PERSON_TWICE: VersionRule = {
  id: 'person-twice',
  severity: 'hint',
  title: 'One entry for each person',
  explanation:
    'Somebody with several roles has one entry with all of them. Citations name a person once, whatever the number of entries.',
  hint: 'Put the roles and affiliations into one entry, and remove the other. The ORCID iDs distinguish two people of one name.',
  *check({ record, version }) {
    if (version !== 'draft') return;
    const entries = entriesOf(record);
    for (const [at, place] of earlierEntries(entries).entries()) {
      const [one, other] = [entries[place ?? at], entries[at]];
      if (place === undefined || one === undefined || other === undefined) continue;
      const as = one.name === other.name ? '' : `, as ${quote(one.name)} and ${quote(other.name)}`;
      yield {
        pointer: `/contributor/${at}`,
        message: `${quote(one.name)} is listed twice${as}.`,
      };
    }
  },
};

/** The rules about people and organizations. */
export const PEOPLE_RULES: readonly VersionRule[] = [
  ORCID_CHECK_DIGIT,
  ROR_FORM,
  ORCID_OF_TWO_PEOPLE,
  PERSON_TWICE,
];
