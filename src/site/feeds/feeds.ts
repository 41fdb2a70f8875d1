// Atom feeds (RFC 4287) of published versions and of withdrawals: one for the archive, one for each Dandiset.
// An entry's id names the event, not a page, and never changes (handbook: what is promised).

import { doiAddress, isPlaceholderDoi, parseDoi } from '../../core/identifiers/doi.ts';
import { dayOfVersion } from '../../core/text/format.ts';
import { shownText } from '../../core/text/shown-text.ts';
import type { Catalog, DandisetEntry, VersionEntry } from '../catalog/catalog.ts';
import { compareTimes, timeOfEntry, timeOfWithdrawal } from '../catalog/record-times.ts';
import type { SiteFile } from '../site-file.ts';
import { absoluteVersionAddress } from '../catalog/version-material.ts';
import { xmlDocument, xmlElement, xmlText } from './xml.ts';

/** What happened to a version, at a time. */
interface FeedEntry {
  id: string;
  title: string;
  href: string;
  published: string;
  updated: string;
  summary: string;
}

interface Feed {
  id: string;
  title: string;
  /** Of the feed itself and of the page it belongs to; absolute. */
  self: string;
  page: string;
  entries: FeedEntry[];
  /** For a feed without entries. */
  fallbackTime: string;
}

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

function entryLines(entry: FeedEntry): string[] {
  return [
    '  <entry>',
    `    ${xmlElement('id', entry.id)}`,
    `    ${xmlElement('title', entry.title)}`,
    `    <link rel="alternate" type="text/html" href="${xmlText(entry.href)}"/>`,
    `    ${xmlElement('published', entry.published)}`,
    `    ${xmlElement('updated', entry.updated)}`,
    `    ${xmlElement('summary', entry.summary)}`,
    '  </entry>',
  ];
}

function feedText(catalog: Catalog, feed: Feed): string {
  const { archive } = catalog;
  return xmlDocument([
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `  ${xmlElement('id', feed.id)}`,
    `  ${xmlElement('title', feed.title)}`,
    `  ${xmlElement('updated', feed.entries[0]?.updated ?? feed.fallbackTime)}`,
    `  <author>${xmlElement('name', archive.name)}${xmlElement('uri', archive.site)}</author>`,
    `  <link rel="self" type="application/atom+xml" href="${xmlText(feed.self)}"/>`,
    `  <link rel="alternate" type="text/html" href="${xmlText(feed.page)}"/>`,
    ...feed.entries.flatMap(entryLines),
    '</feed>',
  ]);
}

/** Where the feed of a Dandiset, or of the whole archive, is below the site's root. */
export function feedPath(number?: string): string {
  return number === undefined ? 'feed.atom' : `dandiset/${number}/feed.atom`;
}

function dandisetFeed(catalog: Catalog, dandiset: DandisetEntry, entries: FeedEntry[]): SiteFile {
  const { number, identifier, shown } = dandiset;
  const { site } = catalog.archive;
  return {
    path: feedPath(number),
    contents: feedText(catalog, {
      id: site + feedPath(number),
      title: `${shown.summary.name} (${identifier}): versions`,
      self: site + feedPath(number),
      page: `${site}dandiset/${number}/`,
      entries,
      fallbackTime: timeOfEntry(shown) ?? NO_TIME,
    }),
  };
}

/** The feed of the archive and one of each Dandiset. */
export function* feedFiles(catalog: Catalog): Generator<SiteFile> {
  const { archive } = catalog;
  let newest: FeedEntry[] = [];
  for (const dandiset of catalog.dandisets) {
    const entries = byTime(entriesOf(catalog, dandiset));
    newest = byTime([...newest, ...entries]).slice(0, MAX_ENTRIES_OF_SITE);
    yield dandisetFeed(catalog, dandiset, entries);
  }
  const contents = feedText(catalog, {
    id: archive.site + feedPath(),
    title: `${archive.name}: versions`,
    self: archive.site + feedPath(),
    page: archive.site,
    entries: newest,
    fallbackTime: NO_TIME,
  });
  yield { path: feedPath(), contents };
}
