// Two sentences for a paper that used the data.

import type { CitableRecord } from '../metadata/citable-record.ts';
import { publisherOf } from '../metadata/publisher.ts';
import { shortNames } from './creator-name.ts';
import { quotedWithin, referenceOf } from './reference.ts';

/** `DANDI Archive (RRID:SCR_017571)`. */
function archiveName(facts: CitableRecord): string {
  const { name, rrid } = publisherOf(facts);
  return rrid === undefined ? name : `${name} (${rrid})`;
}

function licenceWords({ licences }: CitableRecord): string {
  if (licences.length === 0) return '';
  // The record does not say whether several licences apply together or as alternatives.
  const names = licences.map(({ name }) => name).join('; ');
  return ` (${licences.length === 1 ? 'licence' : 'licences'}: ${names})`;
}

/** For the section on data availability: where the data are, under which name and licence. */
export function dataAvailability(facts: CitableRecord): string {
  const { version, link, remark } = referenceOf(facts);
  const verb = facts.status === 'withdrawn' ? 'were' : 'are';
  const sentence = `The data ${verb} available from ${archiveName(facts)} as ${facts.identifier}, version ${version}${licenceWords(facts)}: ${link}.`;
  return remark === undefined ? sentence : `${sentence} ${remark}`;
}

/** For the section on methods: which data were used. */
export function methods(facts: CitableRecord): string {
  const { title, version, link, date, remark } = referenceOf(facts);
  const names = shortNames(facts.creators);
  const who = names === '' ? '' : `${names}, ${date?.year ?? 'n.d.'}; `;
  const sentence = `We used the dataset “${quotedWithin(title, '‘', '’')}” (${who}${facts.identifier}, version ${version}) from ${archiveName(facts)}: ${link}.`;
  return remark === undefined ? sentence : `${sentence} ${remark}`;
}
