// dandiset build: the site of an archive, as files.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { ArchiveError } from '../core/error.ts';
import { ARCHIVE_FILE } from '../core/records/archive.ts';
import { contentFolder } from './support/named-version.ts';
import { programFolder } from './support/program-folder.ts';

interface BuildOptions {
  content?: string;
  out?: string;
  base?: string;
  zip?: string;
  ifChanged?: boolean;
}

const HELP = `
Output and caches go into the working folder. A build needs Node 22.19 or newer; on an older one npm
fetches it once.

Examples:
  dandiset build
  dandiset build --base /archive --out /tmp/site
  dandiset build --zip site.zip`;

/** What the build script reads from its environment; absent options leave the environment unchanged. */
function environmentOf({ out, base }: BuildOptions, content: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ARCHIVE_CONTENT: content,
    ...(out === undefined ? {} : { OUT_DIR: out }),
    ...(base === undefined ? {} : { BASE_PATH: base }),
  };
}

function runBuild(options: BuildOptions): void {
  const content = path.resolve(contentFolder(options.content));
  if (!existsSync(path.join(content, ARCHIVE_FILE))) {
    throw new ArchiveError('content-not-found', `There is no ${ARCHIVE_FILE} in ${content}.`, {
      hint: 'Run it in the folder of an archive, or name the records with --content DIR.',
    });
  }
  const script = path.join(programFolder(), 'scripts', 'build.mjs');
  const args = [
    ...(options.ifChanged === true ? ['--if-changed'] : []),
    ...(options.zip === undefined ? [] : ['--zip', options.zip]),
  ];
  const { status, error } = spawnSync(process.execPath, [script, ...args], {
    stdio: 'inherit',
    env: environmentOf(options, content),
  });
  if (error !== undefined) throw error;
  process.exitCode = status ?? 1;
}

/** The `build` verb. */
export function buildCommand(): Command {
  return new Command('build')
    .option('--content <dir>', 'content folder (default: ARCHIVE_CONTENT or ./content)')
    .option('--out <dir>', 'folder for the site (default: OUT_DIR or ./dist)')
    .option(
      '--base <path>',
      'path of the site on its host (default: BASE_PATH, or the path in its address)',
    )
    .option('--zip <file>', 'also write the site as one file')
    .option('--if-changed', 'do nothing where the site is built and nothing has changed')
    .addHelpText('after', HELP)
    .action(runBuild);
}
