// What an identifier or an address in a record links to. Pages and exports use this, so that a link and an
// identifier made of the same words cannot disagree.

import { doiAddress, parseDoi } from '../identifiers/doi.ts';
import { withoutEmails } from '../text/email-addresses.ts';
import { linkableUrl, shownLine } from '../text/shown-text.ts';

// Terms of the OBO ontologies that records name by CURIE: `UBERON:0001384`.
const OBO_TERM = /^(UBERON|DOID|CL|HP|MONDO|NCBITaxon):(\d{1,9})$/;

/** What the identifier and the address of a thing link to; nothing for prose. */
export interface LinkTarget {
  /** A DOI in any form, bare. */
  doi?: string;
  /** A web address of its own. Never lower-cased: case matters in addresses. */
  url?: string;
  /** The target of a link to the thing: its DOI's address, its term's, or its own. */
  href?: string;
}

/** The most characters of an identifier or an address that are read; a longer one is not linked. */
export const MAX_IDENTIFIER_LENGTH = 2000;

/** The DOI that a text is, ignoring invisible characters; none if it contains an e-mail address. */
function shownDoi(text: string | undefined): string | undefined {
  if (text === undefined || text.length > MAX_IDENTIFIER_LENGTH) return undefined;
  return withoutEmails(text) === text
    ? parseDoi(shownLine(text, MAX_IDENTIFIER_LENGTH))
    : undefined;
}

/** Reads an identifier and an address as a record writes them. */
export function linkTarget(identifier: string | undefined, address?: string): LinkTarget {
  const doi = shownDoi(identifier) ?? shownDoi(address);
  const term = OBO_TERM.exec(identifier?.trim() ?? '');
  const url = linkableUrl(address) ?? linkableUrl(identifier);
  const target: LinkTarget = {};
  if (doi !== undefined) target.doi = doi;
  if (url !== undefined) target.url = url;
  let href = url;
  if (doi !== undefined) href = linkableUrl(doiAddress(doi));
  else if (term !== null) href = `http://purl.obolibrary.org/obo/${term[1]}_${term[2]}`;
  if (href !== undefined) target.href = href;
  return target;
}
