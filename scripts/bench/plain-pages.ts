// One literal template a page type, over the same view models as the site's components.

import { address, canonicalAddress } from '../../src/site/catalog/addresses.ts';
import type { Catalog, DandisetEntry } from '../../src/site/catalog/catalog.ts';
import {
  facetAddress,
  facetKindsInUse,
  facetPages,
  type FacetPage,
} from '../../src/site/browse/facet-view.ts';
import { FACET_TITLES, type FacetKind } from '../../src/site/catalog/facets.ts';
import type { FilesView, FolderSection } from '../../src/site/files/files-view.ts';
import { dataCatalog } from '../../src/core/exports/data-catalog.ts';
import { scriptJson } from '../../src/core/exports/script-json.ts';
import { countOf } from '../../src/core/text/format.ts';
import type { HistoryRow } from '../../src/site/version/history-view.ts';
import { homeView } from '../../src/site/browse/home-view.ts';
import type { ListPage } from '../../src/site/browse/list-pages.ts';
import type { VersionView } from '../../src/site/version/version-view.ts';
import {
  allDandisets,
  crumbs,
  dandisetRows,
  e,
  each,
  named,
  namedList,
  notices,
  page,
  pager,
  people,
  section,
} from './plain-parts.ts';
import { citation, clientCommands, fixity } from './plain-sections.ts';

export function homePage(catalog: Catalog): string {
  const { numbers, newest, waysIn } = homeView(catalog);
  const { archive, base } = catalog;
  return page(
    catalog,
    {
      title: archive.name,
      ...(archive.description === undefined ? {} : { description: archive.description }),
      canonical: base,
      path: '',
      more: `<link rel="api-catalog" type="application/linkset+json" href="${address(base, 'api-catalog.json')}"><script type="application/ld+json">${scriptJson(dataCatalog(archive))}</script>`,
    },
    `<div class="hero" data-old-routes data-base="${base}" data-prefix="${archive.identifierPrefix}" data-site="${archive.site}"> <h1>${e(archive.name)}</h1> <p>${e(archive.description ?? '')}</p> <form role="search" action="${base}search/"> <label class="visually-hidden" for="hero-search">Search Dandisets</label> <input id="hero-search" type="search" name="q" placeholder="hippocampus, Neuropixels, 000004 …"> <button class="button primary" type="submit">Search</button> </form> <p> <a href="${address(base, 'dandiset/')}">Browse all Dandisets</a> · <a href="${address(base, 'submit/')}">Submit one</a> · <a href="${address(base, 'handbook/')}">Read the handbook</a> </p> </div> <dl class="numbers"> ${each(numbers, ({ label, text }) => `<div> <dt>${label}</dt> <dd>${text}</dd> </div>`)} </dl> <section> <h2>Newest versions</h2> <ul class="rows short"> ${each(newest, (one) => `<li> <div> <a class="name" href="${one.href}" dir="auto">${e(one.name)}</a> <span class="meta"> ${one.identifier} <span class="mark">${one.version}</span> ${one.size} </span> </div> <span class="num"> <time datetime="${one.day}">${one.day}</time> </span> </li>`)} </ul> </section> <div class="halves"> ${each(waysIn, (way) => `<section> <h2>${way.title}</h2> <ul class="bars"> ${each(way.values, (value) => `<li> <a href="${value.href}"> <span class="label"> ${e(value.label)} ${value.note ? `<span class="muted small">${e(value.note)}</span>` : ''} </span> <span class="count">${value.count}</span> <meter min="0" max="100" value="${value.share}" aria-hidden="true"></meter> </a> </li>`)} </ul> <p class="small"> <a href="${way.href}">All ${way.total}</a> </p> </section>`)} </div> <script type="module" src="${base}_astro/old-route.js"></script>`,
  );
}

export function listPage(catalog: Catalog, list: ListPage<DandisetEntry>, path: string): string {
  return page(
    catalog,
    {
      title: list.page === 1 ? 'Dandisets' : `Dandisets, page ${list.page}`,
      description: `All ${list.total} Dandisets of ${catalog.archive.name}.`,
      canonical: catalog.base + path,
      path,
      script: 'dandiset-list.js',
    },
    `<h1>Dandisets</h1> <dandiset-list data-pages="${e(JSON.stringify(list.addresses))}"> <form class="list-tools"> <div> <label for="list-filter">Words in title, identifier, people or species</label> <input id="list-filter" type="search" name="filter" autocomplete="off"> </div> <div> <label for="list-sort">Order</label> <select id="list-sort" name="sort"> <option value="identifier">Identifier</option> <option value="newest">Newest first</option> <option value="name">Name</option> <option value="size">Size, largest first</option> <option value="files">Files, most first</option> </select> </div> </form> <p class="muted small" role="status" data-count> ${countOf(list.total, 'Dandiset')} </p> ${dandisetRows(catalog, list.rows)} ${pager(list.addresses, list.page)} </dandiset-list>`,
  );
}

