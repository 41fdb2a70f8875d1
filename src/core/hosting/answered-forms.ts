// Which spellings of an identifier an archive's host resolves by itself. Pages advertise these and no others:
// the script of the page for unknown addresses redirects the rest, which programs do not run.

import type { DandisetNumber } from '../identifiers/dandiset-id.ts';
import type { Host } from '../records/archive.ts';

/** Spellings, from the one that every host resolves to those that need a program behind the host. */
export const FORM_KINDS = [
  'number',
  'latest',
  'identifier',
  'lower-case',
  'at',
  'encoded-slash',
  'any-case',
  'unpadded',
] as const;

export type FormKind = (typeof FORM_KINDS)[number];

/** Resolved anywhere: there are pages at these addresses. */
const BY_PAGES: readonly FormKind[] = ['number', 'latest'];
const BY_PREFIX: readonly FormKind[] = [...BY_PAGES, 'identifier', 'lower-case'];

const ANSWERED: Record<Host, readonly FormKind[]> = {
  local: FORM_KINDS,
  'github-pages': BY_PAGES,
  's3-website': [...BY_PREFIX, 'encoded-slash'],
  netlify: BY_PREFIX,
  cloudflare: [...BY_PREFIX, 'at'],
  nginx: [...BY_PREFIX, 'at', 'encoded-slash', 'any-case'],
};

/**
 * The spellings that a host with its generated rules resolves without a script. For an unknown host only what
 * pages cover is assumed. Rule files need the root of a host name.
 */
export function answeredForms(host: Host | undefined, atRoot = true): readonly FormKind[] {
  if (host === undefined || (!atRoot && host !== 'local')) return BY_PAGES;
  return ANSWERED[host];
}

/** An example of a spelling, to be appended to the site's address; `version` if the form has one. */
export function exampleOfForm(
  kind: FormKind,
  prefix: string,
  number: DandisetNumber,
  version: string,
): string {
  const examples: Record<FormKind, string> = {
    number,
    latest: `dandiset/${number}/latest/`,
    identifier: `${prefix}:${number}/${version}`,
    'lower-case': `${prefix.toLowerCase()}:${number}/${version}`,
    at: `${prefix}:${number}@${version}`,
    'encoded-slash': `${prefix}:${number}%2F${version}`,
    'any-case': `${prefix.slice(0, 1)}${prefix.slice(1).toLowerCase()}:${number}/${version}`,
    unpadded: `${prefix}:${Number(number)}/${version}`,
  };
  return examples[kind];
}
