// Handing in by the command: from a folder, from a bundle, with any token, at a forge on loopback.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readBundle } from '../../src/core/submission/read-bundle.ts';
import { DRAFT, SUBMISSION, TestArchive } from '../support/broken/test-archive.ts';
import { archiveAtForge } from '../support/forge/archive-at-forge.ts';
import type { ForgeDouble } from '../support/forge/forge-double.ts';
import { git } from '../support/forge/git-server.ts';
import { runCliWith, type CliResult } from '../support/process/run-cli.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

interface Stage {
  forge: ForgeDouble;
  /** A clone of the archive. */
  clone: string;
  /** The records of a new Dandiset, outside of any clone. */
  records: string;
  run(login: string | undefined, ...args: string[]): Promise<CliResult>;
  /** Text of a file at a commit of the forge. */
  text(commit: string, file: string): string;
}

async function stage(): Promise<Stage> {
  const { forge, clone } = await archiveAtForge();
  const archive = new TestArchive();
  const records = temporaryFolder({
    'place-cells/dandiset.json': JSON.stringify(
      JSON.parse(archive.text(`${SUBMISSION}/dandiset.json`)),
    ),
    'place-cells/assets.jsonl': archive.text(`${SUBMISSION}/assets.jsonl`),
    'place-cells/notes.txt': 'mine',
  });
  return {
    forge,
    clone,
    records: path.join(records, 'place-cells'),
    run: (login, ...args) =>
      runCliWith(
        {
          ARCHIVE_CONTENT: path.join(clone, 'content'),
          DANDISET_TOKEN: login === undefined ? '' : forge.token(login),
          GH_TOKEN: 'ghp_neverSentElsewhere00000000',
          GITHUB_TOKEN: '',
        },
        ...args,
      ),
    text: (commit, file) => forge.archive.git.run(['show', `${commit}:content/${file}`]),
  };
}

test('a folder becomes a pull request from a fork; handing in again brings it up to date', async () => {
  const { forge, records, run, text } = await stage();
  const first = await run('ada', 'submit', records);
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toContain(`Opened: ${forge.repository}/pull/1`);
  expect(first.stdout).toContain('public at once');
  const [pull] = forge.archive.pulls;
  expect(pull).toMatchObject({
    author: 'ada',
    title: 'New Dandiset: Place cells on a linear track',
    head: { owner: 'ada', branch: 'submit/place-cells' },
  });
  const range = `main...${pull!.head.sha}`;
  const changes = forge.archive.git.run(['diff', '--name-status', '--no-renames', range]);
  expect(changes.trimEnd().split('\n')).toEqual([
    'A\tcontent/submissions/place-cells/assets.jsonl',
    'A\tcontent/submissions/place-cells/dandiset.json',
  ]);
  expect(text(pull!.head.sha, 'submissions/place-cells/dandiset.json')).toBe(
    new TestArchive().text(`${SUBMISSION}/dandiset.json`),
  );

  writeFiles(records, { 'release.json': '{"releaseNotes":"First."}' });
  const second = await run('ada', 'submit', records, '--json');
  expect(second.code).toBe(0);
  const report = JSON.parse(second.stdout) as Record<string, unknown>;
  expect(report).toMatchObject({ pull: { number: 1, isNew: false }, problems: [] });
  expect(forge.archive.pulls).toHaveLength(1);
  forge.state.refreshAll();
  expect(text(pull!.head.sha, 'submissions/place-cells/release.json')).toBe(
    '{\n  "releaseNotes": "First."\n}\n',
  );
});

test('a token that may not open it: the branch is there, and the page to open it is named', async () => {
  const { forge, records, run } = await stage();
  const { code, stdout } = await run(
    'fine',
    'submit',
    records,
    '--message',
    'Please look at units.',
  );
  expect(code).toBe(0);
  const address = new URL(/http\S*compare\S*/.exec(stdout)?.[0] ?? '');
  expect(address.pathname).toBe('/lab/archive/compare/main...fine:submit/place-cells');
  expect(address.searchParams.get('body')).toBe('Please look at units.');
  expect(forge.archive.pulls).toEqual([]);
  expect(
    forge.state.repositories.get('fine/archive')?.git.commit('submit/place-cells'),
  ).toBeDefined();
});

test('one who may write needs no fork', async () => {
  const { forge, records, run } = await stage();
  expect(await run('curator', 'submit', records)).toMatchObject({ code: 0 });
  expect(forge.archive.pulls[0]?.head.owner).toBe('lab');
  expect(forge.asked.some((asked) => asked.endsWith('/forks'))).toBe(false);
});

