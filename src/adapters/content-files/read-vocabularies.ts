// The vocabularies of an archive: its own files, and the program's for names it does not have.

import { parseJson, type JsonValue } from '../../core/json/json-text.ts';
import { contentPlace } from '../../core/records/layout.ts';
import { PROGRAM_VOCABULARIES } from '../../core/vocabulary/program-vocabularies.ts';
import { toVocabulary, type Vocabulary } from '../../core/vocabulary/vocabulary.ts';
import { readText, type ContentTree } from './content-tree.ts';

/** The values of an archive's vocabularies by name; a file that cannot be read counts as absent. */
export async function readVocabularyValues(tree: ContentTree): Promise<Map<string, JsonValue>> {
  const values = new Map(PROGRAM_VOCABULARIES);
  for (const { path } of await tree.list('vocabularies')) {
    const place = contentPlace(path);
    if (place.kind !== 'vocabulary') continue;
    const parsed = parseJson((await readText(tree, path)) ?? '');
    if (parsed.ok) values.set(place.name, parsed.value);
  }
  return values;
}

/** The vocabularies of an archive by name, as `readVocabularyValues` finds them. */
export async function readVocabularies(tree: ContentTree): Promise<Map<string, Vocabulary>> {
  const values = await readVocabularyValues(tree);
  return new Map([...values].map(([name, value]) => [name, toVocabulary(value)]));
}