export function facetIndexPage(catalog: Catalog, kind: FacetKind): string {
  const { plural, singular } = FACET_TITLES[kind];
  return page(
    catalog,
    {
      title: plural,
      description: `${plural} in ${catalog.archive.name}.`,
      canonical: address(catalog.base, `${kind}/`),
      path: `${kind}/`,
    },
    `<h1>${plural}</h1> <nav aria-label="Other ways in"> <ul class="chips"> ${each(facetKindsInUse(catalog), (other) => `<li> <a class="chip" href="${other.href}"${other.kind === kind ? ' aria-current="page"' : ''}>${other.title}</a> </li>`)} </ul> </nav> <table class="table"> <thead> <tr> <th scope="col">${singular}</th> <th scope="col" class="num"> Dandisets </th> </tr> </thead> <tbody> ${each(facetPages(catalog, kind), (one) => `<tr> <td> <a href="${facetAddress(catalog, kind, one.slug)}" dir="auto">${e(one.label)}</a> ${one.note ? `<span class="muted small"> ${e(one.note)}</span>` : ''} </td> <td class="num">${one.dandisets.length}</td> </tr>`)} </tbody> </table>`,
  );
}

export function facetValuePage(
  catalog: Catalog,
  facet: FacetPage,
  list: ListPage<DandisetEntry>,
  path: string,
): string {
  const { plural, sentence } = FACET_TITLES[facet.kind];
  const says = `${sentence}: ${countOf(list.total, 'Dandiset')}.`;
  return page(
    catalog,
    {
      title: facet.label,
      description: `${sentence}: ${facet.label}. ${countOf(list.total, 'Dandiset')}.`,
      canonical: catalog.base + path,
      path,
    },
    `${crumbs([{ text: plural, href: address(catalog.base, `${facet.kind}/`) }, { text: facet.label }])} <h1> <bdi>${e(facet.label)}</bdi> ${facet.note ? `<span class="muted small"> ${e(facet.note)}</span>` : ''} </h1> ${facet.href ? `<p> <a href="${e(facet.href)}" rel="noopener">${e(facet.href)}</a> </p>` : ''} <p class="muted"> ${says} </p> ${dandisetRows(catalog, list.rows)} ${pager(list.addresses, list.page)}`,
  );
}

export function redirectPage(catalog: Catalog, title: string, to: string, path: string): string {
  return page(
    catalog,
    { title, canonical: to, noindex: true, refresh: to, path },
    `<h1>${title}</h1> <p> This address leads to <a href="${to}">${to}</a>. </p>`,
  );
}

export function historyPage(
  catalog: Catalog,
  dandiset: DandisetEntry,
  rows: readonly HistoryRow[],
): string {
  const path = `dandiset/${dandiset.number}/versions/`;
  const home = address(catalog.base, `dandiset/${dandiset.number}/`);
  const { name } = dandiset.shown.facts;
  return page(
    catalog,
    {
      title: `History of ${dandiset.identifier}`,
      description: `Versions and release notes of ${dandiset.identifier}, ${name}`,
      canonical: catalog.base + path,
      path,
    },
    `${crumbs([allDandisets(catalog), { text: dandiset.identifier, href: home }, { text: 'History' }])} <h1> History of <bdi>${e(name)}</bdi> </h1> ${each(
      rows,
      (row) =>
        `<section> <h2> <a href="${row.href}">${row.version}</a> ${row.mark ? `<span class="mark ${row.mark}">${row.mark}</span>` : ''} </h2> <p class="muted"> ${[row.day, row.files && `${row.files} files`, row.bytes].filter(Boolean).join(' · ')} ${row.name === name ? '' : `· titled “<bdi>${e(row.name)}</bdi>”`} </p> ${row.withdrawal ? `<p class="notice danger">Withdrawn: ${e(row.withdrawal)}</p>` : ''} ${row.notesHtml ? `<div class="prose">${row.notesHtml}</div>` : '<p class="muted small">No release notes.</p>'} ${row.changesHref ? `<p class="small"> <a href="${row.changesHref}">What changed</a> </p>` : ''} ${row.digest ? `<p class="small muted"> Version digest <span class="mono">${row.digest}</span> </p>` : ''} </section>`,
    )}`,
  );
}

