// Rules about where a list of assets is: in the folder, in the object store, or nowhere.

import { isSha256 } from '../../digests/sha256-text.ts';
import {
  countMember,
  isJsonObject,
  member,
  textMember,
  type JsonValue,
} from '../../json/json-text.ts';
import { ASSETS_FILE, ASSETS_REFERENCE_FILE } from '../../records/layout.ts';
import type { AssetListReference } from '../../records/asset-list.ts';
import type { Rule } from '../rule.ts';
import type { ListHolding } from '../subjects.ts';

type HoldingRule = Rule<ListHolding>;

/** The reference of a parsed assets.ref.json, or why it is not one. */
export function toListReference(value: JsonValue): AssetListReference | string {
  const sha256 = textMember(value, 'sha256');
  const size = countMember(value, 'size');
  const count = countMember(value, 'count');
  if (!isJsonObject(value)) return 'is not a JSON object';
  if (!isSha256(sha256)) return 'has no "sha256"';
  if (size === undefined) return 'has no whole number "size"';
  if (count === undefined) return 'has no whole number "count"';
  return { sha256, size, count };
}

/** Lists that exist. */
export const LIST_ABSENT: HoldingRule = {
  id: 'asset-list-absent',
  severity: 'warning',
  title: 'The list of assets is held',
  explanation:
    'A version without assets.jsonl is shown with the counts of its summary only; no file of it can be reached.',
  hint: 'Import the list, or write an empty assets.jsonl if there are no files.',
  *check({ place, inline, reference }) {
    if (place === 'submission' || inline || reference !== undefined) return;
    yield { message: 'The list of assets of this version is not held here.' };
  },
};

/** Lists that exist only once. */
export const LIST_TWICE: HoldingRule = {
  id: 'asset-list-twice',
  severity: 'error',
  title: 'One list of assets',
  explanation: 'A version has assets.jsonl or assets.ref.json, never both.',
  hint: `Remove ${ASSETS_REFERENCE_FILE}, unless the list has more than 20 MB.`,
  *check({ folder, inline, reference }) {
    if (!inline || reference === undefined) return;
    const message = `Beside it lies ${ASSETS_FILE}; only one of the two can be the list.`;
    yield { path: `${folder}/${ASSETS_REFERENCE_FILE}`, message };
  },
};

/** References to lists. */
export const LIST_REFERENCE: HoldingRule = {
  id: 'asset-list-reference',
  severity: 'error',
  title: 'A reference names the list',
  explanation:
    'assets.ref.json holds the sha256, the size and the number of lines of the uncompressed list.',
  hint: 'Write it as {"sha256": "…", "size": 21000000, "count": 7000}.',
  *check({ folder, reference }) {
    if (typeof reference !== 'string') return;
    yield { path: `${folder}/${ASSETS_REFERENCE_FILE}`, message: `The reference ${reference}.` };
  },
};

/** References that point to a list. */
export const LIST_NOT_IN_STORE: HoldingRule = {
  id: 'asset-list-not-in-store',
  severity: 'warning',
  title: 'A reference leads to a list',
  explanation:
    'The list that assets.ref.json names lies in the store; this is checked where the store is a folder at hand.',
  hint: 'Copy the list into the store, or run check where the store is.',
  *check({ folder, reference, referenced }) {
    if (typeof reference !== 'object' || referenced === undefined) return;
    if (referenced.kind === 'found') return;
    const problem =
      referenced.kind === 'unreadable' ? 'cannot be decompressed' : 'is not in the store';
    yield {
      path: `${folder}/${ASSETS_REFERENCE_FILE}`,
      message: `The list ${reference.sha256} ${problem}.`,
    };
  },
};

/** References that are correct. */
export const LIST_REFERENCE_DIFFERS: HoldingRule = {
  id: 'asset-list-reference-differs',
  severity: 'error',
  title: 'The list is the one its reference names',
  explanation:
    'The list in the store has the sha256, the size and the number of lines that assets.ref.json says.',
  hint: 'Put the list that was meant into the store; an object there never changes.',
  alwaysStrict: true,
  *check({ folder, reference, referenced }) {
    if (typeof reference !== 'object' || referenced?.kind !== 'found') return;
    const path = `${folder}/${ASSETS_REFERENCE_FILE}`;
    for (const key of ['sha256', 'size', 'count'] as const) {
      const [said, found] = [reference[key], referenced[key]];
      if (said !== found) {
        yield { path, pointer: `/${key}`, message: `"${key}" is ${said}, the list has ${found}.` };
      }
    }
  },
};

/** Summaries that agree with the list. */
export const SUMMARY_DIFFERS: HoldingRule = {
  id: 'summary-differs',
  severity: 'warning',
  title: 'The summary agrees with the list',
  explanation:
    'The number of files and bytes in the summary of a published version are those of its list; pages count the list and say so.',
  hint: 'Nothing can be changed in a published version; publish a new one if readers may be misled.',
  *check({ place, record, totals }) {
    if (place !== 'published' || totals === undefined) return;
    const summary = member(record, 'assetsSummary');
    const counts = [
      ['numberOfFiles', totals.count, 'files'],
      ['numberOfBytes', totals.bytes, 'bytes'],
    ] as const;
    for (const [key, count, unit] of counts) {
      const said = member(summary, key);
      if (said === undefined || said === count) continue;
      yield {
        pointer: `/assetsSummary/${key}`,
        message: `The summary says ${JSON.stringify(said).slice(0, 40)} ${unit}, the list has ${count}.`,
      };
    }
  },
};

/** The rules about where a list is. */
export const HOLDING_RULES: readonly HoldingRule[] = [
  LIST_ABSENT,
  LIST_TWICE,
  LIST_REFERENCE,
  LIST_NOT_IN_STORE,
  LIST_REFERENCE_DIFFERS,
  SUMMARY_DIFFERS,
];