test('a dry run and a bundle ask nobody; the bundle opens the same pull request, byte for byte', async () => {
  const { forge, records, run, text } = await stage();
  const dry = await run(undefined, 'submit', records, '--dry-run');
  expect(dry).toMatchObject({ code: 0, stderr: '' });
  expect(dry.stdout).toContain('content/submissions/place-cells/dandiset.json');
  const bundle = path.join(temporaryFolder(), 'place-cells.zip');
  expect(await run(undefined, 'submit', records, '--bundle', bundle)).toMatchObject({ code: 0 });
  expect(forge.asked).toEqual([]);
  expect(await run(undefined, 'submit', records, '--bundle', bundle)).toMatchObject({ code: 1 });

  expect(await run('ada', 'submit', bundle)).toMatchObject({ code: 0 });
  const head = forge.archive.pulls[0]!.head.sha;
  for (const file of readBundle(readFileSync(bundle)).files) {
    expect(text(head, file.path)).toBe(file.text);
  }
});

describe('a change to a draft', () => {
  async function changed(): Promise<Stage & { draft: string }> {
    const set = await stage();
    const draft = path.join(set.clone, 'content', DRAFT);
    const file = path.join(draft, 'dandiset.json');
    const text = readFileSync(file, 'utf8');
    writeFiles(draft, { 'dandiset.json': text.replace('"name": "', '"name": "More ') });
    return { ...set, draft };
  }

  test('is made against the commit of the clone, so that a change meanwhile is a conflict', async () => {
    const { forge, clone, draft, run } = await changed();
    const base = git(clone, ['rev-parse', 'HEAD']);
    // Somebody else's change of the same line comes in between.
    const other = path.join(temporaryFolder(), 'other');
    git('.', ['clone', '--quiet', forge.folder, other]);
    const theirs = path.join(other, 'content', DRAFT, 'dandiset.json');
    writeFiles(path.dirname(theirs), {
      'dandiset.json': readFileSync(theirs, 'utf8').replace('"name": "', '"name": "Other '),
    });
    git(other, ['commit', '--quiet', '--all', '--message=Theirs']);
    git(other, ['push', '--quiet', 'origin', 'main']);

    expect(await run('ada', 'submit', draft)).toMatchObject({ code: 0 });
    const [pull] = forge.archive.pulls;
    expect(forge.archive.git.run(['rev-parse', `${pull!.head.sha}^`]).trim()).toBe(base);
    expect(forge.archive.git.mergedTree('main', pull!.head.sha)).toBeUndefined();
  });

  test('as a bundle holds a patch that git am takes', async () => {
    const { clone, draft, run } = await changed();
    const bundle = path.join(temporaryFolder(), 'change.zip');
    expect(await run(undefined, 'submit', draft, '--bundle', bundle)).toMatchObject({ code: 0 });
    const curator = path.join(temporaryFolder(), 'curator');
    git('.', ['clone', '--quiet', clone, curator]);
    const { unzipSync } = await import('fflate');
    const patch = unzipSync(readFileSync(bundle))['handin.patch'] ?? new Uint8Array();
    writeFiles(path.dirname(bundle), { 'handin.patch': patch });
    git(curator, ['am', '--quiet', path.join(path.dirname(bundle), 'handin.patch')]);
    const file = path.join('content', DRAFT, 'dandiset.json');
    expect(readFileSync(path.join(curator, file), 'utf8')).toBe(
      readFileSync(path.join(clone, file), 'utf8'),
    );
  });
});

describe('nothing is handed in', () => {
  test('that has errors', async () => {
    const { forge, records, run } = await stage();
    writeFiles(records, { 'dandiset.json': '{"identifier":"TEST-DANDI:000000"}' });
    const { code, stdout } = await run('ada', 'submit', records);
    expect(code).toBe(1);
    expect(stdout).toContain('unknown-release');
    expect(stdout).toContain('Nothing was handed in');
    expect(forge.asked).toEqual([]);
  });

  test('without a token, with a wrong one, or to a place that is none', async () => {
    const { forge, records, run } = await stage();
    const none = await run(undefined, 'submit', records);
    expect(none).toMatchObject({ code: 2 });
    expect(none.stderr).toContain('--bundle');
    const bundle = path.join(temporaryFolder(), 'place-cells.zip');
    await run(undefined, 'submit', records, '--bundle', bundle);
    expect((await run(undefined, 'submit', bundle)).stderr).toContain('| git am');
    // The token for GitHub is not sent to another host.
    expect(forge.asked).toEqual([]);

    forge.state.users.delete(forge.token('ada'));
    const wrong = await run('ada', 'submit', records);
    expect(wrong).toMatchObject({ code: 1 });
    expect(wrong.stderr).toContain('401');
    expect(wrong.stderr).not.toContain(forge.token('ada'));
  });

  test('from a folder without records, or a file that is no bundle', async () => {
    const { records, run } = await stage();
    expect(await run('ada', 'submit', path.dirname(records))).toMatchObject({ code: 1 });
    const file = await run('ada', 'submit', path.join(records, 'notes.txt'));
    expect(file).toMatchObject({ code: 1 });
    expect(file.stderr).toContain('no zip file');
  });

  test('that the archive has already', async () => {
    const { clone, run } = await stage();
    const { code, stderr } = await run('ada', 'submit', path.join(clone, 'content', SUBMISSION));
    expect(code).toBe(2);
    expect(stderr).toContain('nothing to hand in');
  });
});
