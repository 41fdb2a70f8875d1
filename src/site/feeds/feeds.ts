// Feeds of published versions and of withdrawals, for the archive and for each Dandiset, in two formats.
// An entry's id names the event, not a page, and never changes (handbook: what is promised).

import { doiAddress, isPlaceholderDoi, parseDoi } from '../../core/identifiers/doi.ts';
import { dayOfVersion } from '../../core/text/format.ts';
import { shownText } from '../../core/text/shown-text.ts';
import type { Catalog, DandisetEntry, VersionEntry } from '../catalog/catalog.ts';
import { compareTimes, timeOfEntry, timeOfWithdrawal } from '../catalog/record-times.ts';
import type { SiteFile } from '../site-file.ts';
import { absoluteVersionAddress } from '../catalog/version-material.ts';
import { atomText } from './atom-feed.ts';
import type { Feed, FeedEntry, FeedWriter } from './feed.ts';
import { jsonFeedText } from './json-feed.ts';

/** The formats, each also the extension of its files. */
export const FEED_FORMATS = ['atom', 'json'] as const;

type FeedFormat = (typeof FEED_FORMATS)[number];

const WRITERS: Record<FeedFormat, FeedWriter> = { atom: atomText, json: jsonFeedText };

/** The archive's own feed holds the newest; those of Dandisets hold all of theirs. */
export const MAX_ENTRIES_OF_SITE = 200;

const NO_TIME = '1970-01-01T00:00:00Z';

/** A tag URI (RFC 4151): the domain of the archive, a day on which it was the archive's, a name. */
function tagOf(catalog: Catalog, day: string, name: string): string {
  return `tag:${new URL(catalog.archive.site).hostname},${day}:${name}`;
}

/** The id of the entry of a publication: the DOI that an imported version came with, else a tag. */
function publicationId(
  catalog: Catalog,
  { version, manifest }: VersionEntry,
  name: string,
): string {
  // A DOI that this archive registers comes after the entry, whose id must stay.
  const doi = manifest?.source === undefined ? undefined : parseDoi(manifest.doi ?? '');
  if (doi !== undefined && !isPlaceholderDoi(doi)) return doiAddress(doi);
  // The day of the version's name, as the record might once be replaced by a notice.
  return tagOf(catalog, dayOfVersion(version) ?? '1970-01-01', name);
}

function publication(catalog: Catalog, dandiset: DandisetEntry, entry: VersionEntry): FeedEntry {
  const name = `${dandiset.identifier}/${entry.version}`;
  const time = timeOfEntry(entry) ?? NO_TIME;
  return {
    id: publicationId(catalog, entry, name),
    title: `${entry.summary.name} (${name})`,
    href: absoluteVersionAddress(catalog, entry.number, entry.version),
    published: time,
    updated: time,
    summary: [entry.summary.creators, entry.summary.excerpt]
      .filter((text) => text !== '')
      .join('. '),
  };
}

function withdrawal(catalog: Catalog, dandiset: DandisetEntry, entry: VersionEntry): FeedEntry {
  const { title, href, published } = publication(catalog, dandiset, entry);
  const name = `${dandiset.identifier}/${entry.version}/withdrawn`;
  const { reason = '', successor } = dandiset.records.withdrawals.get(entry.version) ?? {};
  const time = timeOfWithdrawal(dandiset, entry.version) ?? published;
  const instead =
    successor === undefined ? '' : ` Use ${dandiset.identifier}/${successor} instead.`;
  return {
    id: tagOf(catalog, dayOfVersion(entry.version) ?? '1970-01-01', name),
    title: `Withdrawn: ${title}`,
    href,
    published: time,
    updated: time,
    summary: `This version was withdrawn. ${shownText(reason, 2000)}${instead}`.trim(),
  };
}

function entriesOf(catalog: Catalog, dandiset: DandisetEntry): FeedEntry[] {
  return dandiset.published.flatMap((entry) => {
    const published = publication(catalog, dandiset, entry);
    if (entry.status !== 'withdrawn') return [published];
    return [withdrawal(catalog, dandiset, entry), published];
  });
}

function byTime(entries: readonly FeedEntry[]): FeedEntry[] {
  return [...entries].sort((a, b) => compareTimes(a.updated, b.updated));
}

/** Where the feed of a Dandiset, or of the whole archive, is below the site's root. */
export function feedPath(format: FeedFormat, number?: string): string {
  const name = `feed.${format}`;
  return number === undefined ? name : `dandiset/${number}/${name}`;
}

/** A feed in each format. */
function* inEachFormat(catalog: Catalog, feed: Feed, number?: string): Generator<SiteFile> {
  for (const format of FEED_FORMATS) {
    const path = feedPath(format, number);
    const self = catalog.archive.site + path;
    yield { path, contents: WRITERS[format](catalog.archive, feed, self) };
  }
}

/** The feeds of the archive and of each Dandiset. */
export function* feedFiles(catalog: Catalog): Generator<SiteFile> {
  const { archive } = catalog;
  let newest: FeedEntry[] = [];
  for (const dandiset of catalog.dandisets) {
    const { number, identifier, shown } = dandiset;
    const entries = byTime(entriesOf(catalog, dandiset));
    newest = byTime([...newest, ...entries]).slice(0, MAX_ENTRIES_OF_SITE);
    const feed: Feed = {
      id: archive.site + feedPath('atom', number),
      title: `${shown.summary.name} (${identifier}): versions`,
      page: `${archive.site}dandiset/${number}/`,
      entries,
      fallbackTime: timeOfEntry(shown) ?? NO_TIME,
    };
    yield* inEachFormat(catalog, feed, number);
  }
  const feed: Feed = {
    id: archive.site + feedPath('atom'),
    title: `${archive.name}: versions`,
    page: archive.site,
    entries: newest,
    fallbackTime: NO_TIME,
  };
  yield* inEachFormat(catalog, feed);
}
