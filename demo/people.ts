// The people, institutions and funders of the demo. All are invented. The ORCID iDs have correct check digits
// but are outside the range that ORCID assigns (0000-0009-…); the ROR ids all begin with "0dem0"; mail
// addresses are at example.org.

import type { JsonObject } from '../src/core/json/json-text.ts';

export type Role =
  | 'Author'
  | 'Conceptualization'
  | 'ContactPerson'
  | 'DataCollector'
  | 'DataCurator'
  | 'FormalAnalysis'
  | 'FundingAcquisition'
  | 'Investigation'
  | 'Maintainer'
  | 'Methodology'
  | 'ProjectLeader'
  | 'Software'
  | 'Supervision';

const INSTITUTIONS = {
  lakeside: ['Lakeside Institute for Neuroscience (invented)', 'https://ror.org/0dem0aa01'],
  northgate: ['Northgate University (invented)', 'https://ror.org/0dem0ab02'],
  harbour: ['Harbour City Hospital (invented)', 'https://ror.org/0dem0ac03'],
  meridian: ['Meridian Imaging Centre (invented)', 'https://ror.org/0dem0ad04'],
} as const;

const PEOPLE = {
  adler: ['Adler, Nora', '0000-0009-0001-0379', 'lakeside'],
  benitez: ['Benítez, Tomás', '0000-0009-0002-0745', 'lakeside'],
  chandra: ['Chandra, Meera', '0000-0009-0003-1110', 'northgate'],
  dufour: ['Dufour, Lucie', '0000-0009-0004-1482', 'northgate'],
  eriksen: ['Eriksen, Jonas', '0000-0009-0005-1859', 'harbour'],
  fontana: ['Fontana, Giulia M.', '0000-0009-0006-2224', 'harbour'],
  grunwald: ['Grünwald, Anselm', '0000-0009-0007-2596', 'meridian'],
  hoshino: ['Hoshino, Aya', '0000-0009-0008-2962', 'meridian'],
  ibekwe: ['Ibekwe, Chidi', '0000-0009-0009-3338', 'lakeside'],
  jansson: ['Jansson-Reyes, Petra', '0000-0009-0010-3700', 'northgate'],
  kowalczyk: ['Kowalczyk, Ewa', '0000-0009-0011-4071', 'lakeside'],
  sullivan: ["O'Sullivan, Finn", '0000-0009-0012-4448', 'northgate'],
} as const;

const FUNDERS = {
  brainFund: ['Demonstration Brain Fund (invented)', 'https://ror.org/0dem0fa11'],
  sciencesCouncil: ['Council for Simulated Sciences (invented)', 'https://ror.org/0dem0fb12'],
  healthAgency: ['Example Health Agency (invented)', 'https://ror.org/0dem0fc13'],
} as const;

export type PersonKey = keyof typeof PEOPLE;
export type InstitutionKey = keyof typeof INSTITUTIONS;

/** The name of a person, "Last, First". */
export function personName(key: PersonKey): string {
  return PEOPLE[key][0];
}

/** The name of an institution. */
export function institutionName(key: InstitutionKey): string {
  return INSTITUTIONS[key][0];
}

/** A contributor; authors are cited, a contact person has a mail address. */
export function person(key: PersonKey, ...roles: Role[]): JsonObject {
  const [name, identifier, home] = PEOPLE[key];
  const [institution, ror] = INSTITUTIONS[home];
  return {
    schemaKey: 'Person',
    name,
    identifier,
    ...(roles.includes('ContactPerson') ? { email: `${key}@example.org` } : {}),
    roleName: roles.map((role) => `dcite:${role}`),
    includeInCitation: roles.includes('Author'),
    affiliation: [{ schemaKey: 'Affiliation', name: institution, identifier: ror }],
  };
}

/** A funder with the number of its award. */
export function funder(key: keyof typeof FUNDERS, awardNumber: string): JsonObject {
  const [name, identifier] = FUNDERS[key];
  return {
    schemaKey: 'Organization',
    name,
    identifier,
    roleName: ['dcite:Funder'],
    includeInCitation: false,
    awardNumber,
  };
}

/** An institution that hosted the work. */
export function host(key: InstitutionKey): JsonObject {
  const [name, identifier] = INSTITUTIONS[key];
  return {
    schemaKey: 'Organization',
    name,
    identifier,
    roleName: ['dcite:Affiliation'],
    includeInCitation: false,
    url: `https://${key}.example.org/`,
  };
}
