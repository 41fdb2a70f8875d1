// Makes strangers' text fit to be shown. Pages, exports and indexes drop e-mail addresses (DESIGN section 9),
// and no record may change the reading direction of the page around it.

import { withoutEmails } from './email-addresses.ts';

/** Longer texts are cut when shown; the record itself is always offered whole. */
export const MAX_SHOWN_TEXT = 20_000;

// C0 and C1 controls except tab and line feed, bidi embeddings, overrides and isolates, line separators,
// zero-width blanks. Joiners stay: scripts and emoji are written with them.
const UNSHOWN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]/g;

/**
 * The text as it may be shown: bounded, without control characters, bidi controls and e-mail
 * addresses. Line breaks become line feeds.
 */
export function shownText(text: string, limit = MAX_SHOWN_TEXT): string {
  // Cut with a margin first, so that an address on the edge is seen whole before it is dropped.
  const bounded = text.length > limit + 200 ? text.slice(0, limit + 200) : text;
  const clean = withoutEmails(bounded.replace(/\r\n?/g, '\n').replace(UNSHOWN, ''));
  return clean.length > limit ? `${clean.slice(0, limit).trimEnd()} …` : clean;
}

/** One line of shown text: white space collapsed, ends trimmed. */
export function shownLine(text: string, limit = 500): string {
  return shownText(text, limit).replace(/\s+/g, ' ').trim();
}

/**
 * The address if it is a plain http or https one that a page may link to, else undefined. An apostrophe is
 * encoded, so that the address cannot end a quotation wherever it is written.
 */
export function linkableUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const trimmed = text.trim();
  if (trimmed.length > 2000 || !/^https?:\/\/[^\s<>"\\^`{|}]+$/i.test(trimmed)) return undefined;
  // A host and perhaps a port. Credentials before them are either a trap or a leak.
  if (!/^https?:\/\/[\p{L}\p{N}._-]+(?::\d+)?(?:[/?#]|$)/iu.test(trimmed)) return undefined;
  return withoutEmails(trimmed) === trimmed ? trimmed.replaceAll("'", '%27') : undefined;
}
