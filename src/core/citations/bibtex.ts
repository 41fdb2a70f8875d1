// BibTeX with the entry type of biblatex, in UTF-8. Nothing is transliterated.

import type { CitableRecord } from '../metadata/citable-record.ts';
import { creatorName, familyOf, type CreatorName } from './creator-name.ts';
import { isoDate, noteOf, referenceOf } from './reference.ts';

// Every reader counts braces, even after a backslash: they must be written as commands.
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\textbackslash{}'],
  ['{', '\\textbraceleft{}'],
  ['}', '\\textbraceright{}'],
  ['~', '\\textasciitilde{}'],
  ['^', '\\textasciicircum{}'],
  ...[...'$&#_%'].map((mark): [string, string] => [mark, `\\${mark}`]),
]);

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

function escaped(text: string): string {
  return text.replace(/[\\{}~^$&#_%]/g, (mark) => ESCAPES.get(mark) ?? mark);
}

/** Words with inner capitals or digits keep their form in styles that change the case of titles. */
function titleValue(title: string): string {
  return title
    .split(' ')
    .map((word) => {
      const keeps = /[\p{L}\p{N}].*\p{Lu}|\p{N}/u.test(word);
      return keeps ? `{${escaped(word)}}` : escaped(word);
    })
    .join(' ');
}

function nameValue(name: CreatorName): string {
  if ('literal' in name) return `{${escaped(name.literal)}}`;
  const parts = [familyOf(name), name.suffix, name.given].filter((part) => part !== undefined);
  // "and" separates names, so a name that contains the word is braced.
  return parts
    .map((part) => (/\band\b/i.test(part) ? `{${escaped(part)}}` : escaped(part)))
    .join(', ');
}

/** Addresses are written as they are, except for braces, which might not balance. */
function verbatim(address: string): string {
  return address.replaceAll('{', '%7B').replaceAll('}', '%7D').replaceAll('\\', '%5C');
}

/** `dandi_000004_0_220126_1852`. */
export function citationKey({ identifier, version }: CitableRecord): string {
  return `${identifier}_${version}`.toLowerCase().replace(/[^a-z0-9]+/g, '_');
}

/** One `@dataset` entry. */
export function bibtex(facts: CitableRecord): string {
  const { title, version, publisher, date, doi, link } = referenceOf(facts);
  const fields: [name: string, value: string][] = [];
  const add = (name: string, text: string): void => {
    if (text !== '') fields.push([name, `{${text}}`]);
  };
  add('author', facts.creators.map((one) => nameValue(creatorName(one))).join(' and '));
  add('title', titleValue(title));
  if (date !== undefined) {
    add('date', isoDate(date));
    add('year', String(date.year));
    // A bare word: styles know the months by these names.
    const month = date.month === undefined ? undefined : MONTHS[date.month - 1];
    if (month !== undefined) fields.push(['month', month]);
  }
  add('version', escaped(version));
  add('publisher', escaped(publisher));
  add('doi', verbatim(doi ?? ''));
  add('url', verbatim(link));
  add('abstract', escaped(facts.description));
  add(
    'keywords',
    facts.keywords.map((keyword) => escaped(keyword.replaceAll(',', ' '))).join(', '),
  );
  add('note', escaped(noteOf(facts)));
  const lines = fields.map(([name, value]) => `  ${name} = ${value},`);
  return `@dataset{${citationKey(facts)},\n${lines.join('\n')}\n}\n`;
}
