// Which files a query for recordings finds. What it needs is read through a function, each file once.

import { UNNUMBERED, type DandisetNumber } from '../identifiers/dandiset-id.ts';
import type { VersionId } from '../identifiers/version-id.ts';
import { isCalled } from '../search/facet-values.ts';
import { countValues, filterRows, type FilteredIndex } from '../search/filter-rows.ts';
import type { IndexValue } from '../search/search-index.ts';
import { foldedWords } from '../text/fold.ts';
import {
  BLOCK_FILES,
  type EncodedFile,
  type EncodedNames,
  type EncodedValues,
  type RecordingsHead,
} from './recording-index.ts';
import {
  LISTED_FACETS,
  NAMED_FACETS,
  type NamedFacet,
  type RecordingFacet,
  type RecordingQuery,
  type RecordingRange,
} from './recording-query.ts';
import { SearchedNumbers, type EncodedSpans } from './number-column.ts';
import { decodeSets, type EncodedSets } from './value-sets.ts';

/** Reads one JSON file of the index by its name, once. */
export type ReadPart = (name: string) => Promise<unknown>;

/** One file of a result. */
export interface RecordingHit {
  number: DandisetNumber;
  version: VersionId;
  title: string;
  path: string;
  place: string;
  words: string;
  isRead: boolean;
}

export interface FoundRecordings {
  /** Places of the files, Dandiset by Dandiset. */
  rows: number[];
  /** For the facets that were read: how many files each value would leave, or add. */
  counts: Map<RecordingFacet, number[]>;
  facets: ReadonlyMap<RecordingFacet, readonly IndexValue[]>;
  problems: string[];
}

/** Parts of a long list that one query reads at most. */
const MOST_PARTS = 3;

const valueOf = (label: string, rows: readonly number[], note = ''): IndexValue => ({
  id: foldedWords(label).join(' '),
  label,
  note,
  spellings: [],
  rows,
});

function sums(steps: readonly number[]): number[] {
  let sum = 0;
  return steps.map((step) => (sum += step));
}

/** The index of an archive's recordings, as far as queries have needed it. */
export class RecordingSearch {
  readonly head: RecordingsHead;
  /** Files in the index. */
  readonly size: number;
  readonly #read: ReadPart;
  /** The first row after each Dandiset's. */
  readonly #ends: number[];
  readonly #listed = new Map<RecordingFacet, Promise<readonly IndexValue[]>>();
  readonly #columns = new Map<RecordingRange, Promise<SearchedNumbers>>();
  readonly #blocks = new Map<number, Promise<EncodedFile[]>>();

  constructor(head: RecordingsHead, read: ReadPart) {
    this.head = head;
    this.#read = read;
    this.#ends = sums(head.dandisets.map(([, , , files]) => files));
    this.size = this.#ends.at(-1) ?? 0;
  }

