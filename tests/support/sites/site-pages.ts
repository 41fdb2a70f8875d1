// Which files of a built site are pages. The API's documents have the names of pages, since file hosts serve
// those for an address that ends in a slash, and hold JSON.

import { readdirSync } from 'node:fs';
import path from 'node:path';

/** The record of a version in the API, equal to the frozen file. */
const API_RECORD = /^api\/dandisets\/\d{6}\/versions\/[^/]+\/index\.html$/;

/** Whether a file of a built site, by its path with `/`, is a document of the API. */
export function isApiDocument(name: string): boolean {
  return /^api\/(?:.+\/)?index\.html$/.test(name);
}

/** Whether it is a record as the API serves it, a version's metadata in full. */
export function isApiRecord(name: string): boolean {
  return API_RECORD.test(name);
}

/** Whether it is a page for people. */
export function isPage(name: string): boolean {
  return name.endsWith('.html') && !isApiDocument(name);
}

/** The pages of a built site by their paths with `/`. */
export function sitePages(dist: string): string[] {
  return readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .map((name) => name.split(path.sep).join('/'))
    .filter(isPage);
}
