// Rules about the files that belong to no Dandiset: archive.json and the vocabularies.

import { listMember, member, textMember, type JsonValue } from '../json/json-text.ts';
import { ARCHIVE_FILE } from '../records/archive.ts';
import { toArchive } from '../records/to-archive.ts';
import { compileSchema } from '../schema/compile-schema.ts';
import { explainProblems } from '../schema/explain-problems.ts';
import type { CompiledSchema } from '../schema/json-schema.ts';
import { VOCABULARY_SCHEMA } from '../vocabulary/vocabulary-schema.ts';
import { quote } from '../text/quote.ts';
import type { Rule } from './rule.ts';

/** archive.json as found: its parsed value, or that it does not exist. */
export interface SettingsSubject {
  there: boolean;
  /** Undefined if the file cannot be read as JSON. */
  value?: JsonValue;
}

/** A vocabulary file as found. */
export interface VocabularySubject {
  value: JsonValue;
}

/** Settings an archive can run with. */
export const ARCHIVE_SETTINGS: Rule<SettingsSubject> = {
  id: 'archive-settings',
  severity: 'error',
  title: 'Settings of the archive',
  explanation:
    'archive.json names the archive, its identifier prefix, its site, its repository and its stores; nothing else can be checked without it.',
  hint: 'Start from the archive.json of the demo.',
  *check({ there, value }) {
    if (!there) yield { message: `There is no ${ARCHIVE_FILE}.` };
    if (value === undefined) return;
    for (const { message, severity, pointer, keyword, hint } of toArchive(value).problems) {
      yield {
        message,
        severity,
        ...(pointer === undefined ? {} : { pointer }),
        ...(keyword === undefined ? {} : { keyword }),
        ...(hint === undefined ? {} : { hint }),
      };
    }
  },
};

let vocabularySchema: CompiledSchema | undefined;

/** Vocabularies that can be used. */
export const VOCABULARY: Rule<VocabularySubject> = {
  id: 'vocabulary',
  severity: 'error',
  title: 'Vocabularies',
  explanation:
    'A vocabulary is {"terms": […]}; each term has a name and perhaps an identifier, a commonName, and the lists synonyms, searchedAs and includes of at most 200 names each. No name is over 1,000 characters, and no identifier stands for two terms.',
  hint: 'Give the term a "name", or merge it into the term that has its identifier.',
  *check({ value }) {
    if (!Array.isArray(member(value, 'terms'))) {
      yield { message: 'The vocabulary has no list "terms".', pointer: '/terms' };
    }
    vocabularySchema ??= compileSchema(VOCABULARY_SCHEMA);
    for (const { message, pointer } of explainProblems(value, vocabularySchema))
      yield { message, pointer };
    const seen = new Set<string>();
    for (const [index, term] of listMember(value, 'terms').entries()) {
      const pointer = `/terms/${index}`;
      const identifier = textMember(term, 'identifier');
      if ((textMember(term, 'name') ?? '').trim() === '') {
        yield { message: `Term ${index + 1} has no name.`, pointer };
      }
      if (identifier === undefined) continue;
      if (seen.has(identifier)) {
        yield { message: `The identifier ${quote(identifier)} is there twice.`, pointer };
      }
      seen.add(identifier);
    }
  },
};
