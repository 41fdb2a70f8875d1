// People, organisations and grants in the terms of schema.org.

import type { Agent, Funding } from '../metadata/agents.ts';
import type { CitableRecord } from '../metadata/citable-record.ts';
import { agentAddress, agentName, contributingAgents, otherAgents, ROR_SITE } from './agents.ts';
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

/** Everybody apart from creators and funders, each with the roles the record gives. */
export function contributorNodes(facts: CitableRecord): object[] {
  const nodes = contributingAgents(facts).map((agent) => {
    const contributor = agentNode(agent);
    if (agent.roles.length === 0) return contributor;
    return { '@type': 'Role', roleName: agent.roles.map(roleName), contributor };
  });
  return distinct(nodes);
}

/** Contact persons. */
export function maintainerNodes(facts: CitableRecord): AgentNode[] {
  const nodes = [...facts.creators, ...otherAgents(facts)]
    .filter(({ roles }) => roles.includes('ContactPerson'))
    .map(agentNode);
  return distinct(nodes);
}

function funderNode({ funder, kind, ror }: Funding): AgentNode {
  return kind === 'person' ? { '@type': 'Person', name: funder } : organization(funder, ror);
}

/** The funders, each once. */
export function funderNodes({ funding }: CitableRecord): AgentNode[] {
  return distinct(funding.map(funderNode));
}

function grants(funding: Funding): object[] {
  if (funding.award === undefined) return [];
  return splitAwards(funding.award).map((identifier) => ({
    '@type': 'Grant',
    identifier,
    funder: funderNode(funding),
  }));
}

/** One grant for every pair of funder and award. */
export function grantNodes({ funding }: CitableRecord): object[] {
  return distinct(funding.flatMap(grants));
}
