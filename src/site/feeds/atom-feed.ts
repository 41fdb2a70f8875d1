// Atom (RFC 4287).

import type { FeedEntry, FeedWriter } from './feed.ts';
import { xmlDocument, xmlElement, xmlText } from '../../core/text/xml.ts';

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

/** The text of a feed. */
export const atomText: FeedWriter = (archive, feed, self) => {
  return xmlDocument([
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `  ${xmlElement('id', feed.id)}`,
    `  ${xmlElement('title', feed.title)}`,
    `  ${xmlElement('updated', feed.entries[0]?.updated ?? feed.fallbackTime)}`,
    `  <author>${xmlElement('name', archive.name)}${xmlElement('uri', archive.site)}</author>`,
    `  <link rel="self" type="application/atom+xml" href="${xmlText(self)}"/>`,
    `  <link rel="alternate" type="text/html" href="${xmlText(feed.page)}"/>`,
    ...feed.entries.flatMap(entryLines),
    '</feed>',
  ]);
};
