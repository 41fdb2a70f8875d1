// Which Dandisets have which word: all words in order, cut into parts of a few kilobytes, so that a search
// reads only the parts its words are in. An absent word is known to be absent.

import { foldedWords } from '../text/fold.ts';
import { frontCode, frontDecode } from './front-coding.ts';
import type { TermMatches, TermMatch } from './run-search.ts';
import type { SearchDocument } from './search-document.ts';

/** Characters of a part before compression. */
const PART_LENGTH = 12_000;
/** Shorter words are matched only as a whole: everything begins with `a`. */
const SHORTEST_BEGINNING = 3;

/** Where a Dandiset has a word: anywhere, in what it is about, in its title. */
const PLACES = { other: 0, main: 1, title: 2 } as const;
const PLACE_COUNT = 3;

/** Rows in order, each with the best position of the word. */
type Postings = [row: number, place: number][];

// A row is the difference to the previous one, times three, plus the position.
function encodePostings(postings: Postings): string {
  let before = 0;
  return postings
    .map(([row, place]) => {
      const code = (row - before) * PLACE_COUNT + place;
      before = row;
      return code.toString(36);
    })
    .join(' ');
}

function decodePostings(codes: readonly string[]): Postings {
  let row = 0;
  return codes.map((code) => {
    const value = Number.parseInt(code, 36);
    row += Math.floor(value / PLACE_COUNT);
    return [row, value % PLACE_COUNT];
  });
}

export interface EncodedWords {
  /** The first word of each part. */
  starts: string[];
  /** One word per line with its rows, front-coded. */
  parts: string[];
  /** All words that may be offered in place of a misspelled one, front-coded. */
  spellings: string;
}

/** The words of documents in the order of their rows. */
export function encodeWords(documents: readonly SearchDocument[]): EncodedWords {
  const all = new Map<string, Postings>();
  documents.forEach(({ title, lines, mainLines }, row) => {
    const places = new Map<string, number>();
    // The best position last.
    const add = (text: string, place: number): void =>
      foldedWords(text).forEach((word) => places.set(word, place));
    add(lines.slice(mainLines).join('\n'), PLACES.other);
    add(lines.slice(0, mainLines).join('\n'), PLACES.main);
    add(title, PLACES.title);
    for (const [word, place] of places) {
      const postings = all.get(word);
      if (postings === undefined) all.set(word, [[row, place]]);
      else postings.push([row, place]);
    }
  });
  const words = [...all.keys()].sort();
  const encoded: EncodedWords = { starts: [], parts: [], spellings: '' };
  let [part, length]: [string[], number] = [[], 0];
  const finish = (): void => {
    if (part.length > 0) encoded.parts.push(frontCode(part));
    [part, length] = [[], 0];
  };
  for (const word of words) {
    if (length === 0) encoded.starts.push(word);
    const line = `${word} ${encodePostings(all.get(word) ?? [])}`;
    part.push(line);
    length += line.length;
    if (length >= PART_LENGTH) finish();
  }
  finish();
  encoded.spellings = frontCode(words.filter((word) => /^\D{4,30}$/.test(word)));
  return encoded;
}

/** Other forms to search a word as: an English plural also without its s. */
function beginnings(word: string): string[] {
  return /[^sui]s$/.test(word) && word.length > SHORTEST_BEGINNING + 1
    ? [word, word.slice(0, -1)]
    : [word];
}

/** The index of the first of some sorted texts that is not before a word. */
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

  /** The parts that must be read before a word is looked up. */
  partsOf(word: string): number[] {
    const parts = new Set<number>();
    for (const beginning of beginnings(word)) {
      const startOf = (place: number): string => this.starts[place] ?? '';
      const first = Math.max(0, placeOf(`${beginning}\0`, this.starts.length, startOf) - 1);
      const last =
        beginning.length < SHORTEST_BEGINNING
          ? first
          : placeOf(`${beginning}\uffff`, this.starts.length, startOf) - 1;
      for (let part = first; part <= last; part += 1) parts.add(part);
    }
    return [...parts];
  }

  /** Adds a part that was read. */
  add(part: number, text: string): void {
    this.parts.set(part, frontDecode(text));
  }

  /** The words that are a word or begin with it. */
  private *entries(beginning: string): Generator<[word: string, postings: Postings]> {
    for (const part of this.partsOf(beginning)) {
      const lines = this.parts.get(part) ?? [];
      let place = placeOf(beginning, lines.length, (at) => lines[at] ?? '');
      for (; lines[place]?.startsWith(beginning) === true; place += 1) {
        const [word = '', ...codes] = (lines[place] ?? '').split(' ');
        if (word !== beginning && beginning.length < SHORTEST_BEGINNING) break;
        yield [word, decodePostings(codes)];
      }
    }
  }

  /**
   * The rows that have a word, or one that begins with it. They weigh more if the word is rare, if it is the
   * exact word, and if it is in what the Dandiset is about.
   */
  rowsOf(word: string): TermMatches {
    const found = new Map<number, TermMatch>();
    for (const beginning of beginnings(word)) {
      for (const [other, postings] of this.entries(beginning)) {
        const rarity = Math.log(1 + this.rows / postings.length) * (other === word ? 1 : 0.5);
        for (const [row, place] of postings) {
          const before = found.get(row);
          const weight = rarity * (place === PLACES.other ? 0.4 : 1);
          const isInTitle = place === PLACES.title && other === word;
          found.set(row, {
            weight: Math.max(before?.weight ?? 0, weight),
            isInTitle: isInTitle || before?.isInTitle === true,
          });
        }
      }
    }
    return found;
  }

  /** Whether any Dandiset has a word. */
  has(word: string): boolean {
    return beginnings(word).some((beginning) => this.entries(beginning).next().done !== true);
  }
}
