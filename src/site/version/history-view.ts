// The history of a Dandiset: each version with its release notes, digest and state.

import { textMember } from '../../core/json/json-text.ts';
import { renderMarkdown } from '../../core/text/markdown.ts';
import { shownLine } from '../../core/text/shown-text.ts';
import { compareAddress } from '../compare/compare-pairs.ts';
import { readRecord, type Catalog, type DandisetEntry } from '../catalog/catalog.ts';
import { versionRows, type VersionRow } from './version-rows.ts';

export interface HistoryRow extends VersionRow {
  name: string;
  notesHtml: string;
  digest: string | undefined;
  withdrawal: string;
  /** Where the differences to the previous version are shown. */
  changesHref: string | undefined;
}

/** Every version, the draft first, then the newest. */
export async function historyView(
  catalog: Catalog,
  dandiset: DandisetEntry,
): Promise<HistoryRow[]> {
  const entries =
    dandiset.draft === undefined ? dandiset.published : [dandiset.draft, ...dandiset.published];
  const rows = versionRows(catalog, dandiset);
  const history: HistoryRow[] = [];
  for (const [index, entry] of entries.entries()) {
    const row = rows[index];
    if (row === undefined) continue;
    const record = await readRecord(catalog, entry.number, entry.version);
    const withdrawal = dandiset.records.withdrawals.get(entry.version);
    history.push({
      ...row,
      name: entry.summary.name,
      notesHtml:
        entry.version === 'draft' ? '' : renderMarkdown(textMember(record, 'releaseNotes') ?? ''),
      digest: entry.digest,
      withdrawal: withdrawal === undefined ? '' : shownLine(withdrawal.reason, 500),
      changesHref: compareAddress(catalog, dandiset, entry),
    });
  }
  return history;
}
