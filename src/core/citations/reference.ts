// What all citation formats have in common besides the creators, decided once.

import { doiAddress } from '../identifiers/doi.ts';
import type { CitableRecord } from '../metadata/citable-record.ts';
import { publisherOf } from '../metadata/publisher.ts';
import { normalForm } from '../text/normal-form.ts';

export interface Reference {
  title: string;
  version: string;
  publisher: string;
  /** The day of publication as far as the record gives it; else the year alone, or nothing. */
  date: { year: number; month?: number; day?: number } | undefined;
  doi: string | undefined;
  /**
   * The DOI as an address; else the page of the version, or for a copy its page at the archive it is from.
   */
  link: string;
  /** What a reader must know about a version that cannot be cited, or whose files are gone. */
  remark: string | undefined;
}

const REMARKS: Record<CitableRecord['status'], string | undefined> = {
  draft: 'Draft, not citable: it can change at any time.',
  published: undefined,
  withdrawn: 'This version was withdrawn.',
};

function publicationDate(facts: CitableRecord): Reference['date'] {
  // The date of creation, which a draft or a broken record has instead, is not a date of publication.
  if (facts.published === undefined || facts.year === undefined) return undefined;
  const [, year = '', month = '', day = ''] =
    /^(\d{4})-(\d{2})(?:-(\d{2}))?/.exec(facts.published.trim()) ?? [];
  if (year === '') return undefined;
  const isMonth = Number(month) >= 1 && Number(month) <= 12;
  const isDay = Number(day) >= 1 && Number(day) <= 31;
  if (!isMonth) return { year: Number(year) };
  return isDay
    ? { year: Number(year), month: Number(month), day: Number(day) }
    : { year: Number(year), month: Number(month) };
}

/** The common ground of all formats. One final dot is removed from the title, as styles add their own. */
export function referenceOf(facts: CitableRecord): Reference {
  const doi = facts.status === 'draft' ? undefined : facts.doi;
  return {
    title: normalForm(facts.title.replace(/(?<!\.)\.$/, ''), 'NFC'),
    version: facts.version,
    publisher: publisherOf(facts).name,
    date: publicationDate(facts),
    doi,
    link: doi === undefined ? (facts.originalUrl ?? facts.url) : doiAddress(doi),
    remark: REMARKS[facts.status],
  };
}

/** `2022-01-26`, `2022-01`, `2022`. */
export function isoDate({ year, month, day }: NonNullable<Reference['date']>): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  const parts = [String(year).padStart(4, '0')];
  if (month !== undefined) parts.push(two(month));
  if (month !== undefined && day !== undefined) parts.push(two(day));
  return parts.join('-');
}

/** A title for a style that puts it between quotation marks: its own double ones become those given. */
export function quotedWithin(title: string, open: string, close: string): string {
  return title
    .replace(/(^|[\s([{\u2013\u2014-])"/gu, `$1${open}`)
    .replaceAll('\u201c', open)
    .replace(/["\u201d]/g, close);
}

/** `“Title.”`: between double marks, with its full stop inside. */
export function quotedSentence(title: string): string {
  return `“${closed(quotedWithin(title, '‘', '’'))}”`;
}

/** The text with a full stop, unless it ends in a mark that closes a sentence. */
export function closed(text: string): string {
  return /[.?!\u2026]["\u2019\u201d]?$/u.test(text) ? text : `${text}.`;
}

/** A finished citation followed by the remark of a draft or a withdrawn version. */
export function withRemark(text: string, { remark }: Reference): string {
  return remark === undefined ? text : `${text} [${remark}]`;
}

/** What else lists of references say of the version: its identifier, and a remark. */
export function noteOf(facts: CitableRecord): string {
  const { remark } = referenceOf(facts);
  const { rrid } = publisherOf(facts);
  return [`${facts.identifier}/${facts.version}`, rrid, remark]
    .filter((part) => part !== undefined)
    .join('; ');
}
