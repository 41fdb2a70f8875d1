// FAIR Signposting, level 1 and 2: typed links from the page of a version to its related resources, and the
// whole set of them as a linkset (RFC 9264). https://signposting.org/FAIR/

import { agentAddress } from './agents.ts';
import {
  distinct,
  jsonFile,
  lastingAddress,
  type ExportInput,
  type OtherVersion,
  type SiblingFile,
} from './export-input.ts';

export interface TypedLink {
  rel: string;
  href: string;
  type?: string;
  profile?: string;
}

/** The most authors and items in the links of a page; the linkset has all. */
export const MAX_LINKS_IN_PAGE = 5;

const MAX_AUTHORS = 1000;

/** The data files, or the list of them; bytes at several paths are one item. */
function items({ files, list }: ExportInput): TypedLink[] {
  if (files.length === 0 && list !== undefined) {
    return [{ rel: 'item', href: list.url, type: list.encoding }];
  }
  return distinct(
    files.map(({ url, encodings }) => ({ rel: 'item', href: url, type: encodings[0] ?? '' })),
  );
}

/** At most one licence is allowed; if there are several, the page's own list is the answer. */
function licence({ facts }: ExportInput): TypedLink[] {
  const [first, ...others] = facts.licences;
  if (first === undefined) return [];
  if (others.length > 0) return [{ rel: 'license', href: `${facts.url}#licences` }];
  return first.href === undefined ? [] : [{ rel: 'license', href: first.href }];
}

function toVersion(rel: string, version: OtherVersion | undefined): TypedLink[] {
  return version === undefined ? [] : [{ rel, href: version.url }];
}

/** Links between versions (RFC 5829). */
function versionLinks(
  input: Pick<ExportInput, 'latest' | 'predecessor' | 'successor' | 'history'>,
): TypedLink[] {
  return [
    ...toVersion('latest-version', input.latest),
    ...toVersion('predecessor-version', input.predecessor),
    ...toVersion('successor-version', input.successor),
    { rel: 'version-history', href: input.history },
  ];
}

/** What the page of a Dandiset links to: what its newest version does, as a version has neighbours and it has none. */
export function dandisetLinks(links: readonly TypedLink[]): TypedLink[] {
  return links.filter(({ rel }) => rel !== 'predecessor-version' && rel !== 'successor-version');
}

/** Every link of the page of a version except that to the linkset itself. */
export function landingLinks(input: ExportInput, siblings: readonly SiblingFile[]): TypedLink[] {
  const { facts } = input;
  const authors = facts.creators
    .map(agentAddress)
    .filter((address) => address !== undefined)
    .slice(0, MAX_AUTHORS);
  return [
    { rel: 'cite-as', href: lastingAddress(input) },
    { rel: 'type', href: 'https://schema.org/Dataset' },
    { rel: 'type', href: 'https://schema.org/AboutPage' },
    ...[...new Set(authors)].map((href) => ({ rel: 'author', href })),
    ...siblings.map(({ url, type, profile }) => ({
      rel: 'describedby',
      href: url,
      type,
      ...(profile === undefined ? {} : { profile }),
    })),
    ...items(input),
    ...licence(input),
    ...versionLinks(input),
  ];
}

/** The links that a page carries: all, but only a few authors and items. */
export function pageLinks(
  input: ExportInput,
  siblings: readonly SiblingFile[],
  linkset: SiblingFile,
): TypedLink[] {
  const counts = new Map<string, number>();
  const few = landingLinks(input, siblings).filter(({ rel }) => {
    const count = (counts.get(rel) ?? 0) + 1;
    counts.set(rel, count);
    return (rel !== 'author' && rel !== 'item') || count <= MAX_LINKS_IN_PAGE;
  });
  return [...few, { rel: 'linkset', href: linkset.url, type: linkset.type }];
}

type Target = Omit<TypedLink, 'rel'>;
type LinkContext = Record<string, string | Target[]> & { anchor: string };

function toContext(anchor: string, links: readonly TypedLink[]): LinkContext {
  const byRelation = new Map<string, Target[]>();
  for (const { rel, ...target } of links) {
    const targets = byRelation.get(rel) ?? [];
    targets.push(target);
    byRelation.set(rel, targets);
  }
  return { anchor, ...Object.fromEntries(byRelation) };
}

/** The links of a page, once by its address with and once without the trailing slash. */
function pageContexts(url: string, links: readonly TypedLink[]): LinkContext[] {
  return [toContext(url, links), toContext(url.replace(/\/$/, ''), links)];
}

/** `linkset.json` of the page of a Dandiset, which shows the version that the input describes. */
export function dandisetLinksetJson(
  url: string,
  input: ExportInput,
  siblings: readonly SiblingFile[],
): string {
  return jsonFile({ linkset: pageContexts(url, dandisetLinks(landingLinks(input, siblings))) });
}

/**
 * `linkset.json`: the page's links, once by its address with and once without the trailing slash, since
 * readers compare the address they used letter by letter; and the link back from every file.
 */
export function linksetJson(input: ExportInput, siblings: readonly SiblingFile[]): string {
  const { url } = input.facts;
  const links = landingLinks(input, siblings);
  const home: Target = { href: url, type: 'text/html' };
  return jsonFile({
    linkset: [
      ...pageContexts(url, links),
      ...items(input).map(({ href }) => ({ anchor: href, collection: [home] })),
      ...siblings.map((sibling) => ({ anchor: sibling.url, describes: [home] })),
    ],
  });
}
