// Who made and who paid for a version, as citations and exports need them: one list of creators, with the
// identifiers that are valid.

import { hasOrcidCheckDigit } from '../identifiers/orcid.ts';
import type { JsonObject } from '../json/json-text.ts';
import {
  contributors,
  isFunder,
  isNameGiven,
  type Affiliation,
  type Contributor,
} from './people.ts';
import { parsePersonName, type PersonName } from './person-name.ts';

export interface Agent {
  kind: 'person' | 'organization';
  /** As the record writes it. */
  name: string;
  /** Persons whose name has a comma. */
  parts?: PersonName;
  /** Bare, and only with a correct check digit. */
  orcid?: string;
  /** Bare. */
  ror?: string;
  affiliations: Affiliation[];
  /** `ContactPerson`, in the record's order. */
  roles: string[];
}

export interface Funding {
  funder: string;
  kind: Agent['kind'];
  ror?: string;
  award?: string;
}

function toAgent(one: Contributor): Agent {
  const agent: Agent = {
    kind: one.kind,
    name: one.name,
    affiliations: one.affiliations,
    roles: one.roles,
  };
  const parts = one.kind === 'person' ? parsePersonName(one.name) : undefined;
  if (parts !== undefined) agent.parts = parts;
  if (one.orcid !== undefined && hasOrcidCheckDigit(one.orcid)) agent.orcid = one.orcid;
  if (one.ror !== undefined) agent.ror = one.ror;
  return agent;
}

function toFunding(one: Contributor): Funding {
  const funding: Funding = { funder: one.name, kind: one.kind };
  if (one.ror !== undefined) funding.ror = one.ror;
  if (one.awardNumber !== undefined) funding.award = one.awardNumber;
  return funding;
}

/**
 * An identifier that two different persons share is wrong for one of them, and nobody can tell for which:
 * neither gets it then.
 */
function withoutSharedOrcids(agents: readonly Agent[]): Agent[] {
  const names = new Map<string, Set<string>>();
  for (const { orcid, name } of agents) {
    if (orcid !== undefined) names.set(orcid, (names.get(orcid) ?? new Set()).add(name));
  }
  return agents.map((agent) => {
    const { orcid, ...rest } = agent;
    return orcid !== undefined && (names.get(orcid)?.size ?? 0) > 1 ? rest : agent;
  });
}

/** The people and organisations of a record, by what they did. */
export interface AgentsOfRecord {
  /** The one list of creators: `includeInCitation`, in order; empty if nobody is flagged. */
  creators: Agent[];
  /** Everybody else. */
  others: Agent[];
  funding: Funding[];
}

/** Reads the contributors of a record; those with a meaningless name are left out. */
export function agentsOf(record: JsonObject): AgentsOfRecord {
  const all = contributors(record).filter((one) => isNameGiven(one.name));
  const agents = withoutSharedOrcids(all.map(toAgent));
  return {
    creators: agents.filter((_, index) => all[index]?.inCitation === true),
    others: agents.filter((_, index) => all[index]?.inCitation !== true),
    funding: all.filter((one) => isFunder(one) || one.awardNumber !== undefined).map(toFunding),
  };
}
