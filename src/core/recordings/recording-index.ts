// The index that a search for recordings reads, as it is written: a column for each field, of which a query reads
// those that it names, and in blocks what a result shows of each file. One row is one file.

import type { DandisetNumber } from '../identifiers/dandiset-id.ts';
import type { VersionId } from '../identifiers/version-id.ts';
import { foldedWords } from '../text/fold.ts';
import { NumberColumn } from './number-column.ts';
import { RECORDING_RANGES, type NamedFacet } from './recording-query.ts';
import type { RecordingRow } from './recording-rows.ts';
import { recordingWords } from './recording-words.ts';
import { SetColumn, type EncodedSets } from './value-sets.ts';

/** A file that something is known of. */
export interface RecordedFile {
  number: DandisetNumber;
  /** Name of the Dandiset. */
  title: string;
  version: VersionId;
  path: string;
  /** Where its bytes are: below a store, or an absolute address; '' if unknown. */
  place: string;
  rows: readonly RecordingRow[];
}

/** What is read first. */
export interface RecordingsHead {
  schema: 1;
  /** Folder of the other files. */
  state: string;
  /** Each with the number of its files that are in the index, which are neighbours. */
  dandisets: [number: DandisetNumber, version: VersionId, title: string, files: number][];
  /** Files of the archive: all, those whose bytes were read, and those of which the record alone is known. */
  files: number;
  read: number;
  described: number;
  /** The folded words that each part of the long lists begins with. */
  starts: Record<NamedFacet, string[]>;
}

/** A listed facet: names, and for each file the places of its own. */
export type EncodedValues = EncodedSets & { labels: string[] };
/** A part of a long list: names, and the files that have each, as differences. */
export type EncodedNames = [label: string, ...rows: number[]][];
/** What is shown of one file. */
export type EncodedFile = [path: string, place: string, words: string, isRead: 0 | 1];

/** Files in a block of what is shown, so that twenty results from twenty blocks are still little. */
export const BLOCK_FILES = 64;
const NAMES_A_PART = 1000;

/**
 * The precision of numbers that aren't counts: four digits that count. `rate:30000` then finds what by its time
 * stamps has 29,999.98 samples a second.
 */
export function searchedNumber(value: number): number {
  return Number.isInteger(value) && value < 1e6 ? value : Number(value.toPrecision(4));
}

class ValueColumn {
  readonly #sets = new SetColumn();
  /** By their folded words: place, and how often each spelling occurs. */
  readonly #places = new Map<string, { place: number; spellings: Map<string, number> }>();

  add(values: Iterable<string>): void {
    const places: number[] = [];
    for (const value of new Set(values)) {
      const key = foldedWords(value).join(' ');
      if (key === '') continue;
      let known = this.#places.get(key);
      if (known === undefined) {
        known = { place: this.#places.size, spellings: new Map() };
        this.#places.set(key, known);
      }
      known.spellings.set(value, (known.spellings.get(value) ?? 0) + 1);
      places.push(known.place);
    }
    this.#sets.add(places);
  }

  finish(): EncodedValues {
    const labels = [...this.#places.values()].map(({ spellings }) => {
      const [first] = [...spellings].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
      return first?.[0] ?? '';
    });
    return { labels, ...this.#sets.finish() };
  }
}

class NameLists {
  readonly #rows = new Map<string, { label: string; rows: number[] }>();

  add(row: number, names: Iterable<string>): void {
    for (const label of names) {
      const key = foldedWords(label).join(' ');
      if (key === '') continue;
      const known = this.#rows.get(key) ?? { label, rows: [] };
      if (known.rows.at(-1) !== row) known.rows.push(row);
      this.#rows.set(key, known);
    }
  }

