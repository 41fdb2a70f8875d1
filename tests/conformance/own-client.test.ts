// The client that a site serves, as people get it: by npm from the address of the site, with no registry, on the
// releases of npm that are in use.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import packageFile from '../../package.json' with { type: 'json' };
import { NPM_RELEASES, npmFolder } from '../../scripts/npm-releases.mjs';
import { clientCommand, clientInstallCommand } from '../../src/core/download/client-command.ts';
import { demoBytes, describeWith, type NeededPart } from '../support/needed-part.ts';
import { runProgram, withoutNpm, type CliResult } from '../support/process/run-cli.ts';
import { builtSite, demoContent, type BuiltSite } from '../support/sites/built-site.ts';
import { filesBelow, temporaryFolder } from '../support/temporary-folder.ts';

const releases: NeededPart = {
  path: npmFolder(NPM_RELEASES[0]!),
  absent: NPM_RELEASES.every((release) => existsSync(npmFolder(release)))
    ? undefined
    : 'no releases of npm in .cache/npm (node scripts/npm-releases.mjs)',
};

/** Runs lines of a shell in a home of their own, in which npm is this release and has no registry. */
function pasted(lines: string, release: string, home: string): Promise<CliResult> {
  const bin = path.join(npmFolder(release), 'bin');
  const programs = [path.dirname(process.execPath), '/usr/bin', '/bin'];
  return runProgram(
    'bash',
    [
      '-euc',
      // What npm puts on the PATH are small scripts that run these files.
      `npx() { node '${bin}/npx-cli.js' "$@"; }
       npm() { node '${bin}/npm-cli.js' "$@"; }
       cd "$HOME"; PATH="$HOME/global/bin:$PATH"
       ${lines}`,
    ],
    {
      ...withoutNpm(),
      HOME: home,
      PATH: programs.join(path.delimiter),
      npm_config_cache: path.join(home, 'cache'),
      npm_config_prefix: path.join(home, 'global'),
      npm_config_registry: 'http://127.0.0.1:1/',
      npm_config_update_notifier: 'false',
      NODE_ENV: 'production',
    },
  );
}

describeWith([releases, demoBytes], 'the client of a site', () => {
  let site: BuiltSite;
  beforeAll(async () => {
    site = await builtSite({ content: demoContent });
  });
  afterAll(() => site?.close());

  test.each(NPM_RELEASES)('downloads and is installed with npm %s', async (release) => {
    const home = temporaryFolder();
    const from = `${site.url}dandiset/000001/0.250702.1411`;
    const run = await pasted(`${clientCommand(site.url)} download ${from} -o data`, release, home);
    expect(run.code, run.stderr).toBe(0);
    expect([...filesBelow(path.join(home, 'data')).keys()].join()).toContain('.nwb');
    const installed = await pasted(
      `${clientInstallCommand(site.url)}\ndandiset --version\ndandiset verify data/000001`,
      release,
      home,
    );
    expect(installed.code, installed.stderr).toBe(0);
    expect(installed.stdout).toContain(`\n${packageFile.version}\n`);
  });

  test('is refused by npm 12 without the option that the pages print', async () => {
    const plain = clientCommand(site.url).replace('--allow-remote=root ', '');
    const { code, stderr } = await pasted(
      `${plain} --version`,
      NPM_RELEASES.at(-1)!,
      temporaryFolder(),
    );
    expect(code).not.toBe(0);
    expect(stderr).toContain('EALLOWREMOTE');
  });

  test('has the digest that the site names, in a form that sha256sum reads', async () => {
    const folder = path.join(site.dist, 'cli');
    const args = ['-c', 'dandiset.tgz.sha256'];
    const { status, stdout } = spawnSync('sha256sum', args, { cwd: folder, encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, 'dandiset.tgz: OK\n']);
    const [digest = ''] = readFileSync(path.join(folder, args[1]!), 'utf8').split(' ');
    const page = readFileSync(path.join(site.dist, 'handbook/download/index.html'), 'utf8');
    expect(page).toContain(digest);
    const response = await fetch(`${site.url}cli/dandiset.tgz`);
    expect(response.headers.get('content-type')).toBe('application/gzip');
  });
});
