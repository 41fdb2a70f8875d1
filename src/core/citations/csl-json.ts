// CSL-JSON, which Zotero, pandoc and citeproc read: https://citationstyles.org/

import type { CitableRecord } from '../metadata/citable-record.ts';
import { citationKey } from './bibtex.ts';
import { creatorName, type CreatorName } from './creator-name.ts';
import { noteOf, referenceOf } from './reference.ts';

type CslName =
  | { literal: string }
  | { family: string; given?: string; 'non-dropping-particle'?: string; suffix?: string };

export interface CslItem {
  id: string;
  type: 'dataset';
  title: string;
  author?: CslName[];
  issued?: { 'date-parts': number[][] };
  version: string;
  publisher: string;
  DOI?: string;
  URL: string;
  abstract?: string;
  keyword?: string;
  note: string;
}

function cslName(name: CreatorName): CslName {
  if ('literal' in name) return name;
  const { family, given, particle, suffix } = name;
  const result: CslName = { family };
  if (given !== undefined) result.given = given;
  if (particle !== undefined) result['non-dropping-particle'] = particle;
  if (suffix !== undefined) result.suffix = suffix;
  return result;
}

/** The version as an item of CSL. */
export function cslItem(facts: CitableRecord): CslItem {
  const { title, version, publisher, date, doi, link } = referenceOf(facts);
  const author = facts.creators.map((one) => cslName(creatorName(one)));
  const parts = [date?.year, date?.month, date?.day].filter((part) => part !== undefined);
  return {
    id: citationKey(facts),
    type: 'dataset',
    title,
    ...(author.length === 0 ? {} : { author }),
    ...(parts.length === 0 ? {} : { issued: { 'date-parts': [parts] } }),
    version,
    publisher,
    ...(doi === undefined ? {} : { DOI: doi }),
    URL: link,
    ...(facts.description === '' ? {} : { abstract: facts.description }),
    ...(facts.keywords.length === 0 ? {} : { keyword: facts.keywords.join(', ') }),
    note: noteOf(facts),
  };
}

/** A list of one item, as programs expect it. */
export function cslJson(facts: CitableRecord): string {
  return `${JSON.stringify([cslItem(facts)], null, 2)}\n`;
}
