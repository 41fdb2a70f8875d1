// APA, 7th edition: https://apastyle.apa.org/style-grammar-guidelines/references/examples

import type { CitableRecord } from '../metadata/citable-record.ts';
import {
  styledName,
  familyOf,
  initials,
  isInverted,
  joinNames,
  type CreatorName,
} from './creator-name.ts';
import { closed, referenceOf, withRemark } from './reference.ts';

/** With more creators than this, the first 19, an ellipsis and the last are named. */
const MOST_NAMES = 20;

function apaName(name: CreatorName): string {
  if ('literal' in name) return name.literal;
  const given = initials(name.given, { dot: '.', hyphen: '-', blank: ' ' });
  return [familyOf(name), given, name.suffix].filter(Boolean).join(', ');
}

function apaNames({ creators }: CitableRecord): string {
  const names = creators.map(styledName);
  const written = names.map(apaName);
  if (names.length > MOST_NAMES) {
    return `${written.slice(0, MOST_NAMES - 1).join(', ')}, … ${written.at(-1)}`;
  }
  return joinNames(written, { two: isInverted(names[0]) ? ', & ' : ' & ', last: ', & ' });
}

/** `Kang, D., & Li, W. (2022). Title (Version 0.220126.1852) [Data set]. DANDI Archive. https://…` */
export function apa(facts: CitableRecord): string {
  const reference = referenceOf(facts);
  const people = apaNames(facts);
  const year = `(${reference.date?.year ?? 'n.d.'}).`;
  const title = `${reference.title} (Version ${reference.version}) [Data set].`;
  const start = people === '' ? [title, year] : [closed(people), year, title];
  return withRemark([...start, `${reference.publisher}.`, reference.link].join(' '), reference);
}
