// Identifiers as people paste them into the form, in the form that the schema requires.

import { parseOrcid } from '../identifiers/orcid.ts';
import { isRorForm, parseRor, rorAddress } from '../identifiers/ror.ts';

/**
 * The identifier of a list in the form that records have: `https://orcid.org/0000-0002-1825-0097` as
 * `0000-0002-1825-0097`, `ror.org/01an7q238` as `https://ror.org/01an7q238`. Anything else stays as it is.
 */
export function pastedIdentifier(list: 'ORCID' | 'ROR', text: string): string {
  if (list === 'ORCID') return parseOrcid(text) ?? text;
  const ror = parseRor(text) ?? text.trim();
  return isRorForm(ror) ? rorAddress(ror) : text;
}
