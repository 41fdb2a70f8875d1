// Where our citations and those of citeproc differ, each with its reason and how often it happens.

import { citationFormat } from '../../src/core/citations/index.ts';
import type { CitableRecord } from '../../src/core/metadata/citable-record.ts';

/** A version's citation in one format. */
export function write(id: string, facts: CitableRecord): string {
  const format = citationFormat(id);
  if (format === undefined) throw new Error(`There is no format ${id}.`);
  return format.write(facts);
}

/** Where ours differs from citeproc: what citeproc's text becomes, and how often. */
export interface Difference {
  reason: string;
  styles: string[];
  rewrite: (text: string, facts: CitableRecord) => string;
  /** How many texts of the corpus it touches, over all styles. */
  corpus: number;
}

export const DIFFERENCES: Difference[] = [
  {
    reason: 'APA 7 and the frozen citation of DANDI say "[Data set]"',
    styles: ['apa'],
    rewrite: (text) => text.replace(' [Dataset]', ' [Data set]'),
    corpus: 164,
  },
  {
    reason: 'without creators the label of APA stays with the title, before the year',
    styles: ['apa'],
    rewrite: (text, { creators }) =>
      creators.length > 0 ? text : text.replace(/\. (\(\d{4}\)\.) (\[Data set\]\.)/, ' $2 $1'),
    corpus: 2,
  },
  {
    reason: '"Retrieved" has a meaning only with the date of retrieval, which a file cannot know',
    styles: ['apa'],
    rewrite: (text) => text.replace(' Retrieved https:', ' https:'),
    corpus: 0,
  },
  {
    reason:
      'two names are parted by a comma after an inverted one, also if the second is no person',
    styles: ['apa', 'chicago'],
    rewrite: (text, { creators: [first, second, third] }) =>
      third === undefined &&
      second !== undefined &&
      second.parts === undefined &&
      text.startsWith(`${first?.parts?.family},`)
        ? text.replace(/(?<!,)( & | and )/, ',$1')
        : text,
    corpus: 10,
  },
  {
    reason: 'NLM calls it a dataset; the style of CSL knows only the medium, the Internet',
    styles: ['vancouver'],
    rewrite: (text) => text.replace('[Internet]', '[dataset]'),
    corpus: 164,
  },
  {
    reason: 'the DOI is said once, as an address',
    styles: ['vancouver'],
    rewrite: (text) => text.replace(/ doi:10\.\S+$/, ''),
    corpus: 158,
  },
  {
    reason: 'a citation of data names the version; these styles of CSL leave it out',
    styles: ['vancouver', 'harvard', 'ieee'],
    rewrite: (text, { version }) => text.replace(/ (?=DANDI Archive)/, ` Version ${version}. `),
    corpus: 492,
  },
  {
    reason: 'titles keep the capitals of the record: headline style would spoil symbols and names',
    styles: ['chicago'],
    rewrite: (text, facts) => {
      const title = write('chicago', facts).match(/“.*”/)?.[0] ?? '';
      const at = text.toLowerCase().indexOf(title.toLowerCase());
      return at < 0 ? text : text.slice(0, at) + title + text.slice(at + title.length);
    },
    corpus: 116,
  },
  {
    reason: 'IEEE writes out June and July, shortens to Sept., and days have no zero before them',
    styles: ['ieee'],
    rewrite: (text) =>
      text.replace(
        /, (\w{3})\.? (\d\d), (\d{4})\. /,
        (_, month: string, day: string, year: string) => {
          const words: Record<string, string> = {
            Jun: 'June',
            Jul: 'July',
            Sep: 'Sept.',
            May: 'May',
          };
          return `, ${words[month] ?? `${month}.`} ${Number(day)}, ${year}. `;
        },
      ),
    corpus: 73,
  },
  {
    reason: 'apostrophes stay as the record has them',
    styles: ['apa', 'vancouver', 'chicago', 'harvard', 'ieee'],
    rewrite: (text, { title, creators }) =>
      [title, ...creators.map(({ name }) => name)].some((one) => one.includes("'"))
        ? text.replace(/(?<=\p{L})’(?=\p{L})/gu, "'")
        : text,
    corpus: 5,
  },
];

export const STYLES = [
  { id: 'apa', style: 'apa', locale: 'en-US' },
  { id: 'vancouver', style: 'nlm-citation-sequence', locale: 'en-US' },
  { id: 'chicago', style: 'chicago-author-date', locale: 'en-US' },
  { id: 'harvard', style: 'harvard-cite-them-right', locale: 'en-GB' },
  { id: 'ieee', style: 'ieee', locale: 'en-US' },
];
