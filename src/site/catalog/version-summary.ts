// What lists, facets and tables need to know of one version: a few dozen values taken from its record and its
// list of assets once, when the catalogue is read.

import {
  countMember,
  member,
  textMember,
  type JsonObject,
  type JsonValue,
} from '../../core/json/json-text.ts';
import {
  contactPersons,
  contributors,
  isNameGiven,
  type Contributor,
} from '../../core/metadata/people.ts';
import { isInStores, placeOfBytes, type AssetRecord } from '../../core/records/asset.ts';
import { isBetterReadme } from '../../core/assets/readme-asset.ts';
import { plainExcerpt } from '../../core/text/markdown.ts';
import { shownLine } from '../../core/text/shown-text.ts';
import { dayOf, dayOfVersion } from '../../core/text/format.ts';
import { checkableDigest } from '../../core/records/checkable-file.ts';
import { facetValues, type FacetValue, type Vocabularies } from './facets.ts';
import { isFundingOrganization } from './funder-rors.ts';
import { summaryOf, type SummarySources, type SummaryView } from '../version/summary-view.ts';

export const UNTITLED = 'Untitled Dandiset';

export interface VersionSummary {
  name: string;
  /** The beginning of the description as one plain line. */
  excerpt: string;
  /** Undefined where neither list nor summary gives it. */
  files: number | undefined;
  bytes: number | undefined;
  subjects: number | undefined;
  /** Files that can be verified by their SHA-256. */
  checkable: number;
  /** Zarrs among the files. */
  zarrs: number;
  /** Files whose bytes are in no store, but at another address or nowhere. */
  outsideStores: number;
  /** The README at the top of its files, and the key of its bytes. */
  readme: { path: string; size: number; key: string } | undefined;
  /** Counts are those of the record, because the list of assets is not held here. */
  countsAreClaimed: boolean;
  /** The day it was published, or a draft last changed. */
  day: string | undefined;
  created: string | undefined;
  contact: string | undefined;
  /** Family names for a row: `Kim; Okafor; … `. */
  creators: string;
  /** Without funders until those of all records are known. */
  facets: FacetValue[];
  funders: Contributor[];
  /** The assets summary that pages show, cached because it takes the whole list of assets to make. */
  assetsSummary: JsonValue | undefined;
  summary: SummaryView;
}

export interface VersionSources extends SummarySources {
  /** assets.ref.json, where the list is in the store. */
  reference: JsonObject | undefined;
  vocabularies: Vocabularies;
}

/** What is counted while the summary is made, so that the list is read only once. */
interface ListTally {
  files: number;
  bytes: number;
  checkable: number;
  zarrs: number;
  outsideStores: number;
  readme: VersionSummary['readme'];
  /** The newest day on which an asset was changed. */
  lastDay: string | undefined;
}

function* tallied(assets: Iterable<AssetRecord>, tally: ListTally): Generator<AssetRecord> {
  for (const asset of assets) {
    tally.files += 1;
    tally.bytes += asset.size;
    if (checkableDigest(asset) !== undefined) tally.checkable += 1;
    if (asset.zarr !== undefined) tally.zarrs += 1;
    if (!isInStores(asset)) tally.outsideStores += 1;
    const key = isBetterReadme(asset.path, tally.readme?.path) ? placeOfBytes(asset) : undefined;
    if (key !== undefined) tally.readme = { path: asset.path, size: asset.size, key };
    const day = dayOf(asset.modified);
    if (day !== undefined && (tally.lastDay === undefined || day > tally.lastDay))
      tally.lastDay = day;
    yield asset;
  }
}

function creatorsLine(all: ReturnType<typeof contributors>): string {
  const names = all
    .filter((one) => one.inCitation && isNameGiven(one.name))
    .map((one) => one.name.split(',')[0] ?? '');
  const shown = names.slice(0, 3).join('; ');
  return names.length > 3 ? `${shown}; and ${names.length - 3} more` : shown;
}

/** The facts of one version. */
export function versionSummary(sources: VersionSources): VersionSummary {
  const { version, record, assets, reference } = sources;
  const tally: ListTally = {
    files: 0,
    bytes: 0,
    checkable: 0,
    zarrs: 0,
    outsideStores: 0,
    readme: undefined,
    lastDay: undefined,
  };
  const isHeld = assets !== undefined;
  const { summary, view } = summaryOf({
    ...sources,
    assets: isHeld ? tallied(assets, tally) : undefined,
  });
  const people = contributors(record);
  const name = shownLine(textMember(record, 'name') ?? '', 300);
  const claimed = member(record, 'assetsSummary');
  const claimedCount = (key: string): number | undefined => countMember(claimed, key);
  return {
    name: isNameGiven(name) ? name : UNTITLED,
    excerpt: plainExcerpt(textMember(record, 'description') ?? ''),
    files: isHeld
      ? tally.files
      : (countMember(reference, 'count') ?? claimedCount('numberOfFiles')),
    bytes: isHeld ? tally.bytes : claimedCount('numberOfBytes'),
    subjects: countMember(summary, 'numberOfSubjects'),
    checkable: tally.checkable,
    zarrs: tally.zarrs,
    outsideStores: tally.outsideStores,
    readme: tally.readme,
    countsAreClaimed: !isHeld,
    day:
      version === 'draft'
        ? (tally.lastDay ??
          dayOf(textMember(record, 'dateModified')) ??
          dayOf(textMember(record, 'dateCreated')))
        : (dayOf(textMember(record, 'datePublished')) ?? dayOfVersion(version)),
    created: dayOf(textMember(record, 'dateCreated')),
    contact: contactPersons(people)[0]?.name,
    creators: creatorsLine(people),
    funders: people.filter(isFundingOrganization),
    facets: facetValues(record, summary, people, sources.vocabularies),
    assetsSummary: summary,
    summary: view,
  };
}
