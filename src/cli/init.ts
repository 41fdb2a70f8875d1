// dandiset init DIR: makes a new archive, and updates it to later releases of the program.

import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { folderTree } from '../adapters/content-files/folder-tree.ts';
import { folderWriter } from '../adapters/content-files/folder-writer.ts';
import { packProgram } from '../adapters/program/program-package.ts';
import { visibleText } from '../adapters/terminal/visible-text.ts';
import { ArchiveError } from '../core/error.ts';
import { countOf } from '../core/text/format.ts';
import { newArchiveFiles } from '../workflows/archive/new-archive.ts';
import {
  applyUpdate,
  planUpdate,
  type ArchiveUpdate,
} from '../workflows/archive/update-archive.ts';
import { archiveSettings, HOST_NAMES, type GivenSettings } from './support/archive-answers.ts';
import { printLines } from './support/output.ts';
import { programFolder } from './support/program-folder.ts';

interface InitOptions extends GivenSettings {
  update?: boolean;
  dryRun?: boolean;
}

const HELP = `
Run it in a clone of the program's repository, after \`npm ci\`: the program is packed into vendor/ of
the archive, which then needs no more than Node, npm and git. On a terminal it asks for what is not
given.

A store is "folder" (for small archives and for trying out), a public address, or s3://bucket/prefix.

With --update the archive in DIR takes this clone's release: vendor/, package.json, package-lock.json
and workflows, all shown and then written. Workflows that were changed in the archive stay as they are
and are named. Records, settings and texts are never touched.

Examples:
  dandiset init ../hill-lab-archive
  dandiset init ../archive --name "Hill Lab Archive" --prefix HILL-DANDI \\
      --repository https://github.com/hill-lab/archive --host pages --store s3://hill-lab
  dandiset init --update ../hill-lab-archive --dry-run
  dandiset init --update ../hill-lab-archive`;

/** A folder that holds anything but an empty repository is somebody's work. */
function requireEmpty(folder: string): void {
  if (!existsSync(folder)) return;
  if (readdirSync(folder).every((name) => name === '.git')) return;
  throw new ArchiveError('usage', `${folder} is not empty.`, {
    hint: 'Name a new folder, or use --update for an archive that is there.',
  });
}

async function makeArchive(folder: string, options: InitOptions): Promise<void> {
  requireEmpty(folder);
  const archive = await archiveSettings(options);
  const files = newArchiveFiles(archive, await packProgram(programFolder()));
  const writer = folderWriter(folder);
  const paths = [...files.keys()].sort();
  if (options.dryRun === true) {
    printLines([
      ...paths.map((name) => `add      ${name}`),
      `Would write ${countOf(paths.length, 'file')} into ${folder}.`,
    ]);
    return;
  }
  for (const [name, bytes] of files) await writer.write(name, bytes);
  printLines([
    `${visibleText(archive.name)} is in ${folder}. Next:`,
    '',
    `  cd ${folder}`,
    '  npm install',
    '  npm start',
    '',
    'Its README.md says what a curator decides and how it gets online.',
  ]);
}

function updateLines({ from, to, files, others }: ArchiveUpdate, dryRun: boolean): string[] {
  const kept = files.filter(({ action }) => action === 'keep');
  const lines = files.map(({ action, path: name }) => `${action.padEnd(8)} ${visibleText(name)}`);
  lines.push(
    files.length === kept.length
      ? `The archive has this release (${to}) already.`
      : `${dryRun ? 'Would update' : 'Updated'} from ${visibleText(from)} to ${to}.`,
  );
  if (kept.length > 0) {
    lines.push(
      `${countOf(kept.length, 'file')} changed in the archive ${kept.length === 1 ? 'was' : 'were'} kept: compare with those of the clone.`,
    );
  }
  if (others.length > 0) {
    lines.push(
      `Run \`npm install\` there: package-lock.json needs ${others.map(visibleText).join(', ')} too.`,
    );
  }
  if (!dryRun && files.length > kept.length) {
    lines.push('Next, there: npm ci, dandiset check, npm start to look, and commit.');
  }
  return lines;
}

async function updateArchive(folder: string, dryRun: boolean): Promise<void> {
  const update = await planUpdate(folderTree(folder), await packProgram(programFolder()));
  if (!dryRun) await applyUpdate(update, folderWriter(folder));
  printLines(updateLines(update, dryRun));
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}

/** The `init` verb. */
export function initCommand(): Command {
  return new Command('init')
    .argument('<dir>', 'folder of the archive')
    .option('--name <text>', 'name on every page')
    .option('--prefix <text>', 'prefix of identifiers: capitals and hyphens, LAB-DANDI')
    .option('--repository <address>', 'web address of its repository')
    .option('--host <name>', `what serves the site: ${[...HOST_NAMES.keys()].join(', ')}`)
    .option('--site <address>', 'public address of the site, ending in /')
    .option('--store <place>', 'where the bytes are; may be given several times', collect)
    .option('--license <id>', 'licence that is accepted: spdx:CC0-1.0; several times', collect)
    .option('--update', 'take an archive that is there to this release of the program')
    .option('--dry-run', 'show what would be written, and write nothing')
    .addHelpText('after', HELP)
    .action(async (dir: string, options: InitOptions) => {
      const folder = path.resolve(dir);
      if (options.update === true) await updateArchive(folder, options.dryRun === true);
      else await makeArchive(folder, options);
    });
}
