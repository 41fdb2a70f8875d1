// Which terms of the vocabularies a text is about, whatever name it uses. A search for any name of a term then
// finds the text.

import { foldedWords, foldText } from '../text/fold.ts';
import { nameKey, singular } from './name-key.ts';
import type { Term } from './vocabulary.ts';

// A vocabulary is anybody's pull request: longer names are never read.
const MOST_WORDS = 8;
const MOST_CHARACTERS = 80;
/** A name of more terms says little. */
const MOST_TERMS = 50;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** `NCBITaxon_10090`, `UBERON:0002421`, `nwb:Units`. */
const IDENTIFIER = /^(?:https?:\/\/\S*\/)?([a-z]+[:_]\w+)$/i;

interface ReadName {
  term: number;
  /** How it must be written if it is an acronym: `V1` is a place in the brain, `v1` a version. */
  capitals: string | undefined;
}

function identifierKey(text: string): string | undefined {
  return IDENTIFIER.exec(text.trim())?.[1]?.replace(':', '_').toLowerCase();
}

function capitalsOf(name: string): string | undefined {
  const letters = name.replace(/[^\p{L}\p{N}]/gu, '');
  return letters.length <= 5 && /\p{Lu}/u.test(letters) && letters === letters.toUpperCase()
    ? letters
    : undefined;
}

/** The words of a name that can be read; none if it is too long. */
function wordsOfName(name: string): string[] {
  const words = name.length > MOST_CHARACTERS ? [] : foldedWords(name);
  return words.length > MOST_WORDS ? [] : words;
}

/** The names by which people search for a term, those they know best first. */
function searchedNames({ name, commonName, synonyms, searchedAs = [] }: Term): string[] {
  const names = [...(commonName === undefined ? [] : [commonName]), name, ...synonyms];
  const byKey = new Map<string, string>();
  // `Mus musculus - House mouse` is how records write two names.
  for (const one of [...names, ...searchedAs].flatMap((name) => name.split(/ - |; /))) {
    const key = wordsOfName(one).join('');
    if (key !== '' && !byKey.has(key)) byKey.set(key, one);
  }
  return [...byKey.values()];
}

/** Reads names and identifiers of terms in texts. */
export class NameReader {
  private readonly searched: readonly (readonly string[])[];
  private readonly names = new Map<string, ReadName[]>();
  private readonly identifiers = new Map<string, number[]>();
  /** The wider terms of each term. */
  private readonly wider: number[][];
  private mostWords = 1;

  constructor(terms: readonly Term[]) {
    this.searched = terms.map(searchedNames);
    this.wider = terms.map(() => []);
    terms.forEach(({ identifier, name, commonName = '', synonyms }, term) => {
      for (const one of [name, commonName, ...synonyms]) this.addName(one, term);
      if (identifier !== undefined) this.addIdentifier(identifier, term);
    });
    // A kind that is a term itself brings all of its names along.
    const own = new Map([...this.names].map(([key, known]) => [key, [...known]]));
    terms.forEach(({ includes = [] }, term) => {
      for (const kind of includes) {
        if (this.addIdentifier(kind, term)) continue;
        for (const narrower of own.get(nameKey(wordsOfName(kind))) ?? [])
          this.wider[narrower.term]?.push(term);
        this.addName(kind, term);
      }
    });
  }

  private addName(name: string, term: number): void {
    const words = wordsOfName(name);
    if (words.length === 0) return;
    const key = nameKey(words);
    this.mostWords = Math.max(this.mostWords, words.length);
    const known = this.names.get(key) ?? [];
    if (known.length < MOST_TERMS) known.push({ term, capitals: capitalsOf(name) });
    this.names.set(key, known);
  }

  private addIdentifier(text: string, term: number): boolean {
    const key = identifierKey(text);
    if (key === undefined) return false;
    this.identifiers.set(key, [...(this.identifiers.get(key) ?? []), term]);
    return true;
  }

  private addWithWider(first: number, found: Set<number>): void {
    const waiting = [first];
    for (let term = waiting.pop(); term !== undefined; term = waiting.pop()) {
      if (found.has(term)) continue;
      found.add(term);
      for (const wider of this.wider[term] ?? []) waiting.push(wider);
    }
  }

  private readLine(line: string, found: Set<number>): void {
    const written = line.match(WORD) ?? [];
    const words = written.map(foldText);
    words.forEach((_, start) => {
      let [before, raw] = ['', ''];
      for (let end = start; end < Math.min(words.length, start + this.mostWords); end += 1) {
        const [word = '', as = ''] = [words[end], written[end]];
        for (const { term, capitals } of this.names.get(before + singular(word)) ?? []) {
          const isWritten = capitals === undefined || (raw + as).replace(/s$/, '') === capitals;
          if (isWritten) this.addWithWider(term, found);
        }
        before += word;
        raw += as;
      }
    });
  }

  /** The names of each term that lines of text name, or that identifiers belong to. */
  of(lines: readonly string[], identifiers: readonly string[]): (readonly string[])[] {
    const found = new Set<number>();
    for (const line of lines) this.readLine(line, found);
    for (const one of identifiers) {
      const key = identifierKey(one);
      for (const term of this.identifiers.get(key ?? '') ?? []) this.addWithWider(term, found);
    }
    return [...found].sort((a, b) => a - b).map((term) => this.searched[term] ?? []);
  }
}
