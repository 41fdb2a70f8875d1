// Creators, contributors and funders in DataCite's terms.

import type { Agent, Funding } from '../metadata/agents.ts';
import type { CitableRecord } from '../metadata/citable-record.ts';
import { agentName, demandedCreators, otherAgents, ORCID_SITE, ROR_SITE } from './agents.ts';
import { splitAwards } from './awards.ts';
import { distinct, given } from './export-input.ts';

interface NameIdentifier {
  nameIdentifier: string;
  nameIdentifierScheme: 'ORCID' | 'ROR';
  schemeUri: string;
}

export interface DataCitePerson {
  name: string;
  nameType: 'Personal' | 'Organizational';
  givenName?: string;
  familyName?: string;
  nameIdentifiers?: NameIdentifier[];
  affiliation?: object[];
}

export interface DataCiteContributor extends DataCitePerson {
  contributorType: string;
}

// DANDI's roles that are contributor types of DataCite, by name or by meaning. All others are "Other"; an
// agent with no contributor's role, who only paid or took part, is not a contributor.
const TYPES: ReadonlyMap<string, string> = new Map([
  ...[
    'ContactPerson',
    'DataCollector',
    'DataCurator',
    'DataManager',
    'Producer',
    'ProjectLeader',
    'ProjectManager',
    'ProjectMember',
    'Researcher',
  ].map((role): [string, string] => [role, role]),
  ['Supervision', 'Supervisor'],
]);
const NO_CONTRIBUTION = new Set([
  'Funder',
  'Sponsor',
  'StudyParticipant',
  'Affiliation',
  'EthicsApproval',
]);

function nameIdentifiers({ orcid, ror }: Agent): NameIdentifier[] {
  if (orcid !== undefined) {
    return [
      { nameIdentifier: ORCID_SITE + orcid, nameIdentifierScheme: 'ORCID', schemeUri: ORCID_SITE },
    ];
  }
  if (ror === undefined) return [];
  return [{ nameIdentifier: ROR_SITE + ror, nameIdentifierScheme: 'ROR', schemeUri: ROR_SITE }];
}

function toPerson(agent: Agent): DataCitePerson {
  const { sorted, family, given: first } = agentName(agent);
  const affiliation = agent.affiliations.map(({ name, ror }) =>
    ror === undefined
      ? { name }
      : {
          name,
          affiliationIdentifier: ROR_SITE + ror,
          affiliationIdentifierScheme: 'ROR',
          schemeUri: ROR_SITE,
        },
  );
  return {
    name: sorted,
    nameType: agent.kind === 'person' ? 'Personal' : 'Organizational',
    ...given('givenName', first),
    ...given('familyName', family),
    ...given('nameIdentifiers', nameIdentifiers(agent)),
    ...given('affiliation', distinct(affiliation)),
  };
}

/** The creators, in order; never empty. */
export function dataciteCreators(facts: CitableRecord): DataCitePerson[] {
  return demandedCreators(facts).map(toPerson);
}

function typeOf(role: string, isCreator: boolean): string | undefined {
  if (NO_CONTRIBUTION.has(role)) return undefined;
  // Authors are creators; one whom the citation leaves out has done research all the same.
  if (role === 'Author') return isCreator ? undefined : 'Researcher';
  return TYPES.get(role) ?? 'Other';
}

/** One entry for every kind of contribution of everybody, creators included. */
export function dataciteContributors(facts: CitableRecord): DataCiteContributor[] {
  const entries = [
    ...facts.creators.map((agent) => ({ agent, isCreator: true })),
    ...otherAgents(facts).map((agent) => ({ agent, isCreator: false })),
  ].flatMap(({ agent, isCreator }) => {
    const roles = agent.roles.length === 0 && !isCreator ? ['Other'] : agent.roles;
    const types = roles.map((role) => typeOf(role, isCreator));
    return types
      .filter((type) => type !== undefined)
      .map((contributorType) => ({ ...toPerson(agent), contributorType }));
  });
  return distinct(entries);
}

function fundingReferences({ funder, ror, award }: Funding): object[] {
  const who = {
    funderName: funder,
    ...(ror === undefined ? {} : { funderIdentifier: ROR_SITE + ror, funderIdentifierType: 'ROR' }),
  };
  if (award === undefined) return [who];
  return splitAwards(award).map((awardNumber) => ({ ...who, awardNumber }));
}

/** One entry for every pair of funder and award. */
export function dataciteFunding({ funding }: CitableRecord): object[] {
  return distinct(funding.flatMap(fundingReferences));
}
