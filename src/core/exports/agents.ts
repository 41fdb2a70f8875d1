// People and organisations as the exports name them.

import { creatorName, familyOf } from '../citations/creator-name.ts';
import type { Agent } from '../metadata/agents.ts';
import type { CitableRecord } from '../metadata/citable-record.ts';
import { publisherOf } from '../metadata/publisher.ts';

export const ORCID_SITE = 'https://orcid.org/';
export const ROR_SITE = 'https://ror.org/';

// Names in these scripts have no blank between family and given name.
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

export interface AgentName {
  /** In spoken order: `Andre van der Kouwe`. */
  spoken: string;
  /** In the order of lists: `van der Kouwe, Andre`. */
  sorted: string;
  family?: string;
  given?: string;
}

/** The name of an agent in the forms that exports want. */
export function agentName(agent: Agent): AgentName {
  const name = creatorName(agent);
  if ('literal' in name) return { spoken: name.literal, sorted: name.literal };
  const family = familyOf(name);
  const given = [name.given, name.suffix].filter((part) => part !== undefined).join(', ');
  const { given: first = '', suffix } = name;
  const spoken = UNSPACED.test(family + first)
    ? `${family}${first}`
    : [first, family, suffix].filter((part) => part !== undefined && part !== '').join(' ');
  const result: AgentName = {
    spoken,
    sorted: given === '' ? family : `${family}, ${given}`,
    family,
  };
  if (given !== '') result.given = given;
  return result;
}

/** The address that identifies an agent globally; undefined for one without identifier. */
export function agentAddress({ orcid, ror }: Pick<Agent, 'orcid' | 'ror'>): string | undefined {
  if (orcid !== undefined) return ORCID_SITE + orcid;
  return ror === undefined ? undefined : ROR_SITE + ror;
}

/** Roles that no export ever names: privacy. */
const PRIVATE_ROLE = 'StudyParticipant';

/** An agent may be named in exports unless the record says only that it took part in a study. */
function isPublic({ roles }: Agent): boolean {
  return roles.length === 0 || roles.some((role) => role !== PRIVATE_ROLE);
}

/** Everybody apart from the creators whom exports may name, with the roles they may name. */
export function otherAgents({ others }: CitableRecord): Agent[] {
  return others.filter(isPublic).map((agent) => ({
    ...agent,
    roles: agent.roles.filter((role) => role !== PRIVATE_ROLE),
  }));
}

const FUNDING_ROLES = ['Funder', 'Sponsor'];

/** Those of them who did more than pay: formats have a separate place for funders. */
export function contributingAgents(facts: CitableRecord): Agent[] {
  return otherAgents(facts).filter(
    ({ roles }) => roles.length === 0 || roles.some((role) => !FUNDING_ROLES.includes(role)),
  );
}

/**
 * Creators for formats that demand one: if nobody is flagged for the citation it is the first contributor,
 * else the archive. The other formats then name none.
 */
export function demandedCreators(facts: CitableRecord): Agent[] {
  if (facts.creators.length > 0) return facts.creators;
  const archive: Agent = {
    kind: 'organization',
    name: publisherOf(facts).name,
    affiliations: [],
    roles: [],
  };
  return [otherAgents(facts)[0] ?? archive];
}
