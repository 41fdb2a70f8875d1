// The doors that a hand-in leaves this page by: the forge's own pages, or a bundle for a command or a
// curator. Every door gets the same files.

import type { Archive } from '../../core/records/archive.ts';
import { DANDISET_FILE } from '../../core/records/layout.ts';
import { makeBundle } from '../../core/submissions/bundle.ts';
import {
  editFileAddress,
  newFileAddress,
  uploadAddress,
} from '../../core/submissions/forge-addresses.ts';
import { folderOfTarget, type HandInTarget } from '../../core/submissions/hand-in-target.ts';
import type { HandedInFile } from '../../core/submissions/handed-in-files.ts';
import { copyButton, element, type Child } from '../files/element.client.ts';
import { saveFile } from './save-file.client.ts';

/** What goes through a door. */
export interface HandedIn {
  archive: Archive;
  target: HandInTarget;
  files: readonly HandedInFile[];
  /** What lies in the repository, by path. */
  before: ReadonlyMap<string, string>;
  /** The commit of that, where it is known. */
  commit: string | undefined;
  /** One line: what it is. */
  title: string;
}

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function downloadButton({ path, text }: HandedInFile): HTMLElement {
  const name = fileName(path);
  const type = name.endsWith('.jsonl') ? 'application/jsonl' : 'application/json';
  const button = element('button', { type: 'button' }, `Download ${name}`);
  button.addEventListener('click', () => saveFile(text, name, type));
  return button;
}

/** Where the forge takes the files, and what there is to do. */
function forgeSteps(
  { archive, target, files, before }: HandedIn,
  forge: string,
): [string, Child[]] {
  const place = { repository: archive.repository };
  const [file, ...more] = files;
  if (file !== undefined && more.length === 0) {
    const isThere = before.has(file.path);
    if (isThere && fileName(file.path) === DANDISET_FILE) {
      return [
        editFileAddress(place, file.path),
        [
          element('li', {}, 'Copy the record. ', copyButton(file.text, 'the record')),
          element('li', {}, `Open the file on ${forge}, select all of it, and paste.`),
          element(
            'li',
            {},
            `Press "Commit changes": ${forge} makes a copy of the repository for you and proposes a pull request.`,
          ),
        ],
      ];
    }
    const filled = isThere ? undefined : newFileAddress(place, file);
    if (filled !== undefined) {
      const words = `${forge} opens with the file filled in. Press "Commit changes", then "Create pull request".`;
      return [filled, [element('li', {}, words)]];
    }
  }
  return [
    uploadAddress(place, folderOfTarget(target)),
    [
      element('li', {}, 'Download the files. ', ...files.map(downloadButton)),
      element('li', {}, `Drop them onto the page that opens at ${forge}, and propose the changes.`),
    ],
  ];
}

/** The door of the forge's own pages. */
export function forgeDoor(handedIn: HandedIn): HTMLElement {
  const { host } = new URL(handedIn.archive.repository);
  const forge = host === 'github.com' ? 'GitHub' : host;
  const [href, steps] = forgeSteps(handedIn, forge);
  return element(
    'div',
    { class: 'card door' },
    element('h3', {}, `On ${forge}, with an account there`),
    element('ol', {}, ...steps),
    element(
      'a',
      { class: 'button primary', href, target: '_blank', rel: 'noopener' },
      `Open on ${forge}`,
    ),
  );
}

function bundleOf({ archive, commit, before, ...about }: HandedIn): Uint8Array {
  const base = { texts: before, ...(commit === undefined ? {} : { commit }) };
  return makeBundle({
    ...about,
    repository: archive.repository,
    date: new Date().toISOString(),
    ...(about.target.kind === 'submission' ? {} : { base }),
  });
}

/** The door of the bundle. */
export function bundleDoor(handedIn: HandedIn): HTMLElement {
  const { archive, target } = handedIn;
  const name = target.kind === 'draft' ? `${target.number}.zip` : `${target.slug}.zip`;
  const button = element('button', { type: 'button', class: 'button primary' }, 'Download bundle');
  button.addEventListener('click', () => saveFile(bundleOf(handedIn), name, 'application/zip'));
  const command = `npx dandiset submit ${name}`;
  const contact = archive.contact && [
    ' (',
    element('a', { href: archive.contact, rel: 'noopener' }, 'contact'),
    ')',
  ];
  return element(
    'div',
    { class: 'card door' },
    element('h3', {}, 'Without an account, or by command'),
    element(
      'ol',
      {},
      element('li', {}, 'Download the bundle: the files, and a patch for git.'),
      element(
        'li',
        {},
        'Send it to a curator',
        ...(contact || []),
        ', who takes it with the command below, or its patch with ',
        element('code', {}, 'git am'),
        '.',
      ),
      element(
        'li',
        {},
        'Or run in a clone of the repository: ',
        element('code', {}, command),
        ' ',
        copyButton(command, 'the command'),
      ),
    ),
    button,
  );
}