function dataSummary({ summary, facets, studyTargets }: VersionView): string {
  const kinds = [
    ['Species', facets.species],
    ['Approach', facets.approach],
    ['Measurement technique', facets.technique],
    ['Data standard', facets.standard],
  ] as const;
  return section(
    'Data',
    `<dl class="facts"> ${each(kinds, ([title, links]) => (links.length === 0 ? '' : `<dt>${title}</dt> <dd> ${each(links, (link, at) => `${at > 0 ? '<br>' : ''}${link.href ? `<a href="${link.href}">${e(link.label)}</a>` : e(link.label)}${link.note ? `<span class="muted small"> ${e(link.note)}</span>` : ''}`)} </dd>`))} ${summary.variables.length > 0 ? `<dt>Variables</dt> <dd>${e(summary.variables.join(', '))}</dd>` : ''} ${each(summary.counts, ({ label, text }) => `<dt>${label}</dt> <dd>${text}</dd>`)} ${studyTargets.length > 0 ? `<dt>Study target</dt> <dd>${e(studyTargets.join('; '))}</dd>` : ''} </dl> ${summary.origin ? `<p class="small muted">Summary ${summary.origin}.</p>` : ''} ${each(summary.differences, (one) => `<p class="notice warning small">${one}</p>`)}`,
  );
}

function aside(catalog: Catalog, view: VersionView): string {
  const history = address(catalog.base, `dandiset/${view.number}/versions/`);
  return `<aside aria-label="About this version"> <div class="card"> <dl class="facts"> ${each(view.facts, (fact) => `<dt>${fact.label}</dt> <dd> ${fact.href ? `<a href="${e(fact.href)}">${e(fact.text)}</a>` : e(fact.text)} ${fact.note ? `<div class="small muted">${e(fact.note)}</div>` : ''} </dd>`)} <dt>Licence</dt> <dd> ${view.licences.map((one) => named(one.name, one.href, 'license noopener')).join(', ')} </dd> <dt>Access</dt> <dd>${e(view.access.join('; ') || 'not stated')}</dd> </dl> </div> <div class="card"> <h2>Contact</h2> ${each(view.people.contacts, (one) => `<p> ${one.href ? `<a href="${one.href}">${e(one.name)}</a>` : e(one.name)} ${one.identifier ? `<span class="small digest"> <a href="${e(one.identifier)}" rel="nofollow noopener">${e(one.identifier)}</a> </span>` : ''} </p>`)} ${view.owners.length > 0 ? `<ul class="inline small muted" aria-label="Owners"> <li>Owners</li> ${each(view.owners, (owner) => `<li> <a href="${e(owner.href)}">${e(owner.name)}</a> </li>`)} </ul>` : ''} <p class="small"> <a href="${e(view.questionHref)}">Ask a question in public</a> ${view.editHref ? `· <a href="${e(view.editHref)}">Suggest a correction</a>` : ''} </p> </div> <div class="card"> <h2>Versions</h2> <table class="table"> <thead> <tr> <th scope="col">Version</th> <th scope="col" class="num"> Files </th> <th scope="col" class="num"> Date </th> </tr> </thead> <tbody> ${each(view.versions.slice(0, 8), (row) => `<tr> <td> <a href="${row.href}"${row.version === view.version ? ' aria-current="page"' : ''}>${row.version}</a> ${row.mark && row.mark !== 'draft' ? `<span class="mark ${row.mark}">${row.mark}</span>` : ''} </td> <td class="num">${row.files}</td> <td class="num">${row.day}</td> </tr>`)} </tbody> </table> <p class="small"> <a href="${history}">History and release notes</a> ${view.changesHref ? `· <a href="${view.changesHref}">What changed</a>` : ''} </p> </div> <div class="card"> <h2>Records</h2> <ul class="plain small"> ${each(view.records, ({ name, href }) => `<li> <a href="${href}">${name}</a> </li>`)} </ul> ${view.exports.length > 0 ? `<p class="small"> The same for other programs: ${view.exports.map(({ name, href }) => `<a href="${href}">${name}</a>`).join(' · ')} </p>` : ''} ${view.fixity ? `<p class="small"> <a href="#check">${view.digest === undefined ? 'How to check' : 'Digest, and how to check'}</a> </p>` : ''} </div> </aside>`;
}