  #once<Key, Value>(
    kept: Map<Key, Promise<Value>>,
    key: Key,
    read: () => Promise<Value>,
  ): Promise<Value> {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const reading = read();
    reading.catch(() => kept.delete(key));
    kept.set(key, reading);
    return reading;
  }

  #dandisets(): IndexValue[] {
    return this.head.dandisets.map(([number, , title, files], at) => {
      const from = (this.#ends[at] ?? 0) - files;
      return valueOf(
        number,
        Array.from({ length: files }, (_, place) => from + place),
        title,
      );
    });
  }

  /** The values of a facet whose list is read whole. */
  listed(facet: (typeof LISTED_FACETS)[number]): Promise<readonly IndexValue[]> {
    return this.#once(this.#listed, facet, async () => {
      if (facet === 'dandiset') return this.#dandisets();
      const { labels, ...sets } = (await this.#read(`${facet}.json`)) as EncodedValues;
      const rows = labels.map((): number[] => []);
      decodeSets(sets).forEach((set, row) => {
        for (const place of set) rows[place]?.push(row);
      });
      return labels.map((label, place) => valueOf(label, rows[place] ?? []));
    });
  }

  /** The values of a long list that begin with a text; undefined if too many parts have such. */
  async #named(facet: NamedFacet, text: string): Promise<IndexValue[] | undefined> {
    const key = foldedWords(text).join(' ');
    const starts = this.head.starts[facet];
    const parts = starts.flatMap((start, part) => {
      const next = starts[part + 1];
      const isBefore = next !== undefined && next <= key;
      return isBefore || (start > key && !start.startsWith(key)) ? [] : [part];
    });
    if (parts.length > MOST_PARTS) return undefined;
    const lists = await Promise.all(
      parts.map(async (part) => (await this.#read(`${facet}/${part}.json`)) as EncodedNames),
    );
    return lists
      .flat()
      .map(([label, ...steps]) => valueOf(label, sums(steps)))
      .filter(({ id }) => id.startsWith(key));
  }

  #column(range: RecordingRange): Promise<SearchedNumbers> {
    return this.#once(
      this.#columns,
      range,
      async () =>
        new SearchedNumbers(
          (await this.#read(`${range}.json`)) as EncodedSpans,
          async (place) => (await this.#read(`${range}/${place}.json`)) as EncodedSets,
        ),
    );
  }

  async #facets(
    query: RecordingQuery,
    isCounted: boolean,
    problems: string[],
  ): Promise<Map<RecordingFacet, readonly IndexValue[]>> {
    const wanted = LISTED_FACETS.filter(
      (facet) => isCounted || query.facets.some((clause) => clause.facet === facet),
    );
    const facets = new Map<RecordingFacet, readonly IndexValue[]>(
      await Promise.all(wanted.map(async (facet) => [facet, await this.listed(facet)] as const)),
    );
    for (const facet of NAMED_FACETS) {
      const clauses = query.facets.filter((clause) => clause.facet === facet);
      if (clauses.length === 0) continue;
      const values = new Map<string, IndexValue>();
      for (const { value } of clauses) {
        const found = await this.#named(facet, value);
        if (found === undefined)
          problems.push(`Too many begin with “${value}”: type more of the ${facet}.`);
        for (const one of found ?? []) values.set(one.id, one);
      }
      facets.set(facet, [...values.values()]);
    }
    return facets;
  }

  /** The files with a word in the name of a type, a region, a device or a species. */
  async #withWord(text: string): Promise<Set<number>> {
    const words = foldedWords(text);
    const found = new Set<number>();
    for (const facet of LISTED_FACETS)
      for (const value of await this.listed(facet))
        if (isCalled(value, words)) for (const row of value.rows) found.add(row);
    return found;
  }

  /**
   * The files that a query leaves. A file is found if each of its conditions holds for something in it: its units
   * and its rate belong to different objects. `isCounted`: count the values of all facets too, which reads them.
   */
  async find(query: RecordingQuery, isCounted = false): Promise<FoundRecordings> {
    const problems = query.problems.map(({ message }) => message);
    const facets = await this.#facets(query, isCounted, problems);
    const inRange = new Map(
      await Promise.all(
        query.ranges.map(async (clause) => {
          const column = await this.#column(clause.range);
          return [clause, await column.filesIn(clause.min, clause.max)] as const;
        }),
      ),
    );
    const index: FilteredIndex<RecordingFacet, RecordingRange> = {
      size: this.size,
      facets,
      isInRange: (row, clause) => inRange.get(clause)?.[row] === 1,
    };
    const matches = await Promise.all(query.terms.map(({ text }) => this.#withWord(text)));
    const found = filterRows(index, { query, matches });
    const counts = isCounted ? countValues(index, found) : new Map<RecordingFacet, number[]>();
    return { rows: found.rows, counts, facets, problems };
  }

  /** What a result shows of some rows. */
  async shown(rows: readonly number[]): Promise<RecordingHit[]> {
    return Promise.all(
      rows.map(async (row) => {
        const block = await this.#once(
          this.#blocks,
          Math.floor(row / BLOCK_FILES),
          async () =>
            (await this.#read(`files/${Math.floor(row / BLOCK_FILES)}.json`)) as EncodedFile[],
        );
        const [path, place, words, isRead] = block[row % BLOCK_FILES] ?? ['', '', '', 0];
        const at = this.#ends.findIndex((end) => row < end);
        const [number, version, title] = this.head.dandisets[at] ?? [UNNUMBERED, 'draft', ''];
        return { number, version, title, path, place, words, isRead: isRead === 1 };
      }),
    );
  }
}
