// People, organisations and grants in the terms of schema.org.

import type { Agent, DatasetFacts, Funding } from '../metadata/dataset-facts.ts';
import { agentAddress, agentName, otherAgents, ROR_SITE } from './agents.ts';
import { splitAwards } from './awards.ts';
import { distinct, given } from './export-input.ts';

export interface AgentNode {
  '@type': 'Person' | 'Organization';
  '@id'?: string;
  name: string;
  givenName?: string;
  familyName?: string;
  affiliation?: AgentNode[];
}

const CREDIT = 'https://credit.niso.org/contributor-roles/';
// Roles that DANDI takes from CRediT: `FormalAnalysis` → `…/formal-analysis/`.
const CREDIT_ROLES = new Set([
  ...['Conceptualization', 'DataCurator', 'FormalAnalysis', 'FundingAcquisition', 'Investigation'],
  ...['Methodology', 'ProjectAdministration', 'Resources', 'Software', 'Supervision'],
  ...['Validation', 'Visualization'],
]);

function roleName(role: string): string {
  if (!CREDIT_ROLES.has(role)) return role;
  if (role === 'DataCurator') return `${CREDIT}data-curation/`;
  return `${CREDIT}${role.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}/`;
}

function organization(name: string, ror: string | undefined): AgentNode {
  return { '@type': 'Organization', ...given('@id', ror && ROR_SITE + ror), name };
}

/** An agent with all that is known of it. */
export function agentNode(agent: Agent): AgentNode {
  const { spoken, family, given: first } = agentName(agent);
  const affiliation = agent.affiliations.map(({ name, ror }) => organization(name, ror));
  return {
    '@type': agent.kind === 'person' ? 'Person' : 'Organization',
    ...given('@id', agentAddress(agent)),
    name: spoken,
    ...given('givenName', first),
    ...given('familyName', family),
    ...given('affiliation', distinct(affiliation)),
  };
}

/** Everybody beside the creators, each within the roles the record gives. */
export function contributorNodes(facts: DatasetFacts): object[] {
  return otherAgents(facts).map((agent) => {
    const contributor = agentNode(agent);
    if (agent.roles.length === 0) return contributor;
    return { '@type': 'Role', roleName: agent.roles.map(roleName), contributor };
  });
}

/** Whom to ask. */
export function maintainerNodes(facts: DatasetFacts): AgentNode[] {
  return [...facts.creators, ...otherAgents(facts)]
    .filter(({ roles }) => roles.includes('ContactPerson'))
    .map(agentNode);
}

/** Who paid, each once. */
export function funderNodes({ funding }: DatasetFacts): AgentNode[] {
  return distinct(funding.map(({ funder, ror }) => organization(funder, ror)));
}

function grants({ funder, ror, award }: Funding): object[] {
  if (award === undefined) return [];
  return splitAwards(award).map((identifier) => ({
    '@type': 'Grant',
    identifier,
    funder: organization(funder, ror),
  }));
}

/** One grant for every pair of funder and award. */
export function grantNodes({ funding }: DatasetFacts): object[] {
  return distinct(funding.flatMap(grants));
}
