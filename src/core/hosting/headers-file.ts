// The `_headers` file that Netlify and Cloudflare Pages read: the headers of a response. A header that two
// blocks give to one address is joined with a comma, so each occurs once.

/** Headers by the files they belong to: one path, all below a folder, or all with an extension. */
export const HEADER_BLOCKS: readonly (readonly [path: string, headers: Record<string, string>])[] =
  [
    [
      '/*',
      {
        'Access-Control-Allow-Origin': '*',
        'X-Content-Type-Options': 'nosniff',
        'Content-Security-Policy': "frame-ancestors 'self'; object-src 'none'",
        'Referrer-Policy': 'strict-origin-when-cross-origin',
      },
    ],
    ['/_astro/*', { 'Cache-Control': 'public, max-age=31536000, immutable' }],
    ['/api/*', { 'Content-Type': 'application/json' }],
    ['/server-info', { 'Content-Type': 'application/json' }],
    [
      '/.well-known/api-catalog',
      {
        'Content-Type':
          'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"',
      },
    ],
    ['/*.jsonl', { 'Content-Type': 'application/jsonl' }],
    ['/*.jsonld', { 'Content-Type': 'application/ld+json' }],
    ['/*.sha256', { 'Content-Type': 'text/plain; charset=utf-8' }],
    ['/*.bib', { 'Content-Type': 'application/x-bibtex; charset=utf-8' }],
    ['/*.ris', { 'Content-Type': 'application/x-research-info-systems; charset=utf-8' }],
    ['/*.cff', { 'Content-Type': 'application/yaml' }],
    ['/*.atom', { 'Content-Type': 'application/atom+xml' }],
    ['/*feed.json', { 'Content-Type': 'application/feed+json' }],
  ];

/** The text of `_headers`. */
export function headersFile(): string {
  const blocks = HEADER_BLOCKS.map(([path, headers]) =>
    [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)].join('\n'),
  );
  return `# Made with the site; edits are lost at the next build.\n\n${blocks.join('\n\n')}\n`;
}

function matches(pattern: string, address: string): boolean {
  const [start = '', end] = pattern.split('*');
  if (end === undefined) return address === pattern;
  return address.startsWith(start) && address.endsWith(end);
}

/** The headers that the rules give to a file of the site by its path: `api/dandisets/index.html`. */
export function headersOfFile(path: string): Record<string, string> {
  const blocks = HEADER_BLOCKS.filter(([pattern]) => matches(pattern, `/${path}`));
  return Object.assign({}, ...blocks.map(([, headers]) => headers)) as Record<string, string>;
}
