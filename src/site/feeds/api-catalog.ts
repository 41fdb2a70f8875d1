// What this site offers to programs, as RFC 9727 and FAIRiCat define it: a linkset (RFC 9264) at
// `/.well-known/api-catalog`, and the same with a name that every host serves as JSON. Each interface is an item
// of the catalogue, and has links to its description.

import { asciiJson } from '../../core/json/ascii-json.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { SiteFile } from '../site-file.ts';
import { feedPath } from './feeds.ts';
import { hasSitemaps } from './sitemaps.ts';

export const API_CATALOG_PATH = 'api-catalog.json';

interface Link {
  href: string;
  type: string;
  title?: string;
}

/** An interface: where it is, and what describes it, by relation. */
interface Interface extends Link {
  descriptions: Record<string, Link[]>;
}

/** A specification that is not ours. */
const specification = (href: string): Record<string, Link[]> => ({
  'service-doc': [{ href, type: 'text/html' }],
});

function interfacesOf(catalog: Catalog): Interface[] {
  const { site, name } = catalog.archive;
  const handbook = (page: string): Link => ({
    href: `${site}handbook/${page}/`,
    type: 'text/html',
  });
  const json = (path: string): Link => ({ href: site + path, type: 'application/json' });
  const sitemap: Interface = {
    href: `${site}sitemap-index.xml`,
    type: 'application/xml',
    title: `${name}: pages`,
    descriptions: specification('https://www.sitemaps.org/protocol.html'),
  };
  return [
    {
      ...json('api/'),
      title: `${name}: the API of DANDI`,
      descriptions: {
        'service-desc': [json('api/openapi.json')],
        'service-doc': [handbook('programs')],
        'service-meta': [json('server-info')],
      },
    },
    {
      ...json('search/dandisets.json'),
      title: `${name}: the Dandisets as a table`,
      descriptions: {
        'service-desc': [json('search/dandisets.schema.json')],
        'service-doc': [handbook('data')],
      },
    },
    {
      href: site + feedPath('atom'),
      type: 'application/atom+xml',
      title: `${name}: versions`,
      descriptions: specification('https://www.rfc-editor.org/rfc/rfc4287'),
    },
    {
      href: site + feedPath('json'),
      type: 'application/feed+json',
      title: `${name}: versions`,
      descriptions: specification('https://www.jsonfeed.org/version/1.1/'),
    },
    ...(hasSitemaps(catalog) ? [sitemap] : []),
  ];
}

/** The linkset and its twin. */
export function apiCatalogFiles(catalog: Catalog): SiteFile[] {
  const interfaces = interfacesOf(catalog);
  const linkset = [
    {
      anchor: catalog.archive.site + API_CATALOG_PATH,
      item: interfaces.map(({ href, type, title }) => ({ href, type, title })),
    },
    ...interfaces.map(({ href, descriptions }) => ({ anchor: href, ...descriptions })),
  ];
  const contents = `${asciiJson(JSON.stringify({ linkset }, undefined, 2))}\n`;
  return [
    { path: API_CATALOG_PATH, contents },
    { path: '.well-known/api-catalog', contents },
  ];
}
