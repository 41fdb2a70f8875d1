// <show-proposal data-base="/">: names the proposal of the page's address, and on demand loads its records
// from the forge and shows them, checked.

import { summarizeAssets } from '../../../core/assets/summary.ts';
import { readTree, type RecordNode } from '../../../core/editing/record-tree.ts';
import { bySeverity, type Problem } from '../../../core/problem.ts';
import { DANDISET_FILE } from '../../../core/records/layout.ts';
import { readLines } from '../../../core/records/asset-list.ts';
import type { AssetRecord } from '../../../core/records/asset.ts';
import { folderOfTarget } from '../../../core/submission/submission-target.ts';
import {
  commitsApiAddress,
  proposedFileAddress,
  rawFilesAddress,
  readProposal,
  type Proposal,
} from '../../../core/submission/proposal-address.ts';
import { shownPath } from '../../../core/text/shown-path.ts';
import { countOf, formatBytes } from '../../../core/text/format.ts';
import type { EditSettings } from '../edit-settings.ts';
import { element, isolated, type Child } from '../../browser/dom.client.ts';
import { differenceList } from '../difference-view.client.ts';
import { loadRecord, loadSettings } from '../load-edited.client.ts';
import { loadProposal, openPullOf, type ProposedFiles } from './load-proposal.client.ts';
import { problemWords, shownInForm } from '../problem-summary.client.ts';
import { RecordChecker } from '../record-checker.client.ts';

/** This many files and problems are shown one by one. */
const MOST_SHOWN = 100;

function problemList(problems: readonly Problem[]): Child[] {
  const rows = problems.slice(0, MOST_SHOWN).map((problem) => {
    const { words, hint } = shownInForm(problem);
    const more = hint === undefined ? undefined : element('div', { class: 'small muted' }, hint);
    return element('li', { class: problem.severity }, words, more);
  });
  const kind = problems[0]?.severity ?? 'ok';
  return [
    element('h2', {}, 'Check'),
    element('p', { class: `problem-words ${kind}` }, `${problemWords(problems)}.`),
    element('ul', { class: 'problem-list', hidden: rows.length === 0 ? '' : undefined }, ...rows),
  ];
}

function assetsIn({ list }: ProposedFiles): AssetRecord[] {
  return [...readLines(list?.text ?? '')].flatMap(({ read }) => (read.ok ? [read.asset] : []));
}

function fileList(assets: readonly AssetRecord[], isWhole: boolean): Child[] {
  const rows = assets
    .slice(0, MOST_SHOWN)
    .map(({ path, size }) =>
      element(
        'li',
        {},
        isolated(shownPath(path)),
        element('span', { class: 'muted' }, ` ${formatBytes(size)}`),
      ),
    );
  const rest = assets.length - rows.length;
  const more = isWhole ? countOf(rest, 'more file') : 'more files';
  return [
    element('h3', {}, 'Files'),
    element('ul', { class: 'plain' }, ...rows),
    rest > 0 || !isWhole ? element('p', { class: 'muted' }, `and ${more}`) : undefined,
  ];
}

/** Which pull request proposes the commit, as far as the forge reports it. */
function standing(
  pull: Awaited<ReturnType<typeof openPullOf>>,
  repository: string,
  host: string,
): HTMLElement {
  if (typeof pull === 'number') {
    const address = `${repository}/pull/${pull}`;
    const link = element('a', { href: address, rel: 'nofollow' }, `Pull request ${pull}`);
    return element('p', { class: 'notice info' }, link, ' proposes this commit.');
  }
  const words =
    pull === 'none'
      ? 'No open pull request has this commit. It may be an earlier state of one, or have been made by anybody in a copy of the repository: nobody asks the archive for what is shown here.'
      : `${host} did not say whether an open pull request has this commit. Anybody can make one in a copy of the repository: look for it in the open pull requests before you believe what is shown here.`;
  return element('p', { class: `notice ${pull === 'none' ? 'danger' : 'warning'}` }, words);
}

class ShowProposal extends HTMLElement {
  connectedCallback(): void {
    const proposal = readProposal(location.search);
    if (proposal === undefined) return;
    this.#offer(proposal).catch((error: unknown) => this.#fail(error));
  }

