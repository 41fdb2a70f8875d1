// What is pending on a person or on another system does not fail the registrar: the rest is done and
// deployed, what is pending is reported, and only --strict makes it a failure.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ArchiveInGit, submissionFiles } from '../support/forge/archive-in-git.ts';
import { sha256Hex } from '../../src/core/digests/sha256.ts';
import { startDataCite } from '../support/servers/datacite-double.ts';
import { runCliWith } from '../support/process/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const AT = '2026-03-04T05:06:07Z';
const VERSION = '0.260304.0506';
const DOI = `10.12345/test-dandi.000001/${VERSION}`;

/** A store in a folder that holds the file of `first-light` and no other. */
function store(): string {
  const sha256 = sha256Hex('sub-01/first-light.nwb');
  return temporaryFolder({
    [`blobs/${sha256.slice(0, 3)}/${sha256.slice(3, 6)}/${sha256}`]: 'sub-01/first-light.nwb',
  });
}

/** Runs the registrar as a step of a workflow: its output, and what it leaves for the runner. */
function registrarOf(archive: ArchiveInGit, env: NodeJS.ProcessEnv = {}) {
  const folder = store();
  return async (...args: string[]) => {
    const runner = temporaryFolder();
    const files = {
      GITHUB_STEP_SUMMARY: path.join(runner, 'summary'),
      GITHUB_OUTPUT: path.join(runner, 'output'),
    };
    const all = ['registrar', '--repository', archive.bare, '--store', folder, '--json', ...args];
    const { code, stdout } = await runCliWith({ ...files, ...env }, ...all);
    const [summary = '', output = ''] = Object.values(files).map((file) =>
      existsSync(file) ? readFileSync(file, 'utf8') : '',
    );
    return { code, report: JSON.parse(stdout), summary, output };
  };
}

test('a pending folder', async () => {
  const archive = new ArchiveInGit();
  archive.merge(submissionFiles('first-light', 'First.'), AT);
  archive.merge(submissionFiles('no-bytes', 'First.'), '2026-03-04T05:07:00Z');
  const registrar = registrarOf(archive);
  const first = await registrar();
  expect(first).toMatchObject({ code: 0, output: 'waits=true\n' });
  expect(archive.versions()).toEqual([`000001/${VERSION}`]);
  const waiting = ['dandisets/000/000002/draft'];
  expect(first.report.waiting).toEqual(waiting);
  expect(first.summary).toContain(`Published \`TEST-DANDI:000001/${VERSION}\``);
  expect(first.summary).toContain(waiting[0]);
  expect(first.summary).toContain('release-bytes');
  // As the last step, after deploying: it does nothing any more, and fails.
  const last = await registrar('--strict', '--dry-run');
  expect(last).toMatchObject({ code: 1, report: { waiting, steps: [] } });
  expect((await registrar('--strict')).code).toBe(1);
});

test('DataCite out of reach', async () => {
  const archive = new ArchiveInGit({ doiPrefix: '10.12345' });
  archive.merge(submissionFiles('first-light', 'First.'), AT);
  const { account } = await startDataCite();
  const env = { DATACITE_USER: account.user, DATACITE_PASSWORD: account.password };
  const unreachable = registrarOf(archive, { ...env, DATACITE_API: 'http://127.0.0.1:9' });
  const first = await unreachable();
  expect(first).toMatchObject({ code: 0, output: 'waits=true\n' });
  expect(archive.versions()).toEqual([`000001/${VERSION}`]);
  expect(first.report.waiting).toContain(`doi:${DOI}`);
  expect(first.summary).toContain(DOI);
  expect((await unreachable('--strict')).code).toBe(1);
  // The last step has no account.
  const last = await registrarOf(archive)('--strict', '--dry-run');
  expect(last.code).toBe(1);
  expect(last.report.waiting).toContain(`doi:${DOI}`);

  const again = registrarOf(archive, { ...env, DATACITE_API: account.api });
  const second = await again('--strict');
  expect(second).toMatchObject({ code: 0, output: 'waits=false\n', report: { waiting: [] } });
  expect(second.report.dois.registered).toContain(DOI);
  expect(second.summary).toContain(DOI);
  expect((await registrarOf(archive)('--strict', '--dry-run')).code).toBe(0);
});

test('without an account DOIs are not pending, and a summary is written where something was done', async () => {
  const archive = new ArchiveInGit({ doiPrefix: '10.12345' });
  archive.merge(submissionFiles('first-light', 'First.'), AT);
  const registrar = registrarOf(archive);
  expect(await registrar('--strict')).toMatchObject({ code: 0, report: { waiting: [] } });
  expect((await registrar()).summary).toBe('Nothing waits.\n');
});
