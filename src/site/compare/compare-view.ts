// A comparison of two versions in words and markup, shared by the page of a Dandiset and its script.

import {
  compareFiles,
  sameFiles,
  type FileComparison,
  type FilePair,
  type FileTotals,
} from '../../core/compare/compare-files.ts';
import { compareMetadata, type MetadataComparison } from '../../core/compare/compare-metadata.ts';
import type { ListedFile } from '../../core/compare/listed-file.ts';
import type { JsonObject } from '../../core/json/json-text.ts';
import { countOf, formatBytes, formatCount } from '../../core/text/format.ts';
import { shownName } from '../files/file-names.ts';
import { mark, type Markup, type MarkupElement } from './compare-markup.ts';
import { changeMarkup } from './compare-values.ts';

/** A version as it is compared. */
export interface ComparedVersion {
  version: string;
  record: JsonObject;
  /** Undefined where the list of files is not held or cannot be reached. */
  files: readonly ListedFile[] | undefined;
}

export interface Comparison {
  before: string;
  after: string;
  /** Undefined where one of the lists is not available. */
  files: FileComparison | undefined;
  /** The versions whose lists are not available. */
  withoutList: string[];
  metadata: MetadataComparison;
}

/** Compares two versions; `most` bounds how many differences of metadata are retained. */
export function versionComparison(
  before: ComparedVersion,
  after: ComparedVersion,
  most: number,
): Comparison {
  const metadata = compareMetadata(before.record, after.record, most);
  // A draft has none of what the archive writes at publication; that is not a difference.
  const isDraftCompared = [before.version, after.version].includes('draft');
  return {
    before: before.version,
    after: after.version,
    files:
      before.files === undefined || after.files === undefined
        ? undefined
        : compareFiles(before.files, after.files),
    withoutList: [before, after]
      .filter(({ files }) => files === undefined)
      .map(({ version }) => version),
    metadata: isDraftCompared ? { ...metadata, computed: [] } : metadata,
  };
}

/** Whether two versions say the same and hold the same files; undefined where that cannot be determined. */
export function isSame({ files, metadata }: Comparison): boolean | undefined {
  if (metadata.count > 0) return false;
  return files === undefined ? undefined : sameFiles(files);
}

function fileWords(files: FileComparison): string[] {
  const groups: [count: number, what: string][] = [
    [files.added.length, 'added'],
    [files.removed.length, 'removed'],
    [files.changed.length, 'changed'],
    [files.renamed.length, 'renamed'],
    [files.redescribed.length, 'described otherwise'],
  ];
  return groups
    .filter(([count]) => count > 0)
    .map(
      ([count, what], at) => `${at === 0 ? countOf(count, 'file') : formatCount(count)} ${what}`,
    );
}

/** A comparison in a few words: `2 files added, 1 renamed; 3 differences in the metadata`. */
export function comparisonWords(comparison: Comparison): string {
  const { files, metadata } = comparison;
  if (isSame(comparison) === true) return 'no differences';
  const said = files === undefined ? [] : [fileWords(files).join(', ') || 'files unchanged'];
  said.push(
    metadata.count === 0
      ? 'metadata unchanged'
      : `${countOf(metadata.count, 'difference')} in the metadata`,
  );
  return said.join('; ');
}

/** How many rows may still be shown, in all groups together. */
export interface RowBudget {
  /** Of one group. */
  most: number;
  left: number;
}

function rows<Item>(
  items: readonly Item[],
  budget: RowBudget,
  row: (item: Item) => Markup[],
): MarkupElement[] {
  const shown = items.slice(0, Math.min(budget.most, budget.left));
  budget.left -= shown.length;
  const hidden = items.length - shown.length;
  const list =
    shown.length === 0
      ? []
      : [
          mark(
            'ul',
            { class: 'compare-rows' },
            ...shown.map((item) => mark('li', {}, ...row(item))),
          ),
        ];
  if (hidden > 0) {
    list.push(
      mark('p', { class: 'small muted' }, `${countOf(hidden, 'more', 'more')} not listed here.`),
    );
  }
  return list;
}

