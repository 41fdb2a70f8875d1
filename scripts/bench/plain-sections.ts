// Templates of the parts of a version's page that cite and check it, and of the differences.

import { address } from '../../src/site/catalog/addresses.ts';
import type { Catalog, DandisetEntry } from '../../src/site/catalog/catalog.ts';
import type { CitationView } from '../../src/site/citation/citation-view.ts';
import type { ClientCommands } from '../../src/site/version/client-commands.ts';
import { compareData, type ComparePage } from '../../src/site/compare/compare-page.ts';
import type { FixityView } from '../../src/site/version/fixity-view.ts';
import { allDandisets, crumbs, e, each, page } from './plain-parts.ts';

function copy(text: string, label: string): string {
  return `<button type="button" class="copy" data-copy="${e(text)}" aria-label="${e(label)}"> Copy </button>`;
}

export function citation(view: CitationView): string {
  return `<section class="citation" aria-labelledby="cite"> <h2 class="visually-hidden" id="cite"> How to cite </h2> <p> <bdi> ${e(view.text)} ${view.href ? `<a href="${e(view.href)}">${e(view.href)}</a>` : ''} </bdi> ${copy(view.whole, 'Copy the citation')} </p> ${view.note ? `<p class="small muted">${e(view.note)}</p>` : ''} <details> <summary>Other styles, sentences for a paper, files for reference managers</summary> <dl> ${each(view.forms, ({ name, text, isCode }) => `<dt> ${name} ${copy(text, `Copy: ${name}`)} </dt> <dd>${isCode ? `<pre tabindex="0">${e(text)}</pre>` : `<bdi>${e(text)}</bdi>`}</dd>`)} <dt>Files</dt> <dd> <ul class="inline"> ${each(view.files, ({ name, href }) => `<li> <a href="${href}">${name}</a> </li>`)} </ul> </dd> </dl> </details> </section>`;
}

function commands(says: string, text: string | undefined, label: string): string {
  return text ? `<p>${says}</p> <pre>${e(text)}</pre> <p> ${copy(text, label)} </p>` : '';
}

export function fixity(catalog: Catalog, view: FixityView): string {
  return `<section aria-labelledby="check"> <h2 id="check">Check it</h2> ${view.digest ? `<p> Version digest, the SHA-256 of manifest.json: <span class="mono digest">${view.digest}</span> </p>` : '<p class="muted">A draft can change and has no digest of its own; its data files have.</p>'} <details> <summary>With plain tools</summary> ${commands('In an empty folder. The second command must print the version digest, the third “OK” for each file:', view.frozenCommands, 'Copy the commands that check the records')} ${commands('In the folder that holds the data files:', view.dataCommands, 'Copy the commands that check the data files')} ${view.leftOut ? `<p class="small muted">${view.leftOut}</p>` : ''} <dl class="small"> ${each(view.files, ({ name, sha256, href }) => `<dt> <a href="${href}">${name}</a> </dt> <dd class="mono">${sha256}</dd>`)} </dl> ${view.digest ? `<p class="small"> What agrees is what was published: the manifest names the record and the list, the list names every data file by its digest. ${view.before ? `<code>previous</code> names the version before, <a href="${view.before.href}">${view.before.version}</a>.` : ''} It does not prove that the metadata are true, nor that this page was not altered together with its files: compare the digest with one that you have from elsewhere, such as the repository or a paper. </p>` : ''} <p class="small"> <a href="${address(catalog.base, 'handbook/identifiers/')}">More on checking</a> </p> </details> </section>`;
}

export function clientCommands(
  catalog: Catalog,
  { download, folder, list, replaced }: ClientCommands,
): string {
  return `<client-commands${replaced ? ` data-replaced="${e(replaced)}"` : ''}> <details> <summary>Download with DANDI’s Python client</summary> ${commands('The whole version, each file verified:', download, 'Copy the commands to download')} ${commands('One folder:', folder, 'Copy the commands to download a folder')} ${commands('What is in it:', list, 'Copy the commands to list the files')} ${replaced ? `<p class="small muted"> ${e(replaced)} is where this archive is when it was started with <code>npm start</code> . </p>` : ''} <p class="small"> <a href="${address(catalog.base, 'handbook/programs/')}">More for programs</a> </p> </details> </client-commands> <script type="module" src="${catalog.base}_astro/client-commands.js"></script>`;
}

export function comparePages(catalog: Catalog, dandiset: DandisetEntry, view: ComparePage): string {
  const path = `dandiset/${dandiset.number}/compare/`;
  const home = address(catalog.base, `dandiset/${dandiset.number}/`);
  const { name } = dandiset.shown.facts;
  const options = each(
    view.choices,
    ({ version, day }) => `<option value="${version}">${version} · ${day}</option>`,
  );
  return page(
    catalog,
    {
      title: `Differences between versions of ${dandiset.identifier}`,
      description: `What changed from version to version of ${dandiset.identifier}, ${name}`,
      canonical: catalog.base + path,
      noindex: true,
      path,
      style: 'compare.css',
      script: 'compare.js',
    },
    `${crumbs([allDandisets(catalog), { text: dandiset.identifier, href: home }, { text: 'Differences' }])} <h1> What changed in <bdi>${e(name)}</bdi> </h1> <compare-versions> <form class="compare-any" method="get" action="${home}compare/"> ${each(['from', 'to'], (field) => `<div> <label for="compare-${field}">${field} version</label> <select id="compare-${field}" name="${field}"> ${options} </select> </div>`)} <button type="submit">Show differences</button> </form> <p class="compare-status" role="status"></p> <section class="compare-result" aria-label="Differences of the chosen versions" hidden></section> <script type="application/json">${compareData(view)}</script> </compare-versions> <h2>From version to version</h2> <ul class="plain"> ${each(view.sections, ({ version, words }) => `<li> <a href="#${version}">${version}</a>: ${words} </li>`)} </ul> ${each(view.sections, (one) => `<section class="comparison" id="${one.version}" aria-labelledby="title-${one.version}"> <h2 id="title-${one.version}"> <a href="${one.versionHref}">${one.version}</a> after <a href="${one.beforeHref}">${one.before}</a> </h2> ${one.notesHtml ? `<h3>Release notes</h3> <div class="prose">${one.notesHtml}</div>` : ''} ${one.html} </section>`)}`,
  );
}
