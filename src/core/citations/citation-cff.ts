// CITATION.cff, Citation File Format 1.2.0: https://citation-file-format.github.io/

import type { Agent } from '../metadata/agents.ts';
import type { CitableRecord } from '../metadata/citable-record.ts';
import { publisherOf } from '../metadata/publisher.ts';
import { creatorName } from './creator-name.ts';
import { isoDate, referenceOf } from './reference.ts';

// Characters that YAML does not accept as they are, though JSON does.
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;
const DOI = /^10\.\d{4,9}(?:\.\d+)?\/[\w:/;.()[\]\\-]+$/;
// The format has a closed list of licences. Those of Creative Commons are all in it.
const KNOWN_LICENCE = /^CC(?:0-1\.0|-BY(?:-NC)?(?:-SA|-ND)?-[1-4]\.0)$/;

type Entry = [key: string, value: string];

/** Always between quotation marks: no text of a record can then be anything but text. */
function yamlText(text: string): string {
  return JSON.stringify(text.replace(/\p{Surrogate}/gu, '\ufffd')).replace(
    UNPRINTABLE,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function yamlEntries(entries: readonly Entry[], indent: string): string[] {
  return entries.map(([key, value]) => `${indent}${key}: ${yamlText(value)}`);
}

function yamlList(key: string, items: readonly Entry[][]): string[] {
  if (items.length === 0) return [];
  return [
    `${key}:`,
    ...items.flatMap((item) => {
      const [first = '', ...rest] = yamlEntries(item, '    ');
      return [first.replace('    ', '  - '), ...rest];
    }),
  ];
}

function authorEntries(creator: Agent): Entry[] {
  const name = creatorName(creator);
  const entries: Entry[] = [];
  if ('literal' in name) {
    entries.push(['name', name.literal]);
  } else {
    entries.push(['family-names', name.family]);
    if (name.given !== undefined) entries.push(['given-names', name.given]);
    if (name.particle !== undefined) entries.push(['name-particle', name.particle]);
    if (name.suffix !== undefined) entries.push(['name-suffix', name.suffix]);
    const affiliation = creator.affiliations.map((one) => one.name).join('; ');
    if (affiliation !== '') entries.push(['affiliation', affiliation]);
  }
  if (creator.orcid !== undefined) entries.push(['orcid', `https://orcid.org/${creator.orcid}`]);
  if (creator.ror !== undefined) entries.push(['website', `https://ror.org/${creator.ror}`]);
  return entries;
}

function licenceEntries({ licences }: CitableRecord): Entry[] {
  const [licence] = licences;
  // Several licences would mean "any of them" here, which a record does not say.
  if (licence === undefined || licences.length > 1) return [];
  if (KNOWN_LICENCE.test(licence.id)) return [['license', licence.id]];
  return licence.href === undefined ? [] : [['license-url', licence.href]];
}

/** The format forbids naming anybody twice; some records do. */
function withoutRepeats(authors: readonly Entry[][]): Entry[][] {
  return [...new Map(authors.map((author) => [JSON.stringify(author), author])).values()];
}

/** The whole file. The format demands an author; if nobody is to be cited it is "anonymous". */
export function citationCff(facts: CitableRecord): string {
  const { title, version, date, doi, link, remark } = referenceOf(facts);
  const { name: publisher } = publisherOf(facts);
  const authors = withoutRepeats(facts.creators.map(authorEntries));
  const message = 'If you use this dataset, please cite it by these metadata.';
  const identifiers: Entry[][] = [
    [
      ['type', 'other'],
      ['value', `${facts.identifier}/${version}`],
      ['description', `Identifier in ${publisher}`],
    ],
  ];
  const head: Entry[] = [
    ['cff-version', '1.2.0'],
    ['message', remark === undefined ? message : `${remark} ${message}`],
    ['type', 'dataset'],
    ['title', title],
    ['version', version],
  ];
  if (date?.day !== undefined) head.push(['date-released', isoDate(date)]);
  if (doi !== undefined && DOI.test(doi)) head.push(['doi', doi]);
  head.push(['url', link], ...licenceEntries(facts));
  if (facts.description !== '') head.push(['abstract', facts.description]);
  const keywords = [...new Set(facts.keywords)].map((keyword) => `  - ${yamlText(keyword)}`);
  const lines = [
    ...yamlEntries(head, ''),
    ...yamlList('authors', authors.length === 0 ? [[['name', 'anonymous']]] : authors),
    ...yamlList('identifiers', identifiers),
    ...(keywords.length === 0 ? [] : ['keywords:', ...keywords]),
  ];
  return `${lines.join('\n')}\n`;
}
