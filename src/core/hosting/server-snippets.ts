// Rules for those who run nginx or Caddy, to be included in the block of the site.

import type { RuleSettings } from './redirect-rules.ts';

const VERSION = String.raw`draft|latest|0\.[0-9]{6}\.[0-9]{4}`;
const KEY = '(?:[0-9a-f]{3}/[0-9a-f]{3}/)?(([0-9a-f]{3})([0-9a-f]{3})[0-9a-f-]{30,58})';

/** Lines for the `server` block of nginx. */
export function nginxSnippet({ prefix, store }: RuleSettings): string {
  const bytes =
    store === undefined
      ? ''
      : `
location ~ "^/api/assets/${KEY}/download/?$" {
    return 302 ${store}blobs/$2/$3/$1;
}
location ~ "^/api/zarr/([0-9a-f-]{36})/files/?$" {
    default_type application/json;
    if ($arg_download = true) { return 302 ${store}zarr/$1/$arg_prefix; }
}
`;
  return `# nginx: include this file in the server block whose root is the site.
index index.html;
error_page 404 /404.html;
absolute_redirect off;

location ~* "^/${prefix}:([0-9]{6})/?$" {
    return 302 /dandiset/$1/;
}
location ~* "^/${prefix}:([0-9]{6})[/@](${VERSION})/?$" {
    return 302 /dandiset/$1/$2/;
}
${bytes}
location = /server-info {
    default_type application/json;
    add_header Access-Control-Allow-Origin "*";
}
location /api/ {
    types {}
    default_type application/json;
    add_header Access-Control-Allow-Origin "*";
}
`;
}

/** Lines for the site's block in a Caddyfile. */
export function caddySnippet({ prefix, store }: RuleSettings): string {
  const bytes =
    store === undefined
      ? ''
      : `
@bytes path_regexp bytes ^/api/assets/${KEY}/download/?$
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
@json path /server-info /api/*
header @json Content-Type application/json
header Access-Control-Allow-Origin *

handle_errors {
	rewrite * /404.html
	file_server
}
`;
}
