// Rules about every text and every key in a draft: characters that other programs refuse, and characters in
// names that change the reading direction. What was frozen before these rules stays as it is.

import type { JsonObject, JsonValue } from '../json/json-text.ts';
import { escapePart, placeWords } from '../schema/problem-message.ts';
import { MOST_PLACES } from '../schema/rules/rule.ts';
import type { AssetRule } from './assets/asset-lines.ts';
import { quotePath } from '../text/quote.ts';
import type { Rule, RuleWords } from './rule.ts';
import type { VersionSubject } from './subjects.ts';

/** What is wrong with a text of a field, or with a key; undefined if nothing is. */
interface TextProblems {
  ofText(text: string, field: string): string | undefined;
  ofKey(key: string): string | undefined;
}

interface Place {
  pointer: string;
  message: string;
}

/**
 * The first locations with a problem. A location is named only when it has one, so that depth costs nothing.
 */
function placesIn(record: JsonObject, problems: TextProblems, most: number): Place[] {
  const places: Place[] = [];
  const way: (string | number)[] = [];
  const note = (problem: string | undefined, about = ''): void => {
    if (problem === undefined) return;
    const pointer = way.map((step) => `/${escapePart(String(step))}`).join('');
    places.push({ pointer, message: `${about}${placeWords(pointer)} ${problem}.` });
  };
  // A text in a list belongs to the field of the list.
  const visit = (value: JsonValue, field: string): void => {
    if (places.length >= most) return;
    if (typeof value === 'string') note(problems.ofText(value, field));
    else if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) {
        way.push(index);
        visit(item, field);
        way.pop();
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        note(problems.ofKey(key), 'A key of ');
        way.push(key);
        visit(inner, key);
        way.pop();
      }
    }
  };
  visit(record, '');
  return places.slice(0, most);
}

function versionRule(words: RuleWords, problems: TextProblems): Rule<VersionSubject> {
  return {
    ...words,
    check: ({ record, version }) =>
      version === 'draft' ? placesIn(record, problems, MOST_PLACES) : [],
  };
}

/** One finding per asset, so that one odd file is one entry. */
function assetRule(words: RuleWords, problems: TextProblems): AssetRule {
  return {
    ...words,
    begin: ({ published }) =>
      function* ({ line, asset, value }) {
        if (published || asset === undefined || value === undefined) return;
        for (const { pointer, message } of placesIn(value, problems, 1)) {
          yield { line, pointer, message: `${quotePath(asset.path)}: ${message}` };
        }
      },
  };
}

const fineKey = (): undefined => undefined;

function refusedCharacter(text: string): string | undefined {
  if (text.includes('\0')) return 'holds the character U+0000';
  return text.isWellFormed() ? undefined : 'holds half a character, such as \\ud800';
}

const REFUSED_CHARACTER: TextProblems = { ofText: refusedCharacter, ofKey: refusedCharacter };

const NAMES: ReadonlySet<string> = new Set(['name', 'altName', 'title']);

const TURNED_NAME: TextProblems = {
  ofText(text, field) {
    if (!NAMES.has(field)) return undefined;
    const sign = /\p{Bidi_Control}/u.exec(text)?.[0];
    if (sign === undefined) return undefined;
    const code = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `holds U+${code}, which turns the direction of reading`;
  },
  ofKey: fineKey,
};

const REFUSED = {
  severity: 'error',
  title: 'Characters that every program takes',
  explanation:
    'No text or key of a draft holds U+0000 or half of a character (\\ud800 without its other half): databases and other readers of JSON refuse them.',
  hint: 'Remove the escape, or write the whole character.',
} as const;

const TURNED = {
  severity: 'error',
  title: 'Names that read as they are written',
  explanation:
    'Titles and names of drafts hold none of the unseen signs that turn the direction of reading: with them a name looks like another one.',
  hint: 'Type the name again without the unseen sign; letters of any script keep their own direction.',
} as const;

const OF_DRAFTS = /\p{Bidi_Control}|\\u(?:0000|d[89a-f]|061c|200[ef]|202[a-e]|206[6-9])/iu;

/** Whether the text of a published list may contain what would be reported in a draft with the same list. */
export function mayBreakTextRules(list: string): boolean {
  return OF_DRAFTS.test(list);
}

/** The rules about the texts of a draft's metadata. */
export const TEXT_RULES: readonly Rule<VersionSubject>[] = [
  versionRule({ id: 'character-refused', ...REFUSED }, REFUSED_CHARACTER),
  versionRule({ id: 'bidi-in-name', ...TURNED }, TURNED_NAME),
];

/** The rules about the texts of a draft's assets. */
export const ASSET_TEXT_RULES: readonly AssetRule[] = [
  assetRule({ id: 'asset-character-refused', ...REFUSED }, REFUSED_CHARACTER),
  assetRule({ id: 'asset-bidi-in-name', ...TURNED }, TURNED_NAME),
];
