// An archive from the forge to its built site: a clone in which the commands run as a person or a workflow
// runs them, and the clock of the forge, which names the versions.

import path from 'node:path';
import { rmSync } from 'node:fs';
import { expect, onTestFinished } from 'vitest';
import { DRAFT, SUBMISSION, TestArchive } from '../broken/test-archive.ts';
import { buildInto, cacheFolder, serveSite, type BuiltSite } from '../sites/built-site.ts';
import { git } from './git-server.ts';
import { repository } from '../needed-part.ts';
import { runProgram, type CliResult } from '../process/run-cli.ts';
import { temporaryFolder, writeFiles } from '../temporary-folder.ts';
import { archiveAtForge } from './archive-at-forge.ts';
import type { ForgeDouble } from './forge-double.ts';
import { mergePull } from './merge-pull.ts';
import type { ForgePull } from './forge-state.ts';

/** The valid archive with nothing pending for the registrar. */
export function settledArchive(): TestArchive {
  const archive = new TestArchive();
  delete archive.files[`${DRAFT}/release.json`];
  for (const name of Object.keys(archive.files)) {
    if (name.startsWith(`${SUBMISSION}/`)) delete archive.files[name];
  }
  return archive;
}

/** An archive at the forge with a clone, and what people and workflows do with the two. */
export class PublishingStage {
  readonly forge: ForgeDouble;
  readonly clone: string;

  private constructor(forge: ForgeDouble, clone: string) {
    this.forge = forge;
    this.clone = clone;
  }

  /** Starts the forge with an archive without pending work; it ends with the running test. */
  static async start(archive = settledArchive()): Promise<PublishingStage> {
    const { forge, clone } = await archiveAtForge(archive);
    return new PublishingStage(forge, clone);
  }

  /** Runs `dandiset` in the clone, with a user's token. */
  dandiset(login: string, ...args: string[]): Promise<CliResult> {
    const script = path.join(repository, 'scripts', 'dandiset.mjs');
    const inClone = 'cd "$0" && exec "$@"';
    return runProgram('bash', ['-c', inClone, this.clone, process.execPath, script, ...args], {
      GITHUB_SERVER_URL: this.forge.web,
      GITHUB_TOKEN: this.forge.token(login),
      DANDISET_TOKEN: this.forge.token(login),
      ARCHIVE_CONTENT: '',
    });
  }

  /** Checks and reports a pull request as the two workflows do; returns the comment that it gets. */
  async report(pull: ForgePull): Promise<string> {
    this.forge.state.refreshAll();
    const event = {
      number: pull.number,
      user: { login: pull.author },
      author_association: 'NONE',
    };
    const folder = temporaryFolder({ 'event.json': JSON.stringify({ pull_request: event }) });
    const of = ['--head', `pull/${pull.number}`, '--event', path.join(folder, 'event.json')];
    const checked = await this.dandiset(
      'github-actions[bot]',
      ...['check', '--base', 'HEAD', ...of, '--report', '--json'],
    );
    expect(checked).toMatchObject({ code: 0, stderr: '' });
    writeFiles(folder, { 'report.json': checked.stdout });
    const facts = path.join(folder, 'report.json');
    const reported = await this.dandiset(
      'github-actions[bot]',
      ...['report', facts, '--head', pull.head.sha],
    );
    expect(reported).toMatchObject({ code: 0, stderr: '' });
    return pull.comments.map(({ body }) => body).join('\n');
  }

  /** A curator merges what was reported, at that time. */
  async merge(pull: ForgePull, time: string): Promise<void> {
    this.forge.state.now = () => new Date(time);
    const { number, head } = pull;
    expect(await mergePull(this.forge, 'curator', { number, sha: head.sha })).toBe(true);
  }

  /** Runs the registrar and updates the clone; returns what was done. */
  async register(): Promise<string[]> {
    const ran = await this.dandiset('github-actions[bot]', 'registrar', '--json');
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    const { steps } = JSON.parse(ran.stdout) as { steps: { kind: string; subject: string }[] };
    await this.updateClone();
    return steps.map(({ kind, subject }) => `${kind} ${subject}`);
  }

  /** Updates the clone and checks what is new in it. */
  private async updateClone(): Promise<void> {
    const before = git(this.clone, ['rev-parse', 'HEAD']);
    // From the folder: a synchronous git call could not be served by a server in this process.
    const refs = '+refs/heads/main:refs/remotes/origin/main';
    git(this.clone, ['fetch', '--quiet', this.forge.folder, refs]);
    git(this.clone, ['merge', '--quiet', '--ff-only', 'origin/main']);
    await this.expectChecked(before);
  }

  /** What is in the clone passes `check` against an earlier commit. */
  private async expectChecked(base: string): Promise<void> {
    const { code, stdout } = await this.dandiset('curator', 'check', 'content', '--base', base);
    expect({ code, stdout }).toMatchObject({ code: 0 });
  }

  /** A curator withdraws a version, checks that, and pushes it. */
  async withdraw(version: string, ...options: string[]): Promise<void> {
    const withdrawn = await this.dandiset('curator', 'withdraw', version, ...options);
    expect(withdrawn).toMatchObject({ code: 0, stderr: '' });
    await this.expectChecked('HEAD');
    git(this.clone, ['commit', '--quiet', '--all', '--message=Withdrawn']);
    git(this.clone, ['push', '--quiet', this.forge.folder, 'HEAD:main']);
    await this.updateClone();
  }

  /** Builds the site of the clone and serves it until the running test has finished. */
  async site(base = '/'): Promise<BuiltSite> {
    const content = path.join(this.clone, 'content');
    const dist = cacheFolder('journey-');
    onTestFinished(() => rmSync(dist, { recursive: true, force: true }));
    await buildInto(dist, { content, base });
    const site = await serveSite(dist, { content, base });
    onTestFinished(() => site.close());
    return site;
  }
}
