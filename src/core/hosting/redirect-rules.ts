// The `_redirects` file that Netlify and Cloudflare Pages read. Both know one rule per line, `:name` for one
// part of a path and `*` with `:splat` for the rest of it. Only Netlify distinguishes requests by their
// query, so it gets one more rule.

/** The input for the rules of an archive's host. */
export interface RuleSettings {
  /** `DANDI`. */
  prefix: string;
  /** The preferred store: absolute, as programs take the header of a redirect as it is; ends in `/`. */
  store: string | undefined;
  /** The same from the root of the host, for a server that knows under which name it was asked. */
  storePath?: string | undefined;
  /** The targets of `/dandiset/<number>/latest/`: number → version. */
  latest: ReadonlyMap<string, string>;
}

/** Cloudflare's limits for one file; it ignores what exceeds them. */
export const MAX_STATIC_RULES = 2000;
export const MAX_DYNAMIC_RULES = 100;
export const MAX_RULE_LENGTH = 1000;

/** Both cases of the prefix: the hosts' rules are case-sensitive. */
function spellings(prefix: string): string[] {
  return [prefix, prefix.toLowerCase()];
}

/** Rules for identifiers. A colon is literal unless a letter follows it. */
function identifierRules(prefix: string): string[] {
  return spellings(prefix).flatMap((name) => [
    `/${name}::number@:version /dandiset/:number/:version/ 302`,
    `/${name}:* /dandiset/:splat 302`,
    // As some programs write it, and as Netlify wants special characters in a rule.
    `/${name}%3A* /dandiset/:splat 302`,
  ]);
}

/** The rule that redirects the Python client to the bytes of every file, and the same below a version. */
function downloadRules(store: string | undefined): string[] {
  if (store === undefined) return [];
  return ['/api/', '/api/dandisets/:number/versions/:version/'].map(
    (above) => `${above}assets/:first/:second/:key/download/ ${store}blobs/:first/:second/:key 302`,
  );
}

/** The lists of the API that have pages, as the rules of Netlify write their addresses. */
const PAGED_LISTS = [
  '/api/dandisets/',
  '/api/dandisets/:number/versions/',
  '/api/dandisets/:number/versions/:version/assets/',
];

/** Rules that lead `?page=N` to the document of the page. Where there is none, a loop over pages ends. */
function pageRules(): string[] {
  return PAGED_LISTS.flatMap((list) => [
    `${list} page=1 ${list}index.html 200!`,
    `${list} page=:page ${list}page-:page/ 200!`,
  ]);
}

function latestRules(latest: RuleSettings['latest']): string[] {
  const rules = [...latest].flatMap(([number, version]) =>
    ['', '/'].map((end) => `/dandiset/${number}/latest${end} /dandiset/${number}/${version}/ 302`),
  );
  // Half of a list would be confusing; the pages at these addresses forward too.
  return rules.length > MAX_STATIC_RULES ? [] : rules;
}

function toFile(note: string, groups: readonly (readonly string[])[]): string {
  return [
    `# ${note}`,
    '# Made from the records; edits are lost at the next build.',
    ...groups.filter((rules) => rules.length > 0).flatMap((rules) => ['', ...rules]),
    '',
  ].join('\n');
}

/** The rules in the form that Cloudflare Pages and Netlify both read. */
export function commonRedirects({ prefix, store, latest }: RuleSettings): string {
  return toFile('Redirects for Cloudflare Pages, and what Netlify shares of them.', [
    // Static rules come first.
    latestRules(latest),
    identifierRules(prefix),
    downloadRules(store),
  ]);
}

/** The rules for Netlify: also by query, for pages of lists and for the files of Zarrs. */
export function netlifyRedirects({ prefix, store, latest }: RuleSettings): string {
  // `!`: although there is a file at this address.
  const queries =
    store === undefined
      ? []
      : [`/api/zarr/:zarr/files/ prefix=:key download=true ${store}zarr/:zarr/:key 302!`];
  return toFile('Redirects for Netlify.', [
    latestRules(latest).map((rule) => `${rule}!`),
    queries,
    pageRules(),
    identifierRules(prefix),
    downloadRules(store),
  ]);
}
