// Vancouver, after "Citing Medicine" of the National Library of Medicine.

import type { CitableRecord } from '../metadata/citable-record.ts';
import { type CreatorName, familyOf, initials, styledName } from './creator-name.ts';
import { closed, referenceOf, withRemark } from './reference.ts';

/** With more creators than this, the first six are named. */
const MOST_NAMES = 6;

function vancouverName(name: CreatorName): string {
  if ('literal' in name) return name.literal;
  const given = initials(name.given, { dot: '', hyphen: '', blank: '' });
  return [familyOf(name), given, name.suffix?.replaceAll('.', '')].filter(Boolean).join(' ');
}

/** `Kang D, Li W. Title [dataset]. Version 0.220126.1852. DANDI Archive; 2022. Available from: https://…` */
export function vancouver(facts: CitableRecord): string {
  const reference = referenceOf(facts);
  const names = facts.creators.slice(0, MOST_NAMES).map((one) => vancouverName(styledName(one)));
  if (facts.creators.length > MOST_NAMES) names.push('et al.');
  const year = reference.date === undefined ? '' : `; ${reference.date.year}`;
  const parts = [
    ...(names.length === 0 ? [] : [closed(names.join(', '))]),
    `${reference.title} [dataset].`,
    `Version ${reference.version}.`,
    `${reference.publisher}${year}.`,
    `Available from: ${reference.link}`,
  ];
  return withRemark(parts.join(' '), reference);
}
