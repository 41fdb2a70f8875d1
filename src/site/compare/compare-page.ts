// The page of a Dandiset's differences: each version with the one before it, the draft with the newest. A
// Dandiset with one version has no such page.

import { textMember } from '../../core/json/json-text.ts';
import { renderMarkdown } from '../../core/text/markdown.ts';
import { address } from '../catalog/addresses.ts';
import type { Catalog, DandisetEntry, VersionEntry } from '../catalog/catalog.ts';
import { markupHtml } from './compare-markup.ts';
import { versionBefore } from './compare-pairs.ts';
import { keepDraftState, readCompared } from './compare-source.ts';
import type { ListAddress, ReadVersion } from './compare-source.ts';
import {
  comparisonMarkup,
  comparisonWords,
  versionComparison,
  type RowBudget,
} from './compare-view.ts';

export interface CompareSection {
  version: string;
  before: string;
  versionHref: string;
  beforeHref: string;
  status: VersionEntry['status'];
  day: string;
  words: string;
  /** Of the later version; empty for a draft. */
  notesHtml: string;
  html: string;
}

/** A version as the script of the page knows it. */
export interface CompareChoice {
  version: string;
  day: string;
  status: VersionEntry['status'];
  /** Address of the folder of its files, ending in `/`. */
  folder: string;
  list: ListAddress | undefined;
}

export interface ComparePage {
  sections: CompareSection[];
  choices: CompareChoice[];
}

// A page holds at most about 200 kB of rows, however many versions and files there are.
const MAX_ROWS_OF_GROUP = 100;
const MAX_ROWS_OF_PAGE = 2000;
const MAX_CHANGES = 100;

/** All that the page shows. */
export async function comparePage(catalog: Catalog, dandiset: DandisetEntry): Promise<ComparePage> {
  const { draft, published } = dandiset;
  const entries = draft === undefined ? published : [draft, ...published];
  const budget: RowBudget = { most: MAX_ROWS_OF_GROUP, left: MAX_ROWS_OF_PAGE };
  const hrefOf = (version: string): string =>
    address(catalog.base, `dandiset/${dandiset.number}/${version}/`);
  const sections: CompareSection[] = [];
  const choices: CompareChoice[] = [];
  // The previous version is the next pair's later side: only two lists are held at a time.
  let previous: ReadVersion | undefined;
  for (const entry of entries) {
    const after: ReadVersion =
      previous?.version === entry.version ? previous : await readCompared(catalog, entry);
    const { version, status } = entry;
    const day = entry.summary.day ?? '';
    choices.push({ version, day, status, folder: hrefOf(version), list: after.list });
    const before = versionBefore(dandiset, entry);
    if (before === undefined) continue;
    previous = await readCompared(catalog, before);
    const comparison = versionComparison(previous, after, MAX_CHANGES);
    if (version === 'draft') keepDraftState(entry, comparison);
    sections.push({
      version,
      before: before.version,
      versionHref: hrefOf(version),
      beforeHref: hrefOf(before.version),
      status,
      day,
      words: comparisonWords(comparison),
      notesHtml:
        version === 'draft' ? '' : renderMarkdown(textMember(after.record, 'releaseNotes') ?? ''),
      html: markupHtml(comparisonMarkup(comparison, budget)),
    });
  }
  return { sections, choices };
}

/** What the script of the page needs, as JSON that is safe to embed in a page. */
export function compareData({ choices }: ComparePage): string {
  // Inside a script element only `<` could end it.
  return JSON.stringify(choices).replaceAll('<', '\\u003c');
}
