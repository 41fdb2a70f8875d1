// What is known of one file, next to the list. Not a dialog: the list stays usable.

import { hasViewer, isPublicAddress, viewerLinks } from '../../core/assets/open-with.ts';
import { isJsonObject, member } from '../../core/json/json-text.ts';
import { shownPath } from '../../core/text/shown-path.ts';
import { shownLine } from '../../core/text/shown-text.ts';
import { shownName } from './file-names.ts';
import { addressOfKey, rowDigest, type FileRow } from './file-shards.ts';
import type { FilesData } from './files-view.ts';
import { countOf, formatBytes } from '../../core/text/format.ts';
import { copyButton, element, isolated, type Child } from '../browser/dom.client.ts';
import { metadataTree } from './metadata-tree.client.ts';

const DIGEST_NAMES = new Map([
  ['dandi:sha2-256', 'SHA-256'],
  ['dandi:dandi-etag', 'DANDI ETag'],
  ['dandi:dandi-zarr-checksum', 'Zarr checksum'],
]);

function digestName(digest: string): string {
  if (digest.includes('--')) return 'Zarr checksum';
  return digest.length === 64 ? 'SHA-256' : 'DANDI ETag';
}

type CardRow = [label: string, ...content: Child[]];

function factParts([label, ...content]: CardRow): [HTMLElement, HTMLElement] {
  return [element('dt', {}, label), element('dd', {}, ...content)];
}

function digestRow(name: string, digest: string): CardRow {
  return [name, element('code', { class: 'whole' }, digest), ' ', copyButton(digest, name)];
}

/** Where an asset's bytes are: as the page links to it, and absolute for use elsewhere. */
function addressOf(row: FileRow, store: string): { href: string; isZarr: boolean } | undefined {
  const key = row[4];
  const isZarr = key.startsWith('zarr/');
  const href = addressOfKey(key, store);
  return href === undefined ? undefined : { href, isZarr };
}

function viewers(path: string, row: FileRow, href: string): HTMLElement | undefined {
  if (!hasViewer({ path, size: row[1] })) return undefined;
  if (!isPublicAddress(href)) {
    return element(
      'p',
      { class: 'small muted' },
      'Viewers on other sites need a public address of the file; here the files are in a folder beside the site.',
    );
  }
  const links = viewerLinks({ path, size: row[1], url: href }).map((link) =>
    element(
      'li',
      {},
      element(
        'a',
        { class: 'button', href: link.href, target: '_blank', rel: 'noopener noreferrer' },
        link.name,
      ),
    ),
  );
  return element(
    'div',
    { class: 'viewers' },
    element('h3', {}, 'Open in'),
    element('ul', {}, ...links),
    element('p', { class: 'small muted' }, 'Opens another site, which is told the address.'),
  );
}

/** Offers a text as a file for download. */
function saveText(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  element('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

interface Shown {
  path: string;
  row: FileRow;
  data: FilesData;
  /** What is in it; undefined where its bytes are nowhere. */
  view: HTMLElement | undefined;
}

function metadataPart({ path, row, data }: Shown, facts: HTMLElement): HTMLElement {
  if (data.list === '') {
    return element(
      'p',
      { class: 'small muted' },
      'The whole record of this file is in the list of files in the store.',
    );
  }
  const part = element('details', { class: 'record' }, element('summary', {}, 'Metadata'));
  const load = async (): Promise<void> => {
    const state = element('p', { class: 'small muted', role: 'status' }, 'Loading the record …');
    part.append(state);
    try {
      // What reads ranges is loaded with the first record that is asked for.
      const { assetRecord } = await import('./asset-record.client.ts');
      const record = await assetRecord(data.list, path, row[6], row[7]);
      const save = element('button', { type: 'button' }, 'Download as JSON');
      save.addEventListener('click', () => saveText(`${record.text}\n`, `${row[0]}.json`));
      state.remove();
      part.append(element('p', {}, save), metadataTree(record.value, 'metadata'));
      const digests = member(member(record.value, 'metadata'), 'digest');
      for (const [kind, digest] of isJsonObject(digests) ? Object.entries(digests) : []) {
        const known = facts.textContent.includes(String(digest));
        if (typeof digest !== 'string' || known || digest.length > 200) continue;
        facts.append(
          ...factParts(digestRow(DIGEST_NAMES.get(kind) ?? shownLine(kind, 60), digest)),
        );
      }
    } catch (error) {
      state.textContent = `The record could not be loaded. ${error instanceof Error ? error.message : ''}`;
      part.addEventListener('toggle', again);
    }
  };
  const again = (): void => {
    if (!part.open) return;
    part.removeEventListener('toggle', again);
    part.querySelector('[role=status]')?.remove();
    void load();
  };
  part.addEventListener('toggle', again);
  return part;
}

/** Lines that open the file in a program; what makes them is loaded when they are opened. */
function programPart(path: string, href: string): HTMLElement {
  const part = element('details', { class: 'program' }, element('summary', {}, 'Open in Python'));
  const load = async (): Promise<void> => {
    const { filePython } = await import('../python/file-python.client.ts');
    part.append(...filePython({ path, url: new URL(href, document.baseURI).href }));
  };
  part.addEventListener('toggle', () => void load(), { once: true });
  return part;
}

/** The name above the panel's content, and the button that closes it. */
export function panelHead(name: Node, close: () => void): HTMLElement {
  const heading = element('h2', { tabindex: '-1', id: 'details-name' }, name);
  const closer = element(
    'button',
    { type: 'button', class: 'close', 'aria-label': 'Close details' },
    '×',
  );
  closer.addEventListener('click', close);
  return element('div', { class: 'details-head' }, heading, closer);
}

/** Fills the panel with one file. */
export function showDetails(panel: HTMLElement, shown: Shown, close: () => void): void {
  const { path, row, data } = shown;
  const [name, bytes, type, , , day] = row;
  const place = addressOf(row, data.store);
  const facts = element('dl', { class: 'facts' });
  const list: CardRow[] = [
    ['Path', isolated(shownPath(path)), ' ', copyButton(path, 'path')],
    [
      'Size',
      bytes < 1000 ? countOf(bytes, 'byte') : `${formatBytes(bytes)} (${countOf(bytes, 'byte')})`,
    ],
  ];
  if (type !== '') list.push(['Type', type]);
  if (day !== '') list.push(['Modified', element('time', { datetime: day }, day)]);
  if (place !== undefined) {
    const address = new URL(place.href, document.baseURI).href;
    list.push([
      place.isZarr ? 'Zarr address' : 'Address',
      element('code', { class: 'whole' }, address),
      ' ',
      copyButton(address, 'address'),
    ]);
  }
  const digest = rowDigest(row);
  if (digest !== '') list.push(digestRow(digestName(digest), digest));
  facts.append(...list.flatMap(factParts));

  const actions = element('p', { class: 'actions' });
  if (place === undefined) actions.append('The record names no place of this file.');
  else if (place.isZarr) actions.append('A Zarr is a folder of many files below its address.');
  else {
    actions.append(
      element('a', { class: 'button primary', href: place.href, download: name }, 'Download'),
    );
  }
  panel.replaceChildren(
    panelHead(isolated(shownName(name)), close),
    actions,
    ...[
      shown.view,
      facts,
      place && viewers(path, row, place.href),
      place && programPart(path, place.href),
      metadataPart(shown, facts),
    ].filter((part) => part !== undefined),
  );
  panel.hidden = false;
}
