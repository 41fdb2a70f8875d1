// JSON Feed 1.1 (jsonfeed.org): the entries of the Atom feed, by the same ids.

import { asciiJson } from '../../core/json/ascii-json.ts';
import type { FeedEntry, FeedWriter } from './feed.ts';

function item({ id, title, href, published, updated, summary }: FeedEntry): object {
  return {
    id,
    url: href,
    title,
    // The format requires a content; there is none but the page.
    content_text: summary,
    date_published: published,
    date_modified: updated,
  };
}

/** The text of a feed. */
export const jsonFeedText: FeedWriter = ({ name, site }, { title, page, entries }, self) => {
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title,
    home_page_url: page,
    feed_url: self,
    authors: [{ name, url: site }],
    items: entries.map(item),
  };
  return `${asciiJson(JSON.stringify(feed, undefined, 1))}\n`;
};
