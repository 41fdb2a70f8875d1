// Vocabularies are data: content/vocabularies/<name>.json, `{"terms": [{identifier?, name, …}]}`.
// A new term is a pull request that touches one of these files.

import { listMember, textMember, type JsonValue } from '../json/json-text.ts';
import { normalForm } from '../text/normal-form.ts';

/** The most characters in the name of a term; a longer one is never matched. */
export const MAX_TERM_LENGTH = 1000;

export interface Term {
  /** Address or CURIE that identifies the thing: `http://purl.obolibrary.org/obo/NCBITaxon_10090`. */
  identifier?: string;
  /** The name pages show: `Mus musculus`. */
  name: string;
  /** The everyday name: `House mouse`. */
  commonName?: string;
  /** Other spellings found in records; each names this term alone. */
  synonyms: string[];
  /** Words that people search for it by, which may mean something else in a text: `worm`. */
  searchedAs?: string[];
  /** Names and identifiers of its kinds: what is about them is found by the names of this term too. */
  includes?: string[];
}

export interface Vocabulary {
  terms: Term[];
  /** The term that an identifier or a spelling refers to; letter case and outer blanks do not count. */
  find(key: string | undefined): Term | undefined;
}

/**
 * What spellings of one term have in common. Accents count: this identifies a term, it does not search for
 * one.
 */
function spellingKey(text: string): string {
  return normalForm(text, 'NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}

function texts(item: JsonValue, list: string): string[] {
  return listMember(item, list).filter((entry) => typeof entry === 'string');
}

/** A vocabulary of a parsed file; entries without a name are left out (the checks name them). */
export function toVocabulary(value: JsonValue): Vocabulary {
  const terms: Term[] = [];
  const bySpelling = new Map<string, Term>();
  for (const item of listMember(value, 'terms')) {
    const name = textMember(item, 'name');
    if (name === undefined) continue;
    const identifier = textMember(item, 'identifier');
    const commonName = textMember(item, 'commonName');
    const term: Term = { name, synonyms: texts(item, 'synonyms') };
    if (identifier !== undefined) term.identifier = identifier;
    if (commonName !== undefined) term.commonName = commonName;
    const [searchedAs, includes] = [texts(item, 'searchedAs'), texts(item, 'includes')];
    if (searchedAs.length > 0) term.searchedAs = searchedAs;
    if (includes.length > 0) term.includes = includes;
    terms.push(term);
    for (const spelling of [identifier, name, commonName, ...term.synonyms]) {
      // A spelling that two terms claim refers to the first: ambiguity never changes a record.
      if (spelling === undefined || spelling.length > MAX_TERM_LENGTH) continue;
      const meant = bySpelling.get(spellingKey(spelling)) ?? term;
      // Also as it is written, which is how nearly all records write it.
      bySpelling.set(spellingKey(spelling), meant).set(spelling, meant);
    }
  }
  return {
    terms,
    find: (key) =>
      key === undefined || key.length > MAX_TERM_LENGTH
        ? undefined
        : (bySpelling.get(key) ?? bySpelling.get(spellingKey(key))),
  };
}

/** A vocabulary without terms, for archives that have no file of that name. */
export const EMPTY_VOCABULARY: Vocabulary = toVocabulary({});
