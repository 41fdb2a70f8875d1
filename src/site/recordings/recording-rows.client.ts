// The rows of a result: one file each, with its Dandiset, what is in it, and the lines that open it.

import type { RecordingHit } from '../../core/recordings/recording-search.ts';
import { formatSitePath } from '../../core/identifiers/dandi-address.ts';
import { shownPath } from '../../core/text/shown-path.ts';
import { pythonSnippet } from '../../core/snippets/python-snippet.ts';
import { copyButton, element, isolated } from '../browser/dom.client.ts';
import { addressOfKey } from '../files/file-shards.ts';

export interface RowPlace {
  base: string;
  prefix: string;
  /** Address of the store that keys are appended to; '' if there is none. */
  store: string;
}

/** The program that opens a file, written when it is asked for. */
function python({ path, place }: RecordingHit, store: string): HTMLElement | undefined {
  const found = addressOfKey(place, store);
  if (found === undefined) return undefined;
  const details = element('details', {}, element('summary', {}, 'Open in Python'));
  details.addEventListener(
    'toggle',
    () => {
      const url = new URL(found, location.href).href;
      const { code, packages } = pythonSnippet({ path, url });
      details.append(
        element('pre', { tabindex: '0' }, code),
        element(
          'p',
          { class: 'small' },
          copyButton(code, 'the lines of Python'),
          packages.length === 0 ? '' : ` Needs ${packages.join(', ')}.`,
        ),
      );
    },
    { once: true },
  );
  return details;
}

/** One row. */
export function recordingRow(file: RecordingHit, { base, prefix, store }: RowPlace): HTMLElement {
  const { number, version, title, path, words, isRead } = file;
  const page = base + formatSitePath({ number, version, path });
  return element(
    'li',
    { 'data-path': path, 'data-number': number },
    element('a', { class: 'name', href: page, dir: 'auto' }, shownPath(path)),
    element('span', { class: 'meta', dir: 'auto' }, words),
    element(
      'span',
      { class: 'meta' },
      element(
        'a',
        { href: `${base}dandiset/${number}/${version}/` },
        `${prefix}:${number}/${version}`,
      ),
      ' ',
      isolated(title),
      isRead ? '' : ' · types by its record alone',
    ),
    python(file, store),
  );
}
