// Lines for a file server whose folder is a store: readers of any site get ranges, strangers nothing else.

import { CLOSED_PREFIXES, SEEN_HEADERS, SENT_HEADERS } from './bucket-documents.ts';

const closed = CLOSED_PREFIXES.map((prefix) => prefix.slice(0, -1));
const seen = SEEN_HEADERS.join(', ');
const sent = SENT_HEADERS.join(', ');

/** Lines for the `server` block of nginx. `path` is where the store is on it, `/` or `/storage/`. */
export function nginxStoreLines(path: string): string {
  return `location ${path} {
    gzip off;
    autoindex off;
    add_header Access-Control-Allow-Origin "*" always;
    add_header Access-Control-Expose-Headers "${seen}" always;
    if ($request_method = OPTIONS) {
        add_header Access-Control-Allow-Origin "*";
        add_header Access-Control-Allow-Methods "GET, HEAD";
        add_header Access-Control-Allow-Headers "${sent}";
        add_header Access-Control-Max-Age "86400";
        return 204;
    }
}
location ~ "^${path}(?:${closed.join('|')})/" {
    return 403;
}
`;
}

/** Lines for the site's block in a Caddyfile, beside its \`root\` and \`file_server\` without \`browse\`. */
export function caddyStoreLines(path: string): string {
  const folders = closed.map((name) => `${path}${name}/*`).join(' ');
  return `@store path ${path}*
header @store Access-Control-Allow-Origin "*"
header @store Access-Control-Expose-Headers "${seen}"
@question {
	method OPTIONS
	path ${path}*
}
header @question Access-Control-Allow-Methods "GET, HEAD"
header @question Access-Control-Allow-Headers "${sent}"
header @question Access-Control-Max-Age "86400"
respond @question 204
@closed path ${folders}
respond @closed 403
`;
}
