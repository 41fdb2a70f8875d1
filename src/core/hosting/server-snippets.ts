// Rules for servers with nginx or Caddy, to be included in the block of the site.

import { HEADER_BLOCKS } from './headers-file.ts';
import type { RuleSettings } from './redirect-rules.ts';

const VERSION = String.raw`draft|latest|0\.[0-9]{6}\.[0-9]{4}`;
const KEY = '(?:[0-9a-f]{3}/[0-9a-f]{3}/)?(([0-9a-f]{3})([0-9a-f]{3})[0-9a-f-]{30,58})';

/** The lists of the API that have pages. */
const PAGED_LISTS =
  '/api/(?:dandisets|dandisets/[0-9]{6}/versions|dandisets/[0-9]{6}/versions/[^/]+/assets)/';

/** Before the addresses of a version's assets, or of the archive's. */
const ABOVE_ASSETS = '/api/(?:dandisets/[0-9]{6}/versions/[^/]+/)?';

/**
 * Where the bytes are: on the server itself under the name by which it was asked, since programs take the
 * header of a redirect as it is.
 */
function storeHere({ store, storePath }: RuleSettings, origin: string): string | undefined {
  return storePath?.startsWith('/') === true ? origin + storePath : store;
}

/** The headers of all files, and the additional ones of some. */
const EVERYWHERE = HEADER_BLOCKS.filter(([pattern]) => pattern === '/*');
const SOMEWHERE = HEADER_BLOCKS.filter(([pattern]) => pattern !== '/*');

const lines = (indent: string, all: readonly string[]): string =>
  all.map((line) => `${indent}${line}\n`).join('');

function addHeaders(headers: Record<string, string>): string[] {
  return Object.entries(headers).map(([name, value]) => `add_header ${name} "${value}" always;`);
}

/** `/api/*`, `/server-info` or `/*.bib` as nginx writes it. */
function nginxPlace(pattern: string): string {
  if (pattern.startsWith('/*')) return `~ "${pattern.slice(2).replaceAll('.', String.raw`\.`)}$"`;
  return pattern.endsWith('*') ? pattern.slice(0, -1) : `= ${pattern}`;
}

function nginxHeaders(): string {
  const everywhere = EVERYWHERE.flatMap(([, headers]) => addHeaders(headers));
  const places = SOMEWHERE.map(([pattern, { 'Content-Type': type, ...more }]) => {
    // A location with headers of its own inherits none.
    const own = addHeaders(more);
    const inside = [
      ...(type === undefined ? [] : ['types {}', `default_type '${type}';`]),
      ...(own.length === 0 ? [] : [...everywhere, ...own]),
    ];
    return `location ${nginxPlace(pattern)} {\n${lines('    ', inside)}}\n`;
  });
  return lines('', everywhere) + places.join('');
}

/** Lines for the `server` block of nginx. */
export function nginxSnippet(settings: RuleSettings): string {
  const { prefix } = settings;
  const store = storeHere(settings, '$scheme://$http_host');
  const bytes =
    store === undefined
      ? ''
      : `
location ~ "^${ABOVE_ASSETS}assets/${KEY}/download/?$" {
    return 302 ${store}blobs/$2/$3/$1;
}
location ~ "^/api/zarr/([0-9a-f-]{36})/files/?$" {
    default_type application/json;
    if ($arg_download = true) { return 302 ${store}zarr/$1/$arg_prefix; }
}
`;
  return `# nginx: include this file in the server block whose root is the site.
index index.html;
error_page 403 404 =404 /404.html;
absolute_redirect off;
charset utf-8;

location ~* "^/${prefix}:([0-9]{6})/?$" {
    return 302 /dandiset/$1/;
}
location ~* "^/${prefix}:([0-9]{6})[/@](${VERSION})/?$" {
    return 302 /dandiset/$1/$2/;
}
${bytes}
location ~ "^${PAGED_LISTS}$" {
    if ($arg_page ~ "^(?!1$)[0-9]{1,9}$") { rewrite ^(.*)/$ $1/page-$arg_page/ last; }
}
${nginxHeaders()}`;
}

function caddyHeaders(): string {
  return HEADER_BLOCKS.map(([pattern, headers]) => {
    const ending = /^\/\*(.+)/.exec(pattern)?.[1];
    const name = ending?.replaceAll(/\W/g, '') ?? '';
    // As a condition in first position, Caddy accepts only a path from the root or a named matcher.
    const named = ending === undefined ? '' : `@${name} path *${ending}\n`;
    const place = pattern === '/*' ? '' : `${ending === undefined ? pattern : `@${name}`} `;
    const each = Object.entries(headers).map(
      ([name, value]) => `header ${place}${name} \`${value}\``,
    );
    return named + lines('', each);
  }).join('');
}

/** Lines for the site's block in a Caddyfile. */
export function caddySnippet(settings: RuleSettings): string {
  const { prefix } = settings;
  const store = storeHere(settings, '{http.request.scheme}://{http.request.hostport}');
  const bytes =
    store === undefined
      ? ''
      : `
@bytes path_regexp bytes ^${ABOVE_ASSETS}assets/${KEY}/download/?$
redir @bytes ${store}blobs/{re.bytes.2}/{re.bytes.3}/{re.bytes.1} 302

@chunk {
	path_regexp chunk ^/api/zarr/([0-9a-f-]{36})/files/?$
	query download=true
}
redir @chunk ${store}zarr/{re.chunk.1}/{query.prefix} 302
`;
  return `# Caddy: import this file in the block of the site, beside its root and file_server.
@version path_regexp version (?i)^/${prefix}:([0-9]{6})[/@](${VERSION})/?$
redir @version /dandiset/{re.version.1}/{re.version.2}/ 302

@dandiset path_regexp dandiset (?i)^/${prefix}:([0-9]{6})/?$
redir @dandiset /dandiset/{re.dandiset.1}/ 302
${bytes}
# A page of a list, by its number.
@page {
	path_regexp page ^${PAGED_LISTS}$
	query page=*
	not query page=1
}
rewrite @page {re.page.0}page-{query.page}/

# An address without its last slash keeps its query.
@folder {
	path_regexp [^/]$
	file {path}/index.html
	not query ""
}
redir @folder {path}/?{query} 308

${caddyHeaders()}
handle_errors {
	rewrite * /404.html
	header Content-Type "text/html; charset=utf-8"
	file_server
}
`;
}