  finish(): { starts: string[]; parts: EncodedNames[] } {
    const sorted = [...this.#rows].sort(([a], [b]) => (a < b ? -1 : 1));
    const starts: string[] = [];
    const parts: EncodedNames[] = [];
    sorted.forEach(([key, { label, rows }], at) => {
      if (at % NAMES_A_PART === 0) {
        starts.push(key);
        parts.push([]);
      }
      parts.at(-1)?.push([label, ...rows.map((row, place) => row - (rows[place - 1] ?? 0))]);
    });
    return { starts, parts };
  }
}

const present = <T>(values: readonly (T | undefined)[]): T[] =>
  values.filter((value) => value !== undefined);

/** Makes the index of files that come Dandiset by Dandiset. */
export class RecordingIndexWriter {
  readonly #dandisets: RecordingsHead['dandisets'] = [];
  readonly #values = {
    type: new ValueColumn(),
    region: new ValueColumn(),
    device: new ValueColumn(),
    species: new ValueColumn(),
  };
  readonly #ranges = new Map(RECORDING_RANGES.map((range) => [range, new NumberColumn()]));
  readonly #names = { subject: new NameLists(), session: new NameLists() };
  readonly #blocks: string[] = [];
  #block: EncodedFile[] = [];
  #size = 0;
  #counts = { files: 0, read: 0, described: 0 };

  /** The next file; one without rows is only counted. */
  add(file: RecordedFile): void {
    const { number, version, title, path, place, rows } = file;
    this.#counts.files += 1;
    const [first] = rows;
    if (first === undefined) return;
    const isRead = first.source === 'file';
    this.#counts[isRead ? 'read' : 'described'] += 1;
    const last = this.#dandisets.at(-1);
    if (last?.[0] === number) last[3] += 1;
    else this.#dandisets.push([number, version, title, 1]);
    this.#values.type.add(rows.flatMap(({ kinds = [], type }) => [...present([type]), ...kinds]));
    this.#values.region.add(rows.flatMap(({ regions = [] }) => regions));
    this.#values.device.add(rows.flatMap(({ devices = [] }) => devices));
    this.#values.species.add(present(rows.map(({ species }) => species)));
    for (const [range, column] of this.#ranges)
      column.add(present(rows.map((row) => row[range])).map(searchedNumber));
    this.#names.subject.add(this.#size, present(rows.map(({ subject }) => subject)));
    this.#names.session.add(this.#size, present(rows.map(({ session }) => session)));
    this.#size += 1;
    this.#block.push([path, place, recordingWords(rows), isRead ? 1 : 0]);
    if (this.#block.length === BLOCK_FILES) this.#endBlock();
  }

  #endBlock(): void {
    this.#blocks.push(JSON.stringify(this.#block));
    this.#block = [];
  }

  /** Everything but the head, which names the folder that these files are in. */
  finish(): { head: Omit<RecordingsHead, 'state'>; files: [name: string, text: string][] } {
    if (this.#block.length > 0) this.#endBlock();
    const files: [string, string][] = [
      ...Object.entries(this.#values).map(([facet, column]): [string, string] => [
        `${facet}.json`,
        JSON.stringify(column.finish()),
      ]),
      ...[...this.#ranges].flatMap(([range, column]) => {
        const { spans, numbers } = column.finish();
        return [
          [`${range}.json`, JSON.stringify(spans)] as [string, string],
          ...[...numbers].map(([place, sets]): [string, string] => [
            `${range}/${place}.json`,
            JSON.stringify(sets),
          ]),
        ];
      }),
      ...this.#blocks.map((text, at): [string, string] => [`files/${at}.json`, text]),
    ];
    const starts = { subject: [] as string[], session: [] as string[] };
    for (const facet of ['subject', 'session'] as const) {
      const lists = this.#names[facet].finish();
      starts[facet] = lists.starts;
      files.push(
        ...lists.parts.map((part, at): [string, string] => [
          `${facet}/${at}.json`,
          JSON.stringify(part),
        ]),
      );
    }
    return { head: { schema: 1, dandisets: this.#dandisets, ...this.#counts, starts }, files };
  }
}
