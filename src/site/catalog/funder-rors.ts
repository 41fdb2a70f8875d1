// Funders that lack only their ROR. Records name the same funder with and without it; where nearly all that give
// one to a name agree, the name means that funder in the others too.

import { isFunder, isNameGiven, type Contributor } from '../../core/metadata/people.ts';
import { foldedWords } from '../../core/text/fold.ts';

/** The RORs of funders by what their names have in common. */
export type FunderRors = ReadonlyMap<string, string>;

const nameOf = ({ name }: Pick<Contributor, 'name'>): string => foldedWords(name).join(' ');

/** Whether a contributor is an organisation that paid for the work. */
export function isFundingOrganization(one: Contributor): boolean {
  return one.kind === 'organization' && isFunder(one);
}

/** What the funders of many records say: the ROR that more than half of those with a name and a ROR give it. */
export function funderRors(funders: Iterable<Contributor>): FunderRors {
  const counts = new Map<string, Map<string, number>>();
  for (const one of funders) {
    if (one.ror === undefined || !isNameGiven(one.name)) continue;
    const ofName = counts.get(nameOf(one)) ?? new Map<string, number>();
    ofName.set(one.ror, (ofName.get(one.ror) ?? 0) + 1);
    counts.set(nameOf(one), ofName);
  }
  const rors = new Map<string, string>();
  for (const [name, ofName] of counts) {
    const all = [...ofName.values()].reduce((sum, count) => sum + count, 0);
    const [ror] = [...ofName].find(([, count]) => count * 2 > all) ?? [];
    if (ror !== undefined) rors.set(name, ror);
  }
  return rors;
}

/** The ROR of a funder: its own, else the one that others give to its name. */
export function rorOfFunder(rors: FunderRors, one: Contributor): string | undefined {
  return one.ror ?? (isFundingOrganization(one) ? rors.get(nameOf(one)) : undefined);
}
