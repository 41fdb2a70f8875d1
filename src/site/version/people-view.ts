// Contributors and funding as a version page shows them.

import {
  contactPersons,
  isFunder,
  isNameGiven,
  roleWords,
  type Affiliation,
  type Contributor,
} from '../../core/metadata/people.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { rorOfFunder } from '../catalog/funder-rors.ts';
import { facetPageAddress } from '../browse/facet-view.ts';

export interface ContributorRow {
  name: string;
  /** Page of everything this person or funder has here. */
  href?: string;
  /** The full address, as ORCID and ROR want their identifiers shown. */
  identifier?: string;
  /** A remark on an identifier that is not linked. */
  remark?: string;
  affiliations: { name: string; href?: string }[];
  /** `author, contact person`. */
  roles: string;
  award?: string;
  inCitation: boolean;
}

export interface PeopleView {
  /** Those in the citation, in its order. */
  creators: ContributorRow[];
  others: ContributorRow[];
  funding: ContributorRow[];
  contacts: ContributorRow[];
}

const NO_NAME = 'Name not given';

function affiliationRow(affiliation: Affiliation): { name: string; href?: string } {
  return affiliation.ror === undefined
    ? { name: affiliation.name }
    : { name: affiliation.name, href: `https://ror.org/${affiliation.ror}` };
}

function row(catalog: Catalog, one: Contributor): ContributorRow {
  const result: ContributorRow = {
    name: isNameGiven(one.name) ? one.name : NO_NAME,
    affiliations: one.affiliations.map(affiliationRow),
    roles: one.roles.map(roleWords).join(', '),
    inCitation: one.inCitation,
  };
  const href =
    facetPageAddress(catalog, 'person', one.orcid) ??
    (isFunder(one)
      ? facetPageAddress(catalog, 'funder', rorOfFunder(catalog.funderRors, one))
      : undefined);
  if (href !== undefined) result.href = href;
  if (one.orcid !== undefined) {
    result.identifier = `https://orcid.org/${one.orcid}`;
  } else if (one.ror !== undefined) {
    result.identifier = `https://ror.org/${one.ror}`;
  } else if (one.url !== undefined) result.identifier = one.url;
  if (one.sharedOrcid !== undefined) {
    result.remark = `The record gives the ORCID iD ${one.sharedOrcid} to somebody else too.`;
  }
  if (one.awardNumber !== undefined) result.award = one.awardNumber;
  return result;
}

/** Sorts contributors into creators, others and funders; a funder who also did work stays in both. */
export function peopleView(catalog: Catalog, all: readonly Contributor[]): PeopleView {
  const onlyPaid = (one: Contributor): boolean =>
    isFunder(one) && one.roles.every((role) => role === 'Funder' || role === 'Sponsor');
  const rows = (some: readonly Contributor[]): ContributorRow[] =>
    some.map((one) => row(catalog, one));
  return {
    creators: rows(all.filter((one) => one.inCitation)),
    others: rows(all.filter((one) => !one.inCitation && !onlyPaid(one))),
    funding: rows(all.filter((one) => isFunder(one) || one.awardNumber !== undefined)),
    contacts: rows(contactPersons(all)),
  };
}
