// The summary of a version's assets: what was measured, how much, and where the frozen summary differs from
// the list of files.

import { summarizeAssets } from '../../core/assets/summary.ts';
import {
  countMember,
  listMember,
  member,
  textMember,
  type JsonObject,
  type JsonValue,
} from '../../core/json/json-text.ts';
import type { VersionId } from '../../core/identifiers/version-id.ts';
import type { AssetRecord } from '../../core/records/asset.ts';
import { shownLine } from '../../core/text/shown-text.ts';
import { countOf, formatBytes, formatCount } from '../../core/text/format.ts';

export interface SummarySources {
  version: VersionId;
  record: JsonObject;
  /** Undefined where the list is not held here or cannot be reached. */
  assets: Iterable<AssetRecord> | undefined;
}

export interface SummaryView {
  counts: { label: string; text: string }[];
  variables: string[];
  /** Sentences on where the record's summary and its list of files differ. */
  differences: string[];
  /** Where the summary comes from, if not from the list of files held here. */
  origin: string;
}

const COUNTS: readonly [key: string, one: string][] = [
  ['numberOfSubjects', 'Subjects'],
  ['numberOfSamples', 'Samples'],
  ['numberOfCells', 'Cells'],
];

function differences(claimed: JsonValue | undefined, recomputed: JsonValue | undefined): string[] {
  const fields: readonly [key: string, one: string][] = [
    ['numberOfFiles', 'file'],
    ['numberOfBytes', 'byte'],
    ['numberOfSubjects', 'subject'],
  ];
  const sentences: string[] = [];
  for (const [key, one] of fields) {
    const size = (count: number): string => (one === 'byte' ? ` (${formatBytes(count)})` : '');
    const before = countMember(claimed, key);
    const now = countMember(recomputed, key) ?? 0;
    if (before !== undefined && before !== now) {
      sentences.push(
        `The record's summary says ${countOf(before, one)}${size(before)}, the list of files has ${formatCount(now)}${size(now)}.`,
      );
    }
  }
  return sentences;
}

/**
 * The summary a version's pages show, and their remarks about it. A published version shows the one frozen
 * with it; a draft's is computed from its list, and the one in the record is used only where there is no
 * list.
 */
export function summaryOf(sources: SummarySources): {
  summary: JsonValue | undefined;
  view: SummaryView;
} {
  const { version, record, assets } = sources;
  const claimed = member(record, 'assetsSummary');
  const recomputed = assets === undefined ? undefined : summarizeAssets(assets);
  const summary = version === 'draft' ? (recomputed ?? claimed) : claimed;
  const counts = COUNTS.flatMap(([key, label]) => {
    const count = countMember(summary, key);
    return count === undefined || count === 0 ? [] : [{ label, text: formatCount(count) }];
  });
  const variables = listMember(summary, 'variableMeasured')
    .slice(0, 200)
    .map((item) =>
      shownLine(typeof item === 'string' ? item : (textMember(item, 'value') ?? ''), 120),
    )
    .filter((name) => name !== '');
  const differ = version !== 'draft' && recomputed !== undefined && claimed !== undefined;
  return {
    summary,
    view: {
      counts,
      variables,
      differences: differ ? differences(claimed, recomputed) : [],
      origin:
        assets === undefined ? 'as the record claims; the list of files is not held here' : '',
    },
  };
}
