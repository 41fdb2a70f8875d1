import { describe, expect, test } from 'vitest';
import { agentsOf } from './agents.ts';
import { contributors } from './people.ts';
import { mayBeOnePerson } from './same-person.ts';
import { organization, person } from '../../../tests/support/records/cited-facts.ts';

const ORCID = '0000-0002-1825-0097';
const OTHER = '0000-0001-5109-3700';

test.each([
  ['Li, Wei', 'LI, WEI', true],
  ['Li, Wei', 'Wei Li', true],
  ['Müller, Jörg', 'Muller, Jorg', true],
  ['Buccino, Alessio', 'Buccino, A. P.', true],
  ['van der Kouwe, Andre', 'Kouwe, Andre van der', true],
  ['Garcia-Lopez, Ana', 'Garcia Lopez, Ana M.', true],
  ['Carlson, April', 'Rutishauser, Ueli', false],
  ['Henley, Tim', 'Tindall, Josh', false],
  ['Li, Wei', 'Li, Xin', false],
  ['Yao, Zizhen', 'Last, First', false],
  ['Li', 'Li, Wei', false],
])('%s and %s may be one person: %s', (one, other, expected) => {
  expect(mayBeOnePerson(one, other)).toBe(expected);
  expect(mayBeOnePerson(other, one)).toBe(expected);
});

describe('an ORCID iD of two people', () => {
  const record = {
    contributor: [
      person('Kang, Di', { identifier: ORCID }),
      person('Li, Wei', { identifier: ORCID }),
    ],
  };

  test('belongs to neither of them, on pages as in exports', () => {
    expect(contributors(record).map(({ orcid }) => orcid)).toEqual([undefined, undefined]);
    expect(contributors(record).map(({ sharedOrcid }) => sharedOrcid)).toEqual([ORCID, ORCID]);
    expect(agentsOf(record).creators.map(({ orcid }) => orcid)).toEqual([undefined, undefined]);
  });
});

describe('one person with two entries', () => {
  const names = (...contributor: ReturnType<typeof person>[]): string[] =>
    agentsOf({ contributor }).creators.map(({ name }) => name);

  test('is one creator, with what both entries say', () => {
    const [creator, ...more] = agentsOf({
      contributor: [
        person('Kang, Di', { roleName: ['dcite:Author'] }),
        person('KANG, DI', {
          identifier: ORCID,
          roleName: ['dcite:Author', 'dcite:ContactPerson'],
        }),
        person('Kang, D.', { identifier: ORCID, affiliation: [{ name: 'Here' }] }),
        person('Kang, Di', { includeInCitation: false, roleName: ['dcite:Software'] }),
      ],
    }).creators;
    expect(more).toEqual([]);
    expect(creator).toMatchObject({
      name: 'Kang, Di',
      orcid: ORCID,
      roles: ['Author', 'ContactPerson', 'Software'],
      affiliations: [{ name: 'Here' }],
    });
  });

  test('namesakes with different ORCID iDs are two', () => {
    const two = [
      person('Li, Wei', { identifier: ORCID }),
      person('Li, Wei', { identifier: OTHER }),
    ];
    expect(names(...two)).toEqual(['Li, Wei', 'Li, Wei']);
  });

  test('an organisation with two entries stays two, as frozen citations have them', () => {
    const paid = (awardNumber: string) =>
      organization('Agency', { includeInCitation: true, roleName: ['dcite:Funder'], awardNumber });
    const { creators, funding } = agentsOf({ contributor: [paid('1'), paid('2')] });
    expect(creators.map(({ name }) => name)).toEqual(['Agency', 'Agency']);
    expect(funding.map(({ award }) => award)).toEqual(['1', '2']);
  });
});
