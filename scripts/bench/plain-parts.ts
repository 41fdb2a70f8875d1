// Parts of pages as plain string templates: what the components of the site put down, without any
// framework. Only the bench uses them, as the measure of what a build must cost at least.

import { address } from '../../src/site/catalog/addresses.ts';
import type { Catalog, DandisetEntry } from '../../src/site/catalog/catalog.ts';
import { dandisetRow } from '../../src/site/browse/dandiset-row.ts';
import { contentSecurityPolicy, footer, menu } from '../../src/site/page-view.ts';
import type { ContributorRow } from '../../src/site/version/people-view.ts';
import type { Notice } from '../../src/site/version/version-notices.ts';
import type { Named } from '../../src/core/metadata/descriptions.ts';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;' };

/** Text as it may stand in HTML. */
export function e(text: string | number): string {
  return String(text).replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

/** Each item put down, one after another. */
export function each<T>(items: readonly T[], put: (item: T, at: number) => string): string {
  return items.map(put).join('');
}

export interface PageHead {
  title: string;
  description?: string;
  canonical?: string;
  noindex?: boolean;
  refresh?: string;
  /** Below the base path, for the menu. */
  path: string;
  style?: string;
  script?: string;
  /** More of the head, as HTML. */
  more?: string;
}

/** The frame of every page. */
export function page(catalog: Catalog, head: PageHead, content: string): string {
  const { archive, base } = catalog;
  const title = head.title === archive.name ? head.title : `${head.title} · ${archive.name}`;
  const here = base + head.path;
  const script =
    head.script && `<script type="module" src="${base}_astro/${head.script}"></script>`;
  return `<!DOCTYPE html><html lang="en"> <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="${e(contentSecurityPolicy(catalog))}">${head.refresh ? `<meta http-equiv="refresh" content="0; url=${e(head.refresh)}">` : ''}<title>${e(title)}</title>${head.description ? `<meta name="description" content="${e(head.description)}">` : ''}${head.noindex ? '<meta name="robots" content="noindex">' : ''}${head.canonical ? `<link rel="canonical" href="${e(archive.site + head.canonical.slice(base.length))}">` : ''}<link rel="icon" href="${base}favicon.svg" type="image/svg+xml"><meta name="color-scheme" content="light dark"><link rel="alternate" type="application/atom+xml" title="${e(archive.name)}: versions" href="${base}feed.atom"><link rel="stylesheet" href="${base}_astro/site.css">${head.style ? `<link rel="stylesheet" href="${base}_astro/${head.style}">` : ''}${head.more ?? ''}${script ?? ''}</head> <body> <a class="skip" href="#main">
Skip to the content
</a> <header class="top"> <div class="bar"> <a class="brand" href="${base}"> <img src="${base}favicon.svg" alt="" width="26" height="26"> ${e(archive.name)} </a> <nav aria-label="Main"> ${each(menu(catalog), (link) => `<a href="${link.href}"${here.startsWith(link.href) ? ' aria-current="true"' : ''}>${link.text}</a>`)} </nav> <form class="seek" role="search" aria-label="Quick search" action="${base}search/" data-base="${base}" data-prefix="${archive.identifierPrefix}" data-site="${archive.site}"${archive.doiPrefix ? ` data-doi="${archive.doiPrefix}"` : ''}> <label class="visually-hidden" for="seek">
Search Dandisets
</label> <input id="seek" type="search" name="q" placeholder="Search" autocomplete="off"> </form> </div> </header> <script type="module" src="${base}_astro/header.js"></script> ${archive.notice ? `<aside class="notice-line" aria-label="About this archive"> <p>${e(archive.notice)}</p> </aside>` : ''} <main id="main" tabindex="-1"> ${content} </main> <footer class="bottom"> <div class="foot"> ${each(footer(catalog), (link) => `<a href="${e(link.href)}">${link.text}</a>`)} <p>
Every page is made from records in a git repository. No cookies, no tracking, nothing
loaded from elsewhere.
</p> </div> </footer> ${archive.offline === false ? '' : `<script type="module" src="${base}_astro/offline.js"></script>`} </body></html>`;
}

/** A link with the text of a stranger, or the text alone where there is no address. */
export function named(name: string, href: string | undefined, rel = 'nofollow noopener'): string {
  return href
    ? `<a href="${e(href)}" rel="${rel}" dir="auto">${e(name)}</a>`
    : `<bdi>${e(name)}</bdi>`;
}

export function crumbs(links: readonly { text: string; href?: string }[]): string {
  const item = ({ text, href }: { text: string; href?: string }): string =>
    href ? `<a href="${href}">${e(text)}</a>` : `<span aria-current="page">${e(text)}</span>`;
  return `<nav class="crumbs" aria-label="You are here"> <ol> ${each(links, (link) => `<li>${item(link)}</li>`)} </ol> </nav>`;
}

export function notices(all: readonly Notice[]): string {
  return each(
    all,
    ({ tone, text, link }) =>
      `<p class="notice ${tone}"> ${e(text)} ${link ? `<a href="${link.href}">${e(link.text)}</a>` : ''} </p>`,
  );
}

export function section(title: string, content: string): string {
  return content === '' ? '' : `<section> <h2>${title}</h2> ${content} </section>`;
}

export function namedList(items: readonly Named[]): string {
  if (items.length === 0) return '';
  const note = (text: string | undefined): string =>
    text ? `<span class="muted small"> ${e(text)}</span>` : '';
  return `<ul class="plain"> ${each(items, (item) => `<li> ${named(item.name, item.href)} ${note(item.note)} </li>`)} </ul>`;
}

export function people(all: readonly ContributorRow[]): string {
  if (all.length === 0) return '';
  return `<ul class="plain people"> ${each(
    all,
    (one) =>
      `<li> ${one.href ? `<a href="${one.href}" dir="auto">${e(one.name)}</a>` : `<bdi>${e(one.name)}</bdi>`} ${
        one.award ? `<span> · award ${e(one.award)}</span>` : ''
      } ${one.roles ? `<span class="muted small"> ${e(one.roles)}</span>` : ''} ${
        one.affiliations.length > 0
          ? `<ul class="inline small muted"> ${each(one.affiliations, ({ name, href }) => `<li>${href ? `<a href="${e(href)}" rel="nofollow noopener">${e(name)}</a>` : e(name)}</li>`)} </ul>`
          : ''
      } ${one.identifier ? `<div class="small"> <a href="${e(one.identifier)}" rel="nofollow noopener">${e(one.identifier)}</a> </div>` : ''} </li>`,
  )} </ul>`;
}

export function dandisetRows(catalog: Catalog, dandisets: readonly DandisetEntry[]): string {
  return `<ol class="rows"> ${each(dandisets, (dandiset) => {
    const row = dandisetRow(catalog, dandiset);
    return `<li data-number="${row.number}" data-name="${e(row.name)}" data-day="${row.day}" data-files="${row.sortFiles}" data-bytes="${row.sortBytes}" data-status="${row.status}"${row.isEmpty ? ' data-empty=""' : ''}> <div> <a class="name" href="${row.href}" dir="auto">${e(row.name)}</a> <span class="meta"> ${row.identifier} <span class="mark ${row.status}">${row.version}</span> ${row.creators ? ` <bdi>${e(row.creators)}</bdi>` : ''} ${row.species ? ` · ${e(row.species)}` : ''} </span> </div> <span class="num"> ${row.files || '?'} <small>${row.files === '1' ? 'file' : 'files'}</small> </span> <span class="num"> ${row.bytes || '?'} ${row.subjects ? `<small>${row.subjects} subjects</small>` : ''} </span> <span class="num">${row.day ? `<time datetime="${row.day}">${row.day}</time>` : ''}</span> </li>`;
  })} </ol>`;
}

export function pager(addresses: readonly string[], current: number): string {
  if (addresses.length < 2) return '';
  return `<nav aria-label="Pages"> <ol class="pager"> ${each(addresses, (href, at) =>
    at + 1 === current
      ? `<li> <span class="button" aria-current="page"> ${at + 1} </span> </li>`
      : `<li> <a class="button" href="${href}" aria-label="Page ${at + 1}"> ${at + 1} </a> </li>`,
  )} </ol> </nav>`;
}

/** The first crumb of pages about Dandisets. */
export function allDandisets(catalog: Catalog): { text: string; href: string } {
  return { text: 'Dandisets', href: address(catalog.base, 'dandiset/') };
}
