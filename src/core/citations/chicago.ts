// Chicago, author-date, 18th edition. Titles keep the record's capitals: a machine that sets
// headline capitals would spoil the names and symbols in them.

import type { CitableRecord } from '../metadata/citable-record.ts';
import { type CreatorName, isInverted, joinNames, styledName } from './creator-name.ts';
import { closed, referenceOf, quotedSentence, withRemark } from './reference.ts';

/** With more creators than this, the first three are named. */
const MOST_NAMES = 6;
const FIRST_NAMES = 3;

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

// "Daniel H" is written with the dot of an initial.
function dotted(given: string | undefined): string {
  return (given ?? '').replace(/(^|[\s-])(\p{Lu})(?=$|\s)/gu, '$1$2.');
}

function chicagoName(name: CreatorName, isFirst: boolean): string {
  if ('literal' in name) return name.literal;
  const given = [dotted(name.given), name.particle].filter(Boolean);
  return isFirst
    ? [name.family, given.join(' '), name.suffix].filter(Boolean).join(', ')
    : [...given, name.family, name.suffix].filter(Boolean).join(' ');
}

function chicagoNames({ creators }: CitableRecord): string {
  const shown = creators.length > MOST_NAMES ? creators.slice(0, FIRST_NAMES) : creators;
  const written = shown.map(styledName);
  const names = written.map((name, index) => chicagoName(name, index === 0));
  if (shown.length < creators.length) return `${names.join(', ')}, et al.`;
  const two = isInverted(written[0]) ? ', and ' : ' and ';
  return joinNames(names, { two, last: ', and ' });
}

/** `Kang, Di, and Wei Li. 2022. “Title.” Version 0.220126.1852. DANDI Archive, January 26. https://….` */
export function chicago(facts: CitableRecord): string {
  const reference = referenceOf(facts);
  const { date } = reference;
  const people = chicagoNames(facts);
  const year = `${date?.year ?? 'n.d.'}`;
  const title = quotedSentence(reference.title);
  const month = date?.month === undefined ? undefined : MONTHS[date.month - 1];
  const day = date?.day === undefined ? '' : ` ${date.day}`;
  const start = people === '' ? [title, closed(year)] : [closed(people), closed(year), title];
  const parts = [
    ...start,
    `Version ${reference.version}.`,
    `${reference.publisher}${month === undefined ? '' : `, ${month}${day}`}.`,
    `${reference.link}.`,
  ];
  return withRemark(parts.join(' '), reference);
}
