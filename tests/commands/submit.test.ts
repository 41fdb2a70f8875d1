// Submitting by the command: from a folder, from a bundle, with any token, at a forge on loopback.

import { cpSync, readFileSync } from 'node:fs';
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
  /** The same in an environment that differs. */
  runWith(env: NodeJS.ProcessEnv, login: string | undefined, ...args: string[]): Promise<CliResult>;
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
  const environment = (login: string | undefined): NodeJS.ProcessEnv => ({
    ARCHIVE_CONTENT: path.join(clone, 'content'),
    DANDISET_TOKEN: login === undefined ? '' : forge.token(login),
    GH_TOKEN: 'ghp_neverSentElsewhere00000000',
    GITHUB_TOKEN: '',
  });
  return {
    forge,
    clone,
    records: path.join(records, 'place-cells'),
    run: (login, ...args) => runCliWith(environment(login), ...args),
    runWith: (env, login, ...args) => runCliWith({ ...environment(login), ...env }, ...args),
    text: (commit, file) => forge.archive.git.run(['show', `${commit}:content/${file}`]),
  };
}

test('a folder becomes a pull request from a fork; submitting again updates it', async () => {
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

test('a token that may not open it: the branch exists, and the page to open it is named', async () => {
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

test('a program with its own token submits anonymously', async () => {
  const { forge, records, run } = await stage();
  expect(await run('github-actions[bot]', 'submit', records)).toMatchObject({
    code: 0,
    stderr: '',
  });
  const head = forge.archive.pulls[0]?.head.sha ?? '';
  expect(forge.archive.git.authorOf(head)).toBe('Contributor without account');
});

test('a user with write access needs no fork', async () => {
  const { forge, records, run } = await stage();
  expect(await run('curator', 'submit', records)).toMatchObject({ code: 0 });
  expect(forge.archive.pulls[0]?.head.owner).toBe('lab');
  expect(forge.asked.some((asked) => asked.endsWith('/forks'))).toBe(false);
});

test('a dry run and a bundle contact nobody; the bundle opens the same pull request, byte for byte', async () => {
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

describe('the commit', () => {
  interface Report {
    commit: { id: string; tree: string; base: string } | string;
  }
  const reported = ({ stdout }: CliResult): Report => JSON.parse(stdout) as Report;

  test('has the id that a dry run reports, from a folder and from its bundle', async () => {
    const { forge, records, run } = await stage();
    const dry = await run('ada', 'submit', records, '--dry-run', '--json');
    // The only request is for the owner of the token.
    expect(forge.asked).toEqual(['GET user']);
    const { commit } = reported(dry);
    expect(commit).toMatchObject({ base: forge.archive.git.commit('main') });
    const { id, tree } = commit as { id: string; tree: string };
    const shown = await run('ada', 'submit', records, '--dry-run');
    expect(shown.stdout).toContain(`commit ${id} by ada, on `);

    const bundle = path.join(temporaryFolder(), 'place-cells.zip');
    await run(undefined, 'submit', records, '--bundle', bundle);
    expect(reported(await run('ada', 'submit', bundle, '--json')).commit).toBe(id);
    expect(reported(await run('ada', 'submit', records, '--json')).commit).toBe(id);
    const [pull] = forge.archive.pulls;
    expect(pull?.head.sha).toBe(id);
    expect(forge.archive.git.treeOf(id)).toBe(tree);
    const author = forge.archive.git.run(['show', '-s', '--format=%an %ae %cn', id]);
    expect(author).toMatch(/^ada \d+\+ada@users\.noreply\.127\.0\.0\.1 ada$/m);
  });

  test('has no file that the archive already has, and only differences are sent', async () => {
    const { forge, clone, run } = await stage();
    const draft = path.join(clone, 'content', DRAFT);
    const text = readFileSync(path.join(draft, 'dandiset.json'), 'utf8');
    writeFiles(draft, { 'dandiset.json': text.replace('"name": "', '"name": "More ') });
    const dry = await run(undefined, 'submit', draft, '--dry-run');
    expect(dry.stdout).toContain(`content/${DRAFT}/dandiset.json`);
    expect(dry.stdout).not.toContain('assets.jsonl');
    expect(await run('ada', 'submit', draft)).toMatchObject({ code: 0 });
    const trees = forge.sent.filter((sent) => sent.includes('"base_tree"'));
    expect(trees).toHaveLength(1);
    expect(trees[0]).not.toContain('assets.jsonl');
    expect(forge.asked.filter((asked) => asked.includes('git/trees/'))).toEqual([]);

    writeFiles(draft, { 'dandiset.json': text });
    const asked = forge.asked.length;
    const same = await run(undefined, 'submit', draft, '--dry-run');
    expect(same).toMatchObject({ code: 2 });
    expect(same.stderr).toContain('nothing to submit');
    expect(forge.asked).toHaveLength(asked);
  });

  test('is made on a machine without git', async () => {
    const { forge, records, runWith } = await stage();
    const env = { PATH: temporaryFolder() };
    const draft = await runWith(env, 'ada', 'submit', records, '--json');
    expect(draft).toMatchObject({ code: 0, stderr: '' });
    expect(forge.archive.pulls[0]?.head.sha).toBe(reported(draft).commit);
    const check = await runWith(env, undefined, 'check', '--base', 'HEAD');
    expect(check.stderr).toContain('git could not be started');
  });

  test('is made without a clone, from the folders that the forge shows', async () => {
    const { forge, clone, records, runWith } = await stage();
    const content = path.join(temporaryFolder(), 'content');
    cpSync(path.join(clone, 'content'), content, { recursive: true });
    const env = { ARCHIVE_CONTENT: content };
    const dry = await runWith(env, 'ada', 'submit', records, '--dry-run', '--json');
    expect(reported(dry).commit).toBeUndefined();
    const result = await runWith(env, 'ada', 'submit', records, '--json');
    expect(result).toMatchObject({ code: 0, stderr: '' });
    const { head } = forge.archive.pulls[0]!;
    expect(head.sha).toBe(reported(result).commit);
    const range = `main...${head.sha}`;
    expect(forge.archive.git.run(['diff', '--name-only', range]).trim().split('\n')).toEqual([
      'content/submissions/place-cells/assets.jsonl',
      'content/submissions/place-cells/dandiset.json',
    ]);
    const same = await runWith(env, 'ada', 'submit', path.join(content, SUBMISSION));
    expect(same).toMatchObject({ code: 2 });
  });
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
    const patch = unzipSync(readFileSync(bundle))['submission.patch'] ?? new Uint8Array();
    writeFiles(path.dirname(bundle), { 'submission.patch': patch });
    git(curator, ['am', '--quiet', path.join(path.dirname(bundle), 'submission.patch')]);
    const file = path.join('content', DRAFT, 'dandiset.json');
    expect(readFileSync(path.join(curator, file), 'utf8')).toBe(
      readFileSync(path.join(clone, file), 'utf8'),
    );
  });
});

describe('nothing is submitted', () => {
  test('that has errors', async () => {
    const { forge, records, run } = await stage();
    writeFiles(records, { 'dandiset.json': '{"identifier":"TEST-DANDI:000000"}' });
    const { code, stdout } = await run('ada', 'submit', records);
    expect(code).toBe(1);
    expect(stdout).toContain('unknown-release');
    expect(stdout).toContain('Nothing was submitted');
    expect(forge.asked).toEqual([]);
  });

  test('without a token, with a wrong one, or to an invalid repository', async () => {
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

  test('from a folder without records, or a file that is not a bundle', async () => {
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
    expect(stderr).toContain('nothing to submit');
  });
});
