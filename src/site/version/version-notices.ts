// What a visitor must know before anything else on a version's page.

import { parsePublishedVersion } from '../../core/identifiers/version-id.ts';
import { shownLine } from '../../core/text/shown-text.ts';
import { address } from '../catalog/addresses.ts';
import type { Catalog, DandisetEntry, VersionEntry } from '../catalog/catalog.ts';
import { compareAddress } from '../compare/compare-pairs.ts';
import type { DraftState } from '../compare/compare-source.ts';

export interface Notice {
  tone: 'info' | 'warning' | 'danger';
  text: string;
  link?: { text: string; href: string };
}

function withdrawalNotice(
  catalog: Catalog,
  dandiset: DandisetEntry,
  entry: VersionEntry,
): Notice | undefined {
  const withdrawal = dandiset.records.withdrawals.get(entry.version);
  if (withdrawal === undefined) return undefined;
  const by = withdrawal.by === '' ? '' : ` by ${shownLine(withdrawal.by, 60)}`;
  const date = withdrawal.date === '' ? '' : ` on ${shownLine(withdrawal.date, 40)}`;
  const reason =
    withdrawal.reason === ''
      ? 'No reason is recorded.'
      : `Reason: ${shownLine(withdrawal.reason, 1000)}`;
  const notice: Notice = {
    tone: 'danger',
    text: `This version was withdrawn${date}${by}. ${reason} Its files are no longer offered; its citation is kept.`,
  };
  const successor = parsePublishedVersion(withdrawal.successor ?? '');
  if (successor !== undefined && dandiset.published.some((one) => one.version === successor)) {
    const href = address(catalog.base, `dandiset/${entry.number}/${successor}/`);
    notice.link = { text: `Use version ${successor} instead`, href };
  }
  return notice;
}

/** What a draft contains that is not published yet. */
function draftNotice(
  catalog: Catalog,
  dandiset: DandisetEntry,
  draft: VersionEntry,
  { before, isSame, words }: DraftState,
): Notice {
  const notice: Notice = {
    tone: 'info',
    text:
      isSame === true
        ? `Nothing in it differs from version ${before}.`
        : isSame === undefined
          ? `Compared with version ${before}: ${words}. A list of files is not here to compare.`
          : `Unpublished changes since version ${before}: ${words}.`,
  };
  const href = compareAddress(catalog, dandiset, draft);
  if (isSame !== true && href !== undefined) notice.link = { text: 'What changed', href };
  return notice;
}

/** The notices of a version's page, the most serious first; `state` is that of a draft, where it is known. */
export function versionNotices(
  catalog: Catalog,
  dandiset: DandisetEntry,
  entry: VersionEntry,
  state?: DraftState,
): Notice[] {
  const notices: Notice[] = [];
  const withdrawn = withdrawalNotice(catalog, dandiset, entry);
  if (withdrawn !== undefined) notices.push(withdrawn);
  const { newest } = dandiset;
  const page = (version: string): string =>
    address(catalog.base, `dandiset/${entry.number}/${version}/`);
  if (entry.version === 'draft') {
    notices.push(
      newest === undefined
        ? {
            tone: 'warning',
            text: 'This is a draft that was never published. It can change at any time and must not be cited.',
          }
        : {
            tone: 'warning',
            text: 'This is the draft. It can change at any time and must not be cited.',
            link: {
              text: `Newest published version ${newest.version}`,
              href: page(newest.version),
            },
          },
    );
    if (state !== undefined) notices.push(draftNotice(catalog, dandiset, entry, state));
    if (entry.summary.files === 0)
      notices.push({ tone: 'info', text: 'This draft has no files yet.' });
  } else if (
    newest !== undefined &&
    entry.status === 'published' &&
    newest.version !== entry.version
  ) {
    notices.push({
      tone: 'warning',
      text: 'A newer version of this Dandiset exists.',
      link: { text: `Go to version ${newest.version}`, href: page(newest.version) },
    });
  }
  if (entry.list === 'absent') {
    notices.push({
      tone: 'info',
      text: 'This archive does not hold the list of files of this version. Numbers of files and bytes are what its record claims.',
    });
  }
  return notices;
}
