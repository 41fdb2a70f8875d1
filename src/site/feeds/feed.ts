// What a feed says, before it is written in a format.

import type { Archive } from '../../core/records/archive.ts';

/** What happened to a version, at a time. */
export interface FeedEntry {
  id: string;
  title: string;
  href: string;
  published: string;
  updated: string;
  summary: string;
}

export interface Feed {
  id: string;
  title: string;
  /** The page it belongs to; absolute. */
  page: string;
  entries: FeedEntry[];
  /** For a feed without entries. */
  fallbackTime: string;
}

/** Writes a feed; `self` is the absolute address of the file. */
export type FeedWriter = (
  archive: Pick<Archive, 'name' | 'site'>,
  feed: Feed,
  self: string,
) => string;
