// The command line itself: help, wrong usage, failures.

import { describe, expect, it } from 'vitest';
import { runCli } from '../support/process/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('dandiset', () => {
  it('shows help with examples, for itself and for each verb', async () => {
    const help = await runCli('--help');
    expect(help.code).toBe(0);
    expect(help.stdout).toContain('Examples:');
    const verbs = [...help.stdout.matchAll(/^ {2}([a-z]+) /gm)]
      .map((match) => match[1] ?? '')
      .filter((verb) => !['help', 'npx'].includes(verb));
    expect(verbs).toEqual(expect.arrayContaining(['check', 'import', 'serve']));
    for (const verb of verbs) {
      const own = await runCli(verb, '--help');
      expect([own.code, own.stderr]).toEqual([0, '']);
      expect(own.stdout, verb).toContain('Examples:');
    }
    expect((await runCli('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each([
    [['chek'], "unknown command 'chek'"],
    [['import', '--into', 'x'], "missing required argument 'source'"],
    [['import', '.'], "required option '--into <dir>' not specified"],
    [['check', '--bas', 'x'], "unknown option '--bas'"],
    [[], 'Usage: dandiset'],
  ])('ends with 2 on wrong usage: %j', async (args, words) => {
    const result = await runCli(...args);
    expect([result.code, result.stdout]).toEqual([2, '']);
    expect(result.stderr).toContain(words);
  });

  it('suggests the intended verb or option', async () => {
    expect((await runCli('chek')).stderr).toContain('Did you mean check?');
    expect((await runCli('check', '--bas', 'x')).stderr).toContain('Did you mean --base?');
  });

  it('reports a failure in a sentence with a hint, without a stack, and ends with 1', async () => {
    const folder = temporaryFolder({ '\u202eevil.txt': '' });
    const result = await runCli('import', `${folder}/\u202eevil.txt`, '--into', folder);
    expect([result.code, result.stdout]).toEqual([1, '']);
    expect(result.stderr).toMatch(
      /^dandiset: There is no folder .*\\u\{202e\}evil\.txt to import from\.\n$/,
    );
  });
});