/** What machines read in the head of a Dandiset's or version's page. */
function versionHead(
  { archive, base }: Catalog,
  view: VersionView,
  canonical: string,
  isDandisetPage: boolean,
): string {
  const links = isDandisetPage ? view.head.dandisetLinks : view.head.links;
  const attributes = (link: object): string =>
    each(Object.entries(link), ([name, value]) => ` ${name}="${e(String(value))}"`);
  const { jsonLd } = view.head;
  return `<link rel="alternate" type="application/atom+xml" title="Versions of ${view.identifier}" href="${address(base, `dandiset/${view.number}/feed.atom`)}">${each(links, (link) => `<link${attributes(link)}>`)}<meta property="og:type" content="website"><meta property="og:site_name" content="${e(archive.name)}"><meta property="og:title" content="${e(view.title)}"><meta property="og:description" content="${e(view.excerpt)}"><meta property="og:url" content="${e(canonicalAddress(archive, base, canonical))}"><meta name="twitter:card" content="summary">${jsonLd ? `<script type="application/ld+json">${jsonLd}</script>` : ''}`;
}

export function versionPage(
  catalog: Catalog,
  view: VersionView,
  path: string,
  isDandisetPage: boolean,
): string {
  const home = address(catalog.base, `dandiset/${view.number}/`);
  const { creators, others, funding } = view.people;
  return page(
    catalog,
    {
      title: view.title,
      description: view.excerpt,
      canonical: isDandisetPage ? home : view.canonical,
      noindex: view.status !== 'published',
      path,
      more: versionHead(catalog, view, isDandisetPage ? home : view.canonical, isDandisetPage),
    },
    `${crumbs([allDandisets(catalog), ...(isDandisetPage ? [{ text: view.identifier }] : [{ text: view.identifier, href: home }, { text: view.version }])])} ${notices(view.notices)} <h1> <bdi>${e(view.name)}</bdi> </h1> <div class="version-head"> <span class="mono">${view.identifier}</span> <span class="mark ${view.status}"> ${view.status === 'published' ? `version ${view.version}` : view.status} </span> ${isDandisetPage ? `<span> This page shows the newest version. <a href="${view.canonical}">Its own address</a> </span>` : ''} </div> ${view.citation ? citation(view.citation) : ''} <p class="actions"> ${view.files ? `<a class="button primary" href="${view.files.href}">${view.files.label}</a>` : ''} <a class="button" href="${home}versions/"> History </a> ${view.publishHref ? `<a class="button" href="${e(view.editHref ?? '')}"> Edit </a> <a class="button" href="${e(view.publishHref)}"> Ask for publication </a>` : ''} </p> <div class="columns"> <div> <div class="prose">${view.descriptionHtml}</div> ${view.keywords.length > 0 ? `<ul class="chips" aria-label="Keywords"> ${each(view.keywords, (keyword) => `<li class="chip">${e(keyword)}</li>`)} </ul>` : ''} ${section('Release notes', view.releaseNotesHtml && `<div class="prose">${view.releaseNotesHtml}</div>`)} ${dataSummary(view)} ${section('Subject matter', namedList(view.subjects))} ${section('Contributors', people(creators) + (others.length > 0 ? `<details> <summary>${others.length} more, not in the citation</summary> ${people(others)} </details>` : ''))} ${section('Funding', people(funding))} ${section('Related resources', view.related.length === 0 ? '' : `<ul class="plain"> ${each(view.related, (one) => `<li> ${one.relation ? `<span class="muted">This Dandiset ${e(one.relation)} </span>` : ''} ${named(one.name, one.href)} ${one.identifier ? `<span class="small muted"> ${e(one.identifier)}</span>` : ''} ${one.repository ? `<span class="small muted"> in ${e(one.repository)}</span>` : ''} ${one.note ? `<span class="small muted"> (${e(one.note)})</span>` : ''} </li>`)} </ul>`)} ${section('Protocols', namedList(view.protocols))} ${section('Ethics approvals', namedList(view.ethics))} ${section('Projects', namedList(view.projects))} ${section('Acknowledgement', view.acknowledgement && `<p class="prose"> <bdi>${e(view.acknowledgement)}</bdi> </p>`)} ${view.missing.length > 0 ? section('Not given in the record', `<ul> ${each(view.missing, ({ what, means }) => `<li> ${what} ${means ? `<span class="muted">: ${means}</span>` : ''} </li>`)} </ul>`) : ''} ${view.client ? `<section aria-labelledby="client"> <h2 id="client">Download it</h2> ${clientCommands(catalog, view.client)} </section>` : ''} ${view.fixity ? fixity(catalog, view.fixity) : ''} </div> ${aside(catalog, view)} </div>`,
  );
}

