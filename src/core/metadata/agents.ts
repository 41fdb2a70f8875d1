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
import { earlierEntries } from './same-person.ts';

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

function joined(agent: Agent, more: Agent): Agent {
  const affiliations = [...agent.affiliations, ...more.affiliations];
  const distinct = new Map(affiliations.map((one) => [JSON.stringify(one), one]));
  return {
    ...more,
    ...agent,
    affiliations: [...distinct.values()],
    roles: [...new Set([...agent.roles, ...more.roles])],
  };
}

/** A person with several entries is one creator if any of them is cited, with what all of them say. */
function byCitation(all: readonly Contributor[]): Pick<AgentsOfRecord, 'creators' | 'others'> {
  const earlier = earlierEntries(all);
  const creators = new Map<number, Agent>();
  const others: Agent[] = [];
  const join = (agent: Agent, place: number): void => {
    const known = creators.get(place);
    creators.set(place, known === undefined ? agent : joined(known, agent));
  };
  for (const [at, one] of all.entries()) {
    if (one.inCitation) join(toAgent(one), earlier[at] ?? at);
  }
  for (const [at, one] of all.entries()) {
    const place = earlier[at] ?? at;
    if (one.inCitation) continue;
    if (creators.has(place)) join(toAgent(one), place);
    else others.push(toAgent(one));
  }
  return { creators: [...creators.values()], others };
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
  return {
    ...byCitation(all),
    funding: all.filter((one) => isFunder(one) || one.awardNumber !== undefined).map(toFunding),
  };
}
