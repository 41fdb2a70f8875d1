// IEEE reference guide.

import type { CitableRecord } from '../metadata/citable-record.ts';
import { type CreatorName, familyOf, initials, joinNames, styledName } from './creator-name.ts';
import { quotedSentence, referenceOf, withRemark, type Reference } from './reference.ts';

/** With more creators than this, only the first is named. */
const MOST_NAMES = 6;

const MONTHS = 'Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.'.split(' ');

function ieeeName(name: CreatorName): string {
  if ('literal' in name) return name.literal;
  const given = initials(name.given, { dot: '.', hyphen: '-', blank: ' ' });
  return [given, familyOf(name), name.suffix].filter(Boolean).join(' ');
}

function ieeeNames({ creators }: CitableRecord): string {
  const names = creators.map((creator) => ieeeName(styledName(creator)));
  if (names.length > MOST_NAMES) return `${names[0]} et al.`;
  return joinNames(names, { two: ' and ', last: ', and ' });
}

function ieeeDate(date: Reference['date']): string {
  if (date === undefined) return '';
  if (date.month === undefined) return `, ${date.year}`;
  const day = date.day === undefined ? '' : ` ${date.day},`;
  return `, ${MONTHS[date.month - 1]}${day} ${date.year}`;
}

/** `D. Kang and W. Li, “Title.” Version 0.220126.1852. DANDI Archive, Jan. 26, 2022. doi: 10.….` */
export function ieee(facts: CitableRecord): string {
  const reference = referenceOf(facts);
  const people = ieeeNames(facts);
  const parts = [
    ...(people === '' ? [] : [`${people},`]),
    quotedSentence(reference.title),
    `Version ${reference.version}.`,
    `${reference.publisher}${ieeeDate(reference.date)}.`,
    reference.doi === undefined
      ? `[Online]. Available: ${reference.link}`
      : `doi: ${reference.doi}.`,
  ];
  return withRemark(parts.join(' '), reference);
}