function filesTable({ crumbs: way, summary, rows }: FolderSection): string {
  return `<table class="table files-table"> <caption class="visually-hidden"> ${e(way.map(({ text }) => text).join(' / '))}:${summary} </caption> <thead> <tr> <th scope="col" class="f-name" data-sort="name">
Name
</th> <th scope="col" class="f-size num" data-sort="size">
Size
</th> <th scope="col" class="f-type" data-sort="type">
Type
</th> <th scope="col" class="f-day num" data-sort="modified">
Modified
</th> <th scope="col" class="f-digest">
Digest
</th> <th scope="col" class="f-get"> <span class="visually-hidden">Download</span> </th> </tr> </thead> <tbody> ${each(
    rows,
    (row) =>
      row.kind === 'folder'
        ? `<tr class="folder"> <td class="f-name"> <a href="${e(row.href)}"> <bdi>${e(row.name)}</bdi>/
</a> </td> <td class="f-size num">${row.size}</td> <td class="f-type">${row.files}</td> <td class="f-day"></td> <td class="f-digest"></td> <td class="f-get"></td> </tr>`
        : `<tr class="${row.kind}"> <td class="f-name"> <bdi>${e(row.name)}</bdi> </td> <td class="f-size num" title="${row.exactSize}"> ${row.size} </td> <td class="f-type">${e(row.type)}</td> <td class="f-day num">${row.day}</td> <td class="f-digest"> <span class="mono" title="${row.digest}"> ${row.digest.slice(0, 10)} </span> </td> <td class="f-get"> ${row.download ? `<a href="${e(row.download.href)}" download="${e(row.download.saveAs)}" aria-label="Download ${e(row.download.saveAs)}"> Download </a>` : ''} </td> </tr>`,
  )} </tbody> </table>`;
}

function folderCrumbs({ crumbs: way }: FolderSection, label: string): string {
  return `<nav class="files-crumbs" aria-label="${e(label)}"> <ol> ${each(way, ({ text, href }, at) => `<li> <a href="${e(href)}"${at === way.length - 1 ? ' aria-current="location"' : ''}> <bdi>${e(text)}</bdi> </a> </li>`)} </ol> </nav>`;
}

export function filesPage(catalog: Catalog, view: FilesView, path: string): string {
  const [top, ...below] = view.sections;
  const browser =
    top === undefined
      ? ''
      : `<file-browser> <div class="files-top" id="${top.id}"> ${folderCrumbs(top, 'Folders')} <form class="files-tools" role="search" aria-label="In these files"> <label class="visually-hidden" for="files-filter"> Filter names; * stands for any characters </label> <input id="files-filter" type="search" name="filter" placeholder="Filter names, e.g. *.nwb" autocomplete="off" spellcheck="false"> <label class="switch"> <input type="checkbox" name="everywhere"> <span> in all folders <span class="muted" data-cost></span> </span> </label> </form> </div> <p class="files-missing notice warning" hidden></p> <p class="files-status small muted" role="status"> ${top.summary} </p> ${view.withoutScript ? `<noscript> <p class="notice info"> ${view.withoutScript} </p> </noscript>` : ''} <div class="files-body"> <div class="files-scroll" tabindex="-1"> ${filesTable(top)} </div> <aside class="files-details card" aria-labelledby="details-name" hidden></aside> </div> ${each(below, (one) => `<section class="folder-below" id="${one.id}" aria-label="${e(one.crumbs.at(-1)?.text ?? '')}"> ${folderCrumbs(one, `Way to ${one.crumbs.at(-1)?.text ?? ''}`)} <p class="small muted">${one.summary}</p> <div class="files-scroll"> ${filesTable(one)} </div> </section>`)} <script type="application/json">${view.data ?? ''}</script> </file-browser>`;
  return page(
    catalog,
    {
      title: view.title,
      description: view.description,
      canonical: view.canonical,
      noindex: view.status !== 'published',
      path,
      style: 'files.css',
      script: 'file-browser.js',
    },
    `${crumbs([allDandisets(catalog), { text: view.identifier, href: view.dandisetHref }, { text: view.version, href: view.versionHref }, { text: 'Files' }])} ${notices(view.notices)} <h1 class="files-title"> Files of <bdi>${e(view.name)}</bdi> </h1> <p class="version-head"> <span class="mono">${view.identifier}</span> <span class="mark ${view.status}"> ${view.status === 'published' ? `version ${view.version}` : view.status} </span> ${view.totals ? `<span>${view.totals}</span>` : ''} ${view.list ? `<span> Whole list: <a href="${view.list.href}">${view.list.text}</a> </span>` : ''} </p> ${view.client ? clientCommands(catalog, view.client) : ''} ${view.statement ? `<p class="notice info">${view.statement}</p>` : ''} ${browser}`,
  );
}
