// The full-text index: one entry a Dandiset, made by Pagefind from the records.

import path from 'node:path';
import { createIndex } from 'pagefind';
import { textMember } from '../core/json/json-text.ts';
import { contributors } from '../core/metadata/people.ts';
import { subjectMatter, textList } from '../core/metadata/descriptions.ts';
import { shownText } from '../core/text/shown-text.ts';
import { readRecord, type Catalog, type DandisetEntry } from './catalog.ts';
import { dandisetRow } from './dandiset-row.ts';

async function searchText(catalog: Catalog, dandiset: DandisetEntry): Promise<string> {
  const { shown } = dandiset;
  const record = await readRecord(catalog, dandiset.number, shown.version);
  const facets = shown.facts.facets.flatMap((value) => [value.label, value.note ?? '']);
  const people = contributors(record).flatMap((one) => [
    one.name,
    ...one.affiliations.map(({ name }) => name),
    one.awardNumber ?? '',
  ]);
  return [
    `Dandiset ${dandiset.identifier} ${dandiset.number}.`,
    shown.facts.name,
    shownText(textMember(record, 'description') ?? ''),
    textList(record, 'keywords').join(', '),
    subjectMatter(record)
      .map(({ name }) => name)
      .join(', '),
    [...new Set(facets)].join(', '),
    [...new Set(people)].join(', '),
  ].join('\n');
}

/** Writes the index of a catalogue into `output/pagefind/`; returns the number of entries. */
export async function writeSearchIndex(catalog: Catalog, output: string): Promise<number> {
  const { index, errors } = await createIndex({ forceLanguage: 'en' });
  if (index === undefined)
    throw new Error(`The search index could not be made: ${errors.join(' ')}`);
  for (const dandiset of catalog.dandisets) {
    const row = dandisetRow(catalog, dandiset);
    const added = await index.addCustomRecord({
      url: `dandiset/${row.number}/`,
      content: await searchText(catalog, dandiset),
      language: 'en',
      meta: {
        title: row.name,
        identifier: row.identifier,
        version: row.version,
        about: [row.species, row.files === '' ? '' : `${row.files} files`, row.bytes]
          .filter(Boolean)
          .join(' · '),
      },
    });
    if (added.errors.length > 0)
      throw new Error(`${row.identifier} could not be indexed: ${added.errors.join(' ')}`);
  }
  await index.writeFiles({ outputPath: path.join(output, 'pagefind') });
  await index.deleteIndex();
  return catalog.dandisets.length;
}
