// Which Dandisets have which word: all words in order, cut into parts of a few kilobytes, so that a
// search reads only the parts its words are in. A word that is not there is known not to be.

import { wordsOf } from './fold.ts';
import type { TermMatches } from './run-search.ts';
import type { SearchDocument } from './search-document.ts';

/** Characters of a part before compression. */
const PART_LENGTH = 12_000;
/** Shorter words are only found whole: everything begins with `a`. */
const SHORTEST_BEGINNING = 3;

/** Rows in order, each with whether the word is among what the Dandiset is about. */
type Postings = [row: number, isMain: boolean][];

// A row is the difference to the one before, doubled, plus one where the word is a main one.
function encodePostings(postings: Postings): string {
  let before = 0;
  return postings
    .map(([row, isMain]) => {
      const code = (row - before) * 2 + Number(isMain);
      before = row;
      return code.toString(36);
    })
    .join(' ');
}

function decodePostings(codes: readonly string[]): Postings {
  let row = 0;
  return codes.map((code) => {
    const value = Number.parseInt(code, 36);
    row += value >> 1;
    return [row, value % 2 === 1];
  });
}

export interface EncodedWords {
  /** The first word of each part. */
  starts: string[];
  /** One word a line with its rows. */
  parts: string[];
  /** All words that may be offered in place of a misspelled one, one a line. */
  spellings: string;
}

/** The words of documents in the order of their rows. */
export function encodeWords(documents: readonly SearchDocument[]): EncodedWords {
  const all = new Map<string, Postings>();
  documents.forEach(({ lines, mainLines }, row) => {
    const main = new Set(wordsOf(lines.slice(0, mainLines).join('\n')));
    const others = new Set(wordsOf(lines.slice(mainLines).join('\n')));
    for (const word of new Set([...main, ...others])) {
      const postings = all.get(word) ?? [];
      postings.push([row, main.has(word)]);
      all.set(word, postings);
    }
  });
  const words = [...all.keys()].sort();
  const encoded: EncodedWords = { starts: [], parts: [], spellings: '' };
  let part = '';
  for (const word of words) {
    if (part === '') encoded.starts.push(word);
    part += `${word} ${encodePostings(all.get(word) ?? [])}\n`;
    if (part.length < PART_LENGTH) continue;
    encoded.parts.push(part);
    part = '';
  }
  if (part !== '') encoded.parts.push(part);
  encoded.spellings = words.filter((word) => /^\D{4,30}$/.test(word)).join('\n');
  return encoded;
}

/** What else a word is looked for as: an English plural also without its s. */
function beginnings(word: string): string[] {
  return /[^sui]s$/.test(word) && word.length > SHORTEST_BEGINNING + 1
    ? [word, word.slice(0, -1)]
    : [word];
}

/** The place of the first of some sorted texts that is not before a word. */
function placeOf(word: string, count: number, at: (place: number) => string): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(middle) < word) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The words of the parts that were read. */
export class WordIndex {
  private readonly starts: readonly string[];
  private readonly rows: number;
  private readonly parts = new Map<number, string[]>();

  /** `starts` are the first words of all parts, `rows` the number of Dandisets. */
  constructor(starts: readonly string[], rows: number) {
    this.starts = starts;
    this.rows = rows;
  }

  /** The parts that must be read before a word is looked for. */
  partsOf(word: string): number[] {
    const parts = new Set<number>();
    for (const beginning of beginnings(word)) {
      const startOf = (place: number): string => this.starts[place] ?? '';
      const first = Math.max(0, placeOf(`${beginning}\0`, this.starts.length, startOf) - 1);
      const last = placeOf(`${beginning}\uffff`, this.starts.length, startOf) - 1;
      for (let part = first; part <= last; part += 1) parts.add(part);
    }
    return [...parts];
  }

  /** Adds a part that was read. */
  add(part: number, text: string): void {
    this.parts.set(part, text.split('\n'));
  }

  private *entries(beginning: string): Generator<[word: string, postings: Postings]> {
    for (const part of this.partsOf(beginning)) {
      const lines = this.parts.get(part) ?? [];
      let place = placeOf(beginning, lines.length - 1, (at) => lines[at] ?? '');
      for (; lines[place]?.startsWith(beginning) === true; place += 1) {
        const [word = '', ...codes] = (lines[place] ?? '').split(' ');
        yield [word, decodePostings(codes)];
      }
    }
  }

  /**
   * The rows that have a word, or one that begins with it. They weigh more where the word is rare,
   * where it is the very word, and where it is among what the Dandiset is about.
   */
  rowsOf(word: string): TermMatches {
    const found = new Map<number, number>();
    for (const beginning of beginnings(word)) {
      for (const [other, postings] of this.entries(beginning)) {
        if (other !== beginning && beginning.length < SHORTEST_BEGINNING) continue;
        const rarity = Math.log(1 + this.rows / postings.length) * (other === word ? 1 : 0.5);
        for (const [row, isMain] of postings)
          found.set(row, Math.max(found.get(row) ?? 0, rarity * (isMain ? 1 : 0.4)));
      }
    }
    return found;
  }

  /** Whether any Dandiset has a word. */
  has(word: string): boolean {
    return this.rowsOf(word).size > 0;
  }
}
