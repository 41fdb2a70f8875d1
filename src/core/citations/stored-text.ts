// The citation as plain text: the one that was frozen with the version, or the same form for versions that
// have none.

import type { CitableRecord } from '../metadata/citable-record.ts';
import { referenceOf, withRemark } from './reference.ts';

/**
 * `Kang, Di; Li, Wei (2022) Title (Version 0.220126.1852) [Data set]. DANDI Archive. https://…`:
 * DANDI's own form, names as the record writes them. Without creators the title comes first.
 */
export function computedText(facts: CitableRecord): string {
  const reference = referenceOf(facts);
  const year = `(${reference.date?.year ?? 'n.d.'})`;
  const names = facts.creators.map(({ name }) => name).join('; ');
  const start =
    names === '' ? `${reference.title} ${year}.` : `${names} ${year} ${reference.title}`;
  const what = `(Version ${reference.version}) [Data set]. ${reference.publisher}.`;
  return withRemark(`${start} ${what} ${reference.link}`, reference);
}

/** The frozen citation, character by character; `computedText` if a version has none. */
export function storedText(facts: CitableRecord): string {
  return facts.storedCitation ?? computedText(facts);
}

/**
 * The year in the frozen citation if it differs from that of publication, which all other formats give;
 * undefined if they agree or one of them is unknown.
 */
export function divergingYear(facts: CitableRecord): number | undefined {
  const year = referenceOf(facts).date?.year;
  const found = [...(facts.storedCitation ?? '').matchAll(/\((\d{4})\)/g)].map(([, text]) =>
    Number(text),
  );
  // Names come first and contain no year. Without them the title does, which may contain one.
  const stored = facts.creators.length > 0 ? found[0] : found.at(-1);
  return year === undefined || stored === year ? undefined : stored;
}
