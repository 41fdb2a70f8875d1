// Names of creators as citation styles write them.

import type { Agent } from '../metadata/agents.ts';
import type { PersonName } from '../metadata/person-name.ts';
import { normalForm } from '../text/normal-form.ts';

/** A name in its parts, or one that is left as it is: organisations, persons with one name. */
export type CreatorName = PersonName | { literal: string };

// Names in these scripts are written family name first, without a blank and without initials.
const FAMILY_FIRST = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** The name of a creator, its letters composed (NFC). */
export function creatorName({ name, parts }: Pick<Agent, 'name' | 'parts'>): CreatorName {
  return parts ?? { literal: normalForm(name, 'NFC') };
}

/** The name as lists of references in Latin letters write it. */
export function styledName(creator: Pick<Agent, 'name' | 'parts'>): CreatorName {
  const name = creatorName(creator);
  if ('literal' in name) return name;
  const whole = name.family + (name.given ?? '');
  return FAMILY_FIRST.test(whole) ? { literal: whole } : name;
}

/** `van der Kouwe`. */
export function familyOf({ particle, family }: PersonName): string {
  return particle === undefined ? family : `${particle} ${family}`;
}

function firstLetter(word: string): string {
  return /\p{L}\p{M}*/u.exec(word)?.[0] ?? '';
}

/**
 * The initials of given names: each word gives one, each capital after a hyphen one more. `dot` follows every
 * initial, `hyphen` joins those of a word, `blank` the words.
 */
export function initials(
  given: string | undefined,
  { dot, hyphen, blank }: { dot: string; hyphen: string; blank: string },
): string {
  return (
    (given ?? '')
      // "J.D." contains two names although no blank separates them.
      .split(/\s+|(?<=\.)(?=\p{L})/u)
      .map((word) =>
        word
          // "Szi-chieh" is one name: only a capital after the hyphen begins another.
          .split(/[-\u2010\u2011](?!\p{Ll})/u)
          .map(firstLetter)
          .filter((letter) => letter !== '')
          .map((letter) => letter + dot)
          .join(hyphen),
      )
      .filter((word) => word !== '')
      .join(blank)
  );
}

/** Whether a style that begins with the family name has to invert the name: "Kang, Di". */
export function isInverted(name: CreatorName | undefined): boolean {
  return name !== undefined && !('literal' in name);
}

/** `A`, `A and B`, `A, B, and C`, with the words a style puts before the last name. */
export function joinNames(
  names: readonly string[],
  { two, last }: { two: string; last: string },
): string {
  const before = names.slice(0, -1).join(', ');
  const final = names.at(-1) ?? '';
  if (names.length < 2) return final;
  return before + (names.length === 2 ? two : last) + final;
}

/** The short form used in running text: `Kang`, `Kang and Li`, `Kang et al.`; '' for nobody. */
export function shortNames(creators: readonly Agent[]): string {
  const names = creators.map((creator) => {
    const name = styledName(creator);
    return 'literal' in name ? name.literal : familyOf(name);
  });
  if (names.length > 2) return `${names[0]} et al.`;
  return names.join(' and ');
}
