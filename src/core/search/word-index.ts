// Which Dandisets have which word: all words in order, cut into parts of a few kilobytes, so that a search
// reads only the parts its words are in. An absent word is known to be absent.

import { foldedWords } from '../text/fold.ts';
import { plural, singular } from '../vocabulary/name-key.ts';
import { frontCode, frontDecode } from './front-coding.ts';
import type { TermMatches, TermMatch } from './run-search.ts';
import type { SearchDocument } from './search-document.ts';

/** Characters of a part before compression. */
const PART_LENGTH = 4_000;
/** Shorter words are matched only as a whole: everything begins with `a`. */
const SHORTEST_BEGINNING = 3;

/** Where a Dandiset has a word: anywhere, in what it is about, in its title. */
const PLACES = { other: 0, main: 1, title: 2 } as const;
const PLACE_COUNT = 3;
const PLACE_WEIGHTS = [0.4, 1, 1.5] as const;

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

/** How a term of the vocabularies is written among the words; no word begins so. */
function namedKey(place: number): string {
  return `=${place}`;
}

const NAMES_BETWEEN = '|';

function nameLine(names: readonly string[]): string {
  return names.map((name) => name.replace(/[|\s]+/g, ' ')).join(NAMES_BETWEEN);
}

/** A word that may be offered in place of a misspelled one. */
const SPELLING = /^[^\d=]{5,20}$/;

export interface EncodedWords {
  /** The first word of each part. */
  starts: string[];
  /** One word per line with its rows, front-coded. */
  parts: string[];
  /** All words that may be offered in place of a misspelled one, front-coded. */
  spellings: string;
  /** The terms that documents are about, one per line with its names. */
  names: string;
}

/** The words of documents in the order of their rows. */
export function encodeWords(documents: readonly SearchDocument[]): EncodedWords {
  const all = new Map<string, Postings>();
  const names = new Map<string, number>();
  const placeOfNames = (own: readonly string[]): number => {
    const line = nameLine(own);
    const place = names.get(line) ?? names.size;
    names.set(line, place);
    return place;
  };
  // What anybody means: what one is about, names, and what several have.
  const meant = new Set<string>();
  documents.forEach((document, row) => {
    const { title, lines, mainLines, values, named = [], moreWords = [] } = document;
    const people = values.filter(({ facet }) => facet === 'contributor');
    for (const text of [...lines.slice(0, mainLines), ...people.map(({ label }) => label)])
      foldedWords(text).forEach((word) => meant.add(word));
    const places = new Map<string, number>();
    // The best position last.
    const add = (text: string, place: number): void =>
      foldedWords(text).forEach((word) => places.set(word, place));
    add([...lines.slice(mainLines), ...moreWords].join('\n'), PLACES.other);
    add(lines.slice(0, mainLines).join('\n'), PLACES.main);
    add(title, PLACES.title);
    for (const own of named) places.set(namedKey(placeOfNames(own)), PLACES.main);
    for (const [word, place] of places) {
      const postings = all.get(word);
      if (postings === undefined) all.set(word, [[row, place]]);
      else postings.push([row, place]);
    }
  });
  const words = [...all.keys()].sort();
  const encoded: EncodedWords = { starts: [], parts: [], spellings: '', names: '' };
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
  const isMeant = (word: string): boolean => meant.has(word) || (all.get(word)?.length ?? 0) > 1;
  encoded.spellings = frontCode(words.filter((word) => SPELLING.test(word) && isMeant(word)));
  encoded.names = [...names.keys()].join('\n');
  return encoded;
}

/** The names of each term, as `encodeWords` wrote them. */
export function decodeNames(lines: string): string[][] {
  return lines === '' ? [] : lines.split('\n').map((line) => line.split(NAMES_BETWEEN));
}