  get #base(): string {
    return this.dataset['base'] ?? '/';
  }

  #place(...children: Child[]): void {
    const shown = children.filter((child) => child !== undefined);
    this.querySelector('.proposal-place')?.replaceChildren(...shown);
  }

  #fail(error: unknown): void {
    const why = error instanceof Error ? error.message : '';
    const words = `The proposal could not be loaded. ${why}`;
    const status = this.querySelector('.proposal-status');
    if (status === null) this.#place(element('p', {}, words));
    else status.textContent = words;
    const button = this.querySelector('button');
    if (button !== null) button.disabled = false;
  }

  /** Says what can be shown, and from whom it is requested. */
  async #offer(proposal: Proposal): Promise<void> {
    const settings = await loadSettings(`${this.#base}edit/settings.json`);
    const { repository } = settings.archive;
    const folder = folderOfTarget(proposal.target);
    const hosts = [rawFilesAddress(repository), commitsApiAddress(repository)];
    const contacted = [...new Set(hosts.map((address) => new URL(address).host))];
    const button = element('button', { type: 'button', class: 'button primary' }, 'Show it');
    button.addEventListener('click', () => {
      button.disabled = true;
      this.#show(settings, proposal).catch((error: unknown) => this.#fail(error));
    });
    this.#place(
      element(
        'p',
        { class: 'notice warning' },
        'A proposal of ',
        element('code', {}, folder),
        ' at commit ',
        element('code', {}, proposal.commit.slice(0, 12)),
        '. Nobody has reviewed it: do not cite it, and do not trust what it says and where it leads.',
      ),
      element(
        'p',
        {},
        `Its records lie at the forge, which is asked for them, and for the pull request they belong to, when you press the button: ${contacted.join(' and ')}. `,
        element(
          'a',
          { href: `${repository}/tree/${proposal.commit}/content/${folder}`, rel: 'nofollow' },
          'The files themselves',
        ),
      ),
      element('p', {}, button),
      element('div', { class: 'proposal-status', role: 'status' }),
    );
  }

  async #show(settings: EditSettings, proposal: Proposal): Promise<void> {
    const status = this.querySelector('.proposal-status');
    if (status !== null) status.textContent = 'Loading …';
    const { repository } = settings.archive;
    const [files, pull] = await Promise.all([
      loadProposal(repository, proposal),
      openPullOf(repository, proposal.commit),
    ]);
    const { record } = files;
    if (record === undefined) {
      const address = proposedFileAddress(repository, proposal, DANDISET_FILE);
      throw new Error(`There is no ${address}.`);
    }
    if (!record.isWhole) throw new Error('Its record is too large for one.');
    const read = readTree(record.text.replace(/^\ufeff/, ''));
    if (!read.ok) {
      const { line, message } = read.problem;
      throw new Error(`Its record is not JSON: line ${line}, ${message}.`);
    }
    const { host } = new URL(commitsApiAddress(repository));
    const shown = [
      standing(pull, repository, host),
      ...(await this.#checked(settings, proposal, files)),
      await this.#preview(settings, read.tree, files),
      ...(await this.#differences(proposal, read.tree)),
    ];
    this.querySelector('.proposal-status')?.replaceChildren(
      ...shown.filter((child) => child !== undefined),
    );
    this.querySelector('button')?.remove();
  }

  async #checked(
    settings: EditSettings,
    { target }: Proposal,
    { record, list }: ProposedFiles,
  ): Promise<Child[]> {
    const checker = new RecordChecker(settings);
    const held = list === undefined ? 'absent' : 'record';
    const ofRecord = await checker.problemsOf(target, record?.text ?? '', held);
    if (ofRecord === undefined) {
      return [element('p', {}, 'Records of this release of the schema cannot be checked here.')];
    }
    // The last line of a truncated file is cut off.
    const lines = list?.isWhole === false ? list.text.replace(/[^\n]*$/, '') : list?.text;
    const ofList = lines === undefined ? undefined : await checker.problemsOfList(target, lines);
    return problemList([...ofRecord, ...(ofList?.problems ?? [])].sort(bySeverity));
  }

  async #preview(
    { archive }: EditSettings,
    tree: RecordNode,
    files: ProposedFiles,
  ): Promise<HTMLElement> {
    const { previewOf } = await import('../preview-view.client.ts');
    const { list } = files;
    if (list === undefined) return previewOf(tree, archive, undefined);
    const assets = assetsIn(files);
    const summary = summarizeAssets(assets);
    const bytes = assets.reduce((sum, { size }) => sum + size, 0);
    const counted = list.isWhole ? { files: assets.length, bytes } : {};
    const preview = previewOf(tree, archive, { summary, ...counted });
    const rows = fileList(assets, list.isWhole).filter((child) => child !== undefined);
    preview.append(...rows);
    return preview;
  }

  /** Against the draft that this site was built with. */
  async #differences({ target }: Proposal, tree: RecordNode): Promise<Child[]> {
    if (target.kind === 'submission') return [];
    const loaded = await loadRecord(`${this.#base}edit/`, target.number);
    if (typeof loaded === 'string') return [];
    return [
      element('h2', {}, 'Differences'),
      differenceList(loaded.base, tree, 'the record that this site has'),
    ];
  }
}

customElements.define('show-proposal', ShowProposal);
