// Harvard as in "Cite Them Right", the form that British universities teach.

import type { CitableRecord } from '../metadata/citable-record.ts';
import { type CreatorName, familyOf, initials, joinNames, styledName } from './creator-name.ts';
import { closed, quotedWithin, referenceOf, withRemark } from './reference.ts';

/** With more creators than this, only the first is named. */
const MOST_NAMES = 3;

function harvardName(name: CreatorName): string {
  if ('literal' in name) return name.literal;
  const given = initials(name.given, { dot: '.', hyphen: '-', blank: '' });
  return [familyOf(name), given, name.suffix].filter(Boolean).join(', ');
}

function harvardNames({ creators }: CitableRecord): string {
  const names = creators.map((creator) => harvardName(styledName(creator)));
  if (names.length > MOST_NAMES) return `${names[0]} et al.`;
  return joinNames(names, { two: ' and ', last: ' and ' });
}

/** `Kang, D. and Li, W. (2022) ‘Title’. Version 0.220126.1852. DANDI Archive. Available at: https://….` */
export function harvard(facts: CitableRecord): string {
  const reference = referenceOf(facts);
  const people = harvardNames(facts);
  const year = `(${reference.date?.year ?? 'no date'})`;
  const title = `‘${quotedWithin(reference.title, '“', '”')}’`;
  const start = people === '' ? `${title} ${year}.` : closed(`${people} ${year} ${title}`);
  const parts = [
    start,
    `Version ${reference.version}.`,
    `${reference.publisher}.`,
    `Available at: ${reference.link}.`,
  ];
  return withRemark(parts.join(' '), reference);
}
