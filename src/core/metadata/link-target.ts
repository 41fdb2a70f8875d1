// What an identifier or an address in a record links to. Pages and exports use this, so that a link and an
// identifier made of the same words cannot disagree.

import { parseDoi } from '../identifiers/doi.ts';
import type { DandiAddress } from '../identifiers/dandi-address.ts';
import {
  knownIdentifier,
  namedDandiset,
  type KnownIdentifier,
} from '../identifiers/known-identifier.ts';
import { withoutEmails } from '../text/email-addresses.ts';
import { linkableUrl, shownLine } from '../text/shown-text.ts';

/** What the identifier and the address of a thing link to; nothing for prose. */
export interface LinkTarget {
  /** What identifies the thing to other programs: its identifier if it is of a known kind, else its address. */
  identity?: KnownIdentifier;
  /** A DOI in any form, bare. */
  doi?: string;
  /** A web address of its own. Never lower-cased: case matters in addresses. */
  url?: string;
  /** The target of a link to the thing: the address of its identity. */
  href?: string;
  /** An address that the record gives besides, and that leads elsewhere. */
  besides?: string;
  /** The Dandiset or version that the identifier names, at whichever archive. */
  dandiset?: DandiAddress;
}

/** The most characters of an identifier or an address that are read; a longer one is not linked. */
export const MAX_IDENTIFIER_LENGTH = 2000;

/** The identifier that a text is, ignoring invisible characters; none if it contains an e-mail address. */
function shownIdentifier(text: string | undefined): KnownIdentifier | undefined {
  if (text === undefined || text.length > MAX_IDENTIFIER_LENGTH) return undefined;
  const found = knownIdentifier(shownLine(text, MAX_IDENTIFIER_LENGTH));
  if (found === undefined) return undefined;
  // An address may come to light only when a DOI is decoded.
  return [text, found.value].every((one) => withoutEmails(one) === one) ? found : undefined;
}

function isSameDoi(address: string, { value }: KnownIdentifier): boolean {
  return parseDoi(address)?.toLowerCase() === value.toLowerCase();
}

/** Reads an identifier and an address as a record writes them. */
export function linkTarget(identifier: string | undefined, address?: string): LinkTarget {
  const known = shownIdentifier(identifier) ?? shownIdentifier(address);
  const urls = [linkableUrl(address), linkableUrl(identifier)].filter((url) => url !== undefined);
  const [url] = urls;
  const identity: KnownIdentifier | undefined =
    known ?? (url === undefined ? undefined : { type: 'URL', value: url, url });
  const dandiset = identifier === undefined ? undefined : namedDandiset(identifier);
  const named = dandiset === undefined ? {} : { dandiset };
  if (identity === undefined) return named;
  // An address of the same DOI in another form leads to the same place, or nowhere.
  const besides = urls.find((one) => one !== identity.url && !isSameDoi(one, identity));
  return {
    ...named,
    identity,
    ...(identity.type === 'DOI' ? { doi: identity.value } : {}),
    ...(url === undefined ? {} : { url }),
    href: identity.url,
    ...(besides === undefined ? {} : { besides }),
  };
}
