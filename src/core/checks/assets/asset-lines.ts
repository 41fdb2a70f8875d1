// Rules about the lines of a list of assets: that they can be read, their form and their order.

import { compareUtf8 } from '../../identifiers/asset-path.ts';
import { compactJson } from '../../json/json-text.ts';
import { MOST_BROKEN_LINES, parseAssetLine, type AssetLine } from '../../records/asset-list.ts';
import { formatCount } from '../../text/format.ts';
import { quotePath } from '../../text/quote.ts';
import type { LineRule } from '../rule.ts';
import type { AssetLineSubject, AssetListSubject } from '../subjects.ts';

/** A rule over the lines of a list of assets. */
export type AssetRule = LineRule<AssetListSubject, AssetLineSubject>;

/** Reads a line; the native reader is fast, but only the text reveals a duplicate key. */
export function readAssetLine({ line, text }: AssetLine): AssetLineSubject {
  const parsed = parseAssetLine(text);
  if (!parsed.ok) return { line, problem: parsed.message, compact: false };
  const { asset, value } = parsed;
  if (JSON.stringify(value) === text) return { line, asset, value, compact: true };
  const compact = compactJson(text);
  if (compact.ok) return { line, asset, value, compact: compact.text === text };
  return { line, problem: `is broken: ${compact.problem.message}`, compact: false };
}

/** Lines that are assets. */
export const ASSET_UNREADABLE: AssetRule = {
  id: 'asset-unreadable',
  severity: 'error',
  title: 'Lines that are assets',
  explanation:
    'Each line of assets.jsonl is a JSON object with "path", "size" and "metadata", no key twice, and at most 10,000 values in all; that of a Zarr without a size is read too.',
  hint: 'Fix or remove the line.',
  begin: () =>
    function* ({ line, problem }) {
      if (problem !== undefined) yield { line, message: `The line ${problem}.`, like: problem };
    },
};

/** Lists that are read to their end. */
export const ASSET_LIST_BROKEN: AssetRule = {
  id: 'asset-list-broken',
  severity: 'error',
  title: 'Lists that are read to their end',
  explanation: `After ${formatCount(MOST_BROKEN_LINES)} lines that cannot be read, nobody looks at the rest of a list.`,
  hint: 'Make the list again; it is probably no list of assets.',
  begin: () => {
    let broken = 0;
    return function* ({ line, problem }) {
      if (problem !== undefined) broken += 1;
      if (problem === undefined || broken !== MOST_BROKEN_LINES) return;
      const many = formatCount(MOST_BROKEN_LINES);
      yield { line, message: `${many} lines cannot be read; the list was read no further.` };
    };
  },
};

/** Lines written without blanks. */
export const ASSET_LAYOUT: AssetRule = {
  id: 'asset-layout',
  severity: 'error',
  title: 'One way to write an asset',
  explanation: 'A line of assets.jsonl is written without blanks between its parts.',
  hint: 'Write the line again without blanks between its parts.',
  begin: () =>
    function* ({ line, asset, compact }) {
      if (asset !== undefined && !compact) {
        yield { line, message: `The line of ${quotePath(asset.path)} is not written compactly.` };
      }
    },
};

/** Lines sorted by path. */
export const ASSET_ORDER: AssetRule = {
  id: 'asset-order',
  severity: 'error',
  title: 'Assets sorted by path',
  explanation:
    'The lines of assets.jsonl are sorted by the UTF-8 bytes of their paths, so that equal lists are equal files.',
  hint: 'Sort the lines by path, as LC_ALL=C sort does.',
  begin: () => {
    let before: string | undefined;
    return function* ({ line, asset }) {
      if (asset === undefined) return;
      if (before !== undefined && compareUtf8(asset.path, before) < 0) {
        yield { line, message: `${quotePath(asset.path)} stands after ${quotePath(before)}.` };
      }
      before = asset.path;
    };
  },
};

/** The rules about the form of a list. */
export const ASSET_LINE_RULES: readonly AssetRule[] = [
  ASSET_UNREADABLE,
  ASSET_LIST_BROKEN,
  ASSET_LAYOUT,
  ASSET_ORDER,
];