const name = (path: string): MarkupElement => mark('bdi', {}, shownName(path));
const note = (text: string): MarkupElement => mark('span', { class: 'small muted' }, ` ${text}`);
const bytesOf = (files: Iterable<{ size: number }>): number => {
  let sum = 0;
  for (const { size } of files) sum += size;
  return sum;
};
const sizes = ({ before, after }: FilePair): string =>
  before.size === after.size
    ? formatBytes(after.size)
    : `${formatBytes(before.size)} → ${formatBytes(after.size)}`;

function group(heading: string, bytes: string, list: MarkupElement[]): MarkupElement[] {
  if (list.length === 0) return [];
  return [mark('h4', {}, `${heading} `, mark('span', { class: 'muted' }, bytes)), ...list];
}

const totalWords = ({ files, bytes }: FileTotals): string =>
  `${countOf(files, 'file')}, ${formatBytes(bytes)}`;

function filesMarkup(files: FileComparison, budget: RowBudget): MarkupElement[] {
  const single = (file: ListedFile): Markup[] => [name(file.path), note(formatBytes(file.size))];
  const pairBytes = (pairs: readonly FilePair[]): string => {
    const before = bytesOf(pairs.map((pair) => pair.before));
    const after = bytesOf(pairs.map((pair) => pair.after));
    return before === after ? formatBytes(after) : `${formatBytes(before)} → ${formatBytes(after)}`;
  };
  const { added, removed, changed, renamed, redescribed, unchanged, withoutDigest } = files;
  if (sameFiles(files) && withoutDigest === 0) {
    const all = unchanged.files === 0 ? 'Neither has files.' : `The same ${totalWords(unchanged)}.`;
    return [mark('p', {}, all)];
  }
  const kept =
    unchanged.files === 0
      ? 'none unchanged'
      : `${formatCount(unchanged.files)} of them unchanged, ${formatBytes(unchanged.bytes)}`;
  const sums = `${totalWords(files.before)} before; ${totalWords(files.after)} after; ${kept}.`;
  return [
    mark('p', {}, sums),
    ...group(
      `${countOf(added.length, 'file')} added`,
      formatBytes(bytesOf(added)),
      rows(added, budget, single),
    ),
    ...group(
      `${countOf(removed.length, 'file')} removed`,
      formatBytes(bytesOf(removed)),
      rows(removed, budget, single),
    ),
    ...group(
      `${countOf(changed.length, 'file')} changed`,
      pairBytes(changed),
      rows(changed, budget, (pair) => [name(pair.after.path), note(sizes(pair))]),
    ),
    ...group(
      `${countOf(renamed.length, 'file')} renamed`,
      'the same bytes under another name',
      rows(renamed, budget, (pair) => [
        name(pair.before.path),
        ' → ',
        name(pair.after.path),
        note(formatBytes(pair.after.size)),
      ]),
    ),
    ...group(
      `${countOf(redescribed.length, 'file')} described otherwise`,
      'the same bytes with other metadata',
      rows(redescribed, budget, (pair) => [name(pair.after.path)]),
    ),
    ...(withoutDigest === 0
      ? []
      : [
          mark(
            'p',
            { class: 'small muted' },
            `${countOf(withoutDigest, 'file')} without a digest in common: unchanged as far as path, size and place say.`,
          ),
        ]),
  ];
}

function metadataMarkup({ changes, count, computed }: MetadataComparison): MarkupElement[] {
  const hidden = count - changes.length;
  return [
    count === 0
      ? mark('p', {}, 'No field that an author writes is different.')
      : mark('ul', { class: 'compare-fields' }, ...changes.map(changeMarkup)),
    ...(hidden > 0
      ? [mark('p', { class: 'small muted' }, `${formatCount(hidden)} more are not listed here.`)]
      : []),
    ...(computed.length === 0
      ? []
      : [
          mark(
            'p',
            { class: 'small muted' },
            `Written by the archive and different too: ${computed.slice(0, 30).join(', ')}.`,
          ),
        ]),
  ];
}

/** All differences between two versions. */
export function comparisonMarkup(comparison: Comparison, budget: RowBudget): MarkupElement[] {
  const { files, withoutList, metadata } = comparison;
  return [
    mark('h3', {}, 'Files'),
    ...(files === undefined
      ? [
          mark(
            'p',
            { class: 'muted' },
            `Files cannot be compared: the list of ${withoutList.join(' and ')} is not here.`,
          ),
        ]
      : filesMarkup(files, budget)),
    mark('h3', {}, 'Metadata'),
    ...metadataMarkup(metadata),
  ];
}
