// Names of persons as records have them ("Family, Given"), split for citations.

import { normalForm } from '../text/normal-form.ts';
import { shownLine } from '../text/shown-text.ts';

export interface PersonName {
  family: string;
  given?: string;
  /** `van der` in "van der Kouwe": goes before the family name, does not count for its order. */
  particle?: string;
  suffix?: string;
}

// Lower-case words that some records put after the given name: "Kouwe, Andre van der".
const PARTICLES = new Set(
  'af da de del della den der di dos du la le ten ter van von zu'.split(' '),
);

/**
 * The parts of "Family, Given" or "Family, Given, Suffix"; undefined for a name without a comma, which is
 * then left as it is. Trailing particles of the given part move before the family name, but only if another
 * given name remains: "Kang, Di" stays.
 */
export function parsePersonName(text: string): PersonName | undefined {
  const name = normalForm(shownLine(text, 300), 'NFC');
  const [family = '', given = '', ...rest] = name.split(',').map((part) => part.trim());
  if (family === '' || given === '') return undefined;
  const words = given.split(' ');
  let kept = words.length;
  while (kept > 1 && PARTICLES.has(words[kept - 1] ?? '')) kept -= 1;
  const result: PersonName = { family, given: words.slice(0, kept).join(' ') };
  if (kept < words.length) result.particle = words.slice(kept).join(' ');
  const suffix = rest.join(', ').trim();
  if (suffix !== '') result.suffix = suffix;
  return result;
}
