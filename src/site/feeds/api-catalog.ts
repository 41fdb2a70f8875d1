// What this site offers to programs, as RFC 9727 defines it: a linkset (RFC 9264) at
// `/.well-known/api-catalog`, and the same with a name that every host serves as JSON.

import type { Catalog } from '../catalog/catalog.ts';
import { feedPath } from './feeds.ts';
import type { SiteFile } from '../site-file.ts';

export const API_CATALOG_PATH = 'api-catalog.json';

/** The linkset and its twin. */
export function apiCatalogFiles({ archive: { site, name } }: Catalog): SiteFile[] {
  const link = (path: string, type: string, title?: string): Record<string, string> => ({
    href: site + path,
    type,
    ...(title === undefined ? {} : { title }),
  });
  const linkset = [
    {
      anchor: site + API_CATALOG_PATH,
      item: [
        link('feed.atom', 'application/atom+xml', `${name}: versions`),
        link('sitemap-index.xml', 'application/xml', `${name}: pages`),
      ],
    },
    {
      anchor: site + feedPath(),
      'service-doc': [link('handbook/identifiers/', 'text/html')],
    },
  ];
  const contents = `${JSON.stringify({ linkset }, undefined, 2)}\n`;
  return [
    { path: API_CATALOG_PATH, contents },
    { path: '.well-known/api-catalog', contents },
  ];
}
