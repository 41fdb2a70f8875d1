// Rule files for hosts, generated from the records: they redirect identifiers to pages and the Python client
// to bytes. They are part of the site; each host reads its own and ignores the others.

import { headersFile } from '../../core/hosting/headers-file.ts';
import {
  commonRedirects,
  netlifyRedirects,
  type RuleSettings,
} from '../../core/hosting/redirect-rules.ts';
import { s3WebsiteSettings } from '../../core/hosting/s3-website.ts';
import { caddySnippet, nginxSnippet } from '../../core/hosting/server-snippets.ts';
import { absoluteStoreAddress } from '../../core/records/archive.ts';
import { storeAddress } from '../catalog/addresses.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { SiteFile } from '../site-file.ts';

/** What the rules of this archive are made of. */
export function ruleSettings({ archive, base, dandisets }: Catalog): RuleSettings {
  const preferred = archive.stores[0];
  return {
    prefix: archive.identifierPrefix,
    store: preferred === undefined ? undefined : absoluteStoreAddress(archive, preferred),
    storePath: preferred === undefined ? undefined : storeAddress(base, preferred),
    latest: new Map(dandisets.map(({ number, shown }) => [number, shown.version])),
  };
}

/** The rule files. Hosts read them at the root of their host name, so a site below a path has none. */
export function hostRules(catalog: Catalog): SiteFile[] {
  const { archive, base } = catalog;
  if (base !== '/') return [];
  const settings = ruleSettings(catalog);
  const redirects = archive.host === 'netlify' ? netlifyRedirects : commonRedirects;
  return [
    { path: '_headers', contents: headersFile() },
    { path: '_redirects', contents: redirects(settings) },
    {
      path: 'hosting/s3-website.json',
      contents: s3WebsiteSettings({ prefix: archive.identifierPrefix, site: archive.site }),
    },
    { path: 'hosting/nginx.conf', contents: nginxSnippet(settings) },
    { path: 'hosting/Caddyfile', contents: caddySnippet(settings) },
  ];
}
