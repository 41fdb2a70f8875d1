// A bare repository as the double of the forge uses it: every query is one to real git.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A file of a tree to be made; a null sha removes it. */
export interface TreeEntry {
  path: string;
  mode: string;
  sha: string | null;
}

/** Git refused. */
export class GitRefusal extends Error {}

const IDENTITY = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
};

/** Real git in one bare repository. */
export class BareRepository {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** The output of git; with `input` on its standard input. */
  run(
    args: readonly string[],
    { input, env = {} }: { input?: string | Buffer; env?: NodeJS.ProcessEnv } = {},
  ): string {
    try {
      return execFileSync('git', ['-C', this.folder, ...args], {
        stdio: 'pipe',
        maxBuffer: 300_000_000,
        env: { ...process.env, ...IDENTITY, ...env },
        ...(input === undefined ? {} : { input }),
      }).toString();
    } catch (error) {
      throw new GitRefusal(String((error as { stderr?: Buffer }).stderr ?? error));
    }
  }

  /** The first line of the output, or undefined where git fails. */
  ask(args: readonly string[]): string | undefined {
    try {
      return this.run(args).split('\n')[0];
    } catch {
      return undefined;
    }
  }

  commit(ref: string): string | undefined {
    return this.ask(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  }

  /** The commit of each branch. */
  branches(): Map<string, string> {
    const lines = this.run([
      'for-each-ref',
      '--format=%(objectname) %(refname:lstrip=2)',
      'refs/heads',
    ]);
    return new Map(
      lines
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => [line.slice(41), line.slice(0, 40)]),
    );
  }

  authorOf(commit: string): string {
    return this.run(['show', '-s', '--format=%an', commit]).trim();
  }

  treeOf(commit: string): string {
    return this.run(['rev-parse', `${commit}^{tree}`]).trim();
  }

  setRef(ref: string, commit: string, before?: string): void {
    this.run(['update-ref', ref, commit, ...(before === undefined ? [] : [before])]);
  }

  writeBlob(bytes: Buffer): string {
    return this.run(['hash-object', '-w', '--stdin'], { input: bytes }).trim();
  }

  /** The tree of a base with some entries changed. */
  writeTree(base: string | undefined, entries: readonly TreeEntry[]): string {
    const folder = mkdtempSync(path.join(tmpdir(), 'forge-index-'));
    const env = { GIT_INDEX_FILE: path.join(folder, 'index') };
    try {
      if (base !== undefined) this.run(['read-tree', base], { env });
      const lines = entries.map(({ path: name, mode, sha }) =>
        sha === null ? `0 ${'0'.repeat(40)}\t${name}` : `${mode} ${sha}\t${name}`,
      );
      this.run(['update-index', '-z', '--index-info'], { env, input: `${lines.join('\0')}\0` });
      return this.run(['write-tree'], { env }).trim();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  writeCommit(
    tree: string,
    parents: readonly string[],
    message: string,
    by: string,
    at: Date,
    email = `${by}@users.forge.example`,
  ): string {
    const env = {
      GIT_AUTHOR_NAME: by,
      GIT_AUTHOR_EMAIL: email,
      GIT_AUTHOR_DATE: at.toISOString(),
      GIT_COMMITTER_NAME: by,
      GIT_COMMITTER_EMAIL: email,
      GIT_COMMITTER_DATE: at.toISOString(),
    };
    const options = parents.flatMap((parent) => ['-p', parent]);
    return this.run(['commit-tree', tree, ...options, '-F', '-'], { env, input: message }).trim();
  }

  /** The tree of a merge; undefined where the two conflict. */
  mergedTree(base: string, head: string): string | undefined {
    return this.ask(['merge-tree', '--write-tree', base, head]);
  }

  isAncestor(older: string, newer: string): boolean {
    return this.ask(['merge-base', '--is-ancestor', older, newer]) !== undefined;
  }
}