/** The singular and the plural of an English noun, but the one that is given. */
function otherNumbers(word: string): string[] {
  if (word.length < SHORTEST_BEGINNING) return [];
  const one = singular(word);
  return [one, plural(one)].filter((other) => other !== word);
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

  private startOf = (place: number): string => this.starts[place] ?? '';

  /** The parts with the words that begin with a text. */
  private partsFrom(beginning: string, isWhole: boolean): number[] {
    const first = Math.max(0, placeOf(`${beginning}\0`, this.starts.length, this.startOf) - 1);
    const last = isWhole
      ? first
      : placeOf(`${beginning}\uffff`, this.starts.length, this.startOf) - 1;
    return Array.from({ length: Math.max(0, last - first) + 1 }, (_, at) => first + at);
  }

  /** The parts that must be read before a word is looked up. */
  partsOf(word: string): number[] {
    const parts = new Set(this.partsFrom(word, word.length < SHORTEST_BEGINNING));
    for (const other of otherNumbers(word))
      for (const part of this.partsFrom(other, true)) parts.add(part);
    return [...parts];
  }

  /** The parts that must be read before a term of the vocabularies is looked up. */
  partsOfNamed(place: number): number[] {
    return this.partsFrom(namedKey(place), true);
  }

  /** All parts. */
  allParts(): number[] {
    return this.starts.map((_, part) => part);
  }

  /** The words, of the parts that were read, that may be offered in place of a misspelled one. */
  spellings(): string[] {
    return [...this.parts.values()]
      .flat()
      .map((line) => line.slice(0, line.indexOf(' ')))
      .filter((word) => SPELLING.test(word));
  }

  /** Adds a part that was read. */
  add(part: number, text: string): void {
    this.parts.set(part, frontDecode(text));
  }

  /** The words that are a word or begin with it. */
  private *entries(
    beginning: string,
    isWhole = beginning.length < SHORTEST_BEGINNING,
  ): Generator<[word: string, postings: Postings]> {
    for (const part of this.partsFrom(beginning, isWhole)) {
      const lines = this.parts.get(part) ?? [];
      let place = placeOf(beginning, lines.length, (at) => lines[at] ?? '');
      for (; lines[place]?.startsWith(beginning) === true; place += 1) {
        const [word = '', ...codes] = (lines[place] ?? '').split(' ');
        if (word !== beginning && isWhole) break;
        yield [word, decodePostings(codes)];
      }
    }
  }

  /** The words that a search for one finds: itself, longer ones, and its singular or plural. */
  private *wordsFound(word: string): Generator<[word: string, postings: Postings]> {
    yield* this.entries(word);
    for (const other of otherNumbers(word)) {
      // With the longer words already.
      if (!other.startsWith(word)) yield* this.entries(other, true);
    }
  }

  private collect(
    entries: Iterable<[word: string, postings: Postings]>,
    whole: ReadonlySet<string>,
    typed?: string,
  ): TermMatches {
    const found = new Map<number, TermMatch>();
    for (const [other, postings] of entries) {
      const isWhole = whole.has(other);
      const rarity = Math.log(1 + this.rows / postings.length) * (isWhole ? 1 : 0.5);
      for (const [row, place] of postings) {
        const before = found.get(row);
        const weight = rarity * PLACE_WEIGHTS[place as 0 | 1 | 2];
        found.set(row, {
          weight: Math.max(before?.weight ?? 0, weight),
          isInTitle: (place === PLACES.title && other === typed) || before?.isInTitle === true,
          isWhole: isWhole || before?.isWhole === true,
        });
      }
    }
    return found;
  }

  /**
   * The rows that have a word, or one that begins with it. They weigh more if the word is rare, if it is the
   * exact word, and if it is in what the Dandiset is about.
   */
  rowsOf(word: string): TermMatches {
    return this.collect(this.wordsFound(word), new Set([word, ...otherNumbers(word)]), word);
  }

  /** The rows that have a word as it is, or one that begins so. */
  rowsWritten(word: string): TermMatches {
    return this.collect(this.entries(word), new Set([word]));
  }

  /** The rows that have exactly a word. */
  rowsOfExactly(word: string): TermMatches {
    return this.collect(this.entries(word, true), new Set([word]), word);
  }

  /** The rows that are about a term of the vocabularies. */
  rowsOfNamed(place: number): TermMatches {
    const key = namedKey(place);
    return this.collect(this.entries(key, true), new Set([key]));
  }

  /** Whether any Dandiset has a word. */
  has(word: string): boolean {
    return this.wordsFound(word).next().done !== true;
  }
}
