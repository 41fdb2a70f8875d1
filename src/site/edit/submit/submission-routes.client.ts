// The ways to submit from this page: the forge's own pages, or a bundle for a command or a curator. All get
// the same files.

import type { Archive } from '../../../core/records/archive.ts';
import { baseName } from '../../../core/identifiers/asset-path.ts';
import { DANDISET_FILE } from '../../../core/records/layout.ts';
import { makeBundle } from '../../../core/submission/bundle.ts';
import {
  forgeComparisonAddress,
  editFileAddress,
  forgeName,
  forkAddress,
  forkOf,
  newFileAddress,
  uploadAddress,
} from '../../../core/submission/forge-addresses.ts';
import {
  folderOfTarget,
  type SubmissionTarget,
} from '../../../core/submission/submission-target.ts';
import type { SubmittedFile } from '../../../core/submission/submitted-files.ts';
import { copyButton, element, type Child } from '../../browser/dom.client.ts';
import { saveFile } from '../../browser/save-file.client.ts';

/** What is submitted. */
export interface SubmittedWork {
  archive: Archive;
  target: SubmissionTarget;
  files: readonly SubmittedFile[];
  /** What is in the repository, by path. */
  before: ReadonlyMap<string, string>;
  /** The commit of that, where it is known. */
  commit: string | undefined;
  /** One line: what it is. */
  title: string;
  /** Where the author enters the name of their account at the forge. */
  account: HTMLInputElement;
}

function downloadButton({ path, text }: SubmittedFile): HTMLElement {
  const name = baseName(path);
  const type = name.endsWith('.jsonl') ? 'application/jsonl' : 'application/json';
  const button = element('button', { type: 'button' }, `Download ${name}`);
  button.addEventListener('click', () => saveFile(text, name, type));
  return button;
}

const outward = (href: string, text: string, style?: string): HTMLAnchorElement =>
  element('a', { href, class: style, target: '_blank', rel: 'noopener' }, text);

/** One file that anybody can submit on the forge's page for it: where, and what to do. */
function stepsForOne(
  { archive, files, before }: SubmittedWork,
  forge: string,
): { href: string; steps: Child[] } | undefined {
  const place = { repository: archive.repository };
  const [file, ...more] = files;
  if (file === undefined || more.length > 0) return undefined;
  const isThere = before.has(file.path);
  if (isThere && baseName(file.path) === DANDISET_FILE) {
    const steps = [
      element('li', {}, 'Copy the record. ', copyButton(file.text, 'the record')),
      element('li', {}, `Open the file on ${forge}, select all of it, and paste.`),
      element(
        'li',
        {},
        `Press "Commit changes": ${forge} makes a copy of the repository for you and proposes a pull request.`,
      ),
    ];
    return { href: editFileAddress(place, file.path), steps };
  }
  const href = isThere ? undefined : newFileAddress(place, file);
  if (href === undefined) return undefined;
  const words = `${forge} opens with the file filled in. Press "Commit changes", then "Create pull request".`;
  return { href, steps: [element('li', {}, words)] };
}

/** Several files, or a long one: the forge accepts them in the author's own fork. */
function stepsInCopy(
  { archive, target, files, title, account }: SubmittedWork,
  forge: string,
): Child[] {
  const place = { repository: archive.repository };
  const upload = outward('', 'the upload page of your copy');
  const open = outward('', 'Open the pull request');
  const name = (): void => {
    const owner = account.value.trim();
    const copy = forkOf(place, owner);
    const hrefs = copy && {
      upload: uploadAddress(copy, folderOfTarget(target)),
      open: forgeComparisonAddress(place, { owner, branch: 'main' }, { title }),
    };
    // A link without an address cannot be followed.
    if (hrefs === undefined) [upload, open].forEach((link) => link.removeAttribute('href'));
    else [upload.href, open.href] = [hrefs.upload, hrefs.open];
  };
  account.oninput = name;
  name();
  return [
    element('li', {}, outward(forkAddress(place), 'Make a copy of the repository'), ', once.'),
    element('li', {}, 'Download the files. ', ...files.map(downloadButton)),
    element(
      'li',
      {},
      element('label', { for: account.id }, `Your name at ${forge}: `),
      account,
      ' It makes the links below, and goes nowhere.',
    ),
    element('li', {}, 'Drop the files onto ', upload, ', and press "Commit changes".'),
    element('li', {}, open, ', and press "Create pull request".'),
  ];
}

/** Submitting on GitHub's own pages. */
export function githubRoute(submitted: SubmittedWork): HTMLElement {
  const forge = forgeName(submitted.archive.repository);
  const one = stepsForOne(submitted, forge);
  return element(
    'div',
    { class: 'card route' },
    element('h3', {}, `On ${forge}, with an account there`),
    element('ol', {}, ...(one?.steps ?? stepsInCopy(submitted, forge))),
    one === undefined ? undefined : outward(one.href, `Open on ${forge}`, 'button primary'),
  );
}

function bundleOf({ archive, commit, before, ...about }: SubmittedWork): Uint8Array {
  const base = { texts: before, ...(commit === undefined ? {} : { commit }) };
  return makeBundle({
    ...about,
    repository: archive.repository,
    date: new Date().toISOString(),
    ...(about.target.kind === 'submission' ? {} : { base }),
  });
}

/** Submitting by a bundle. */
export function bundleRoute(submitted: SubmittedWork): HTMLElement {
  const { archive, target } = submitted;
  const name = target.kind === 'draft' ? `${target.number}.zip` : `${target.slug}.zip`;
  const button = element('button', { type: 'button', class: 'button primary' }, 'Download bundle');
  button.addEventListener('click', () => saveFile(bundleOf(submitted), name, 'application/zip'));
  const command = `npm exec --no -- dandiset submit ${name}`;
  const contact = archive.contact && [
    ' (',
    element('a', { href: archive.contact, rel: 'noopener' }, 'contact'),
    ')',
  ];
  return element(
    'div',
    { class: 'card route' },
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
