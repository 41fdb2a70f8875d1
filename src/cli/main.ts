// The `dandiset` command of an archive and of a clone of the program. Each verb is a file in this folder that
// exports its Command; an action returns or sets process.exitCode (1 for problems), and throws ArchiveError when
// it cannot go on.

import { CLIENT_VERBS } from './client-verbs.ts';
import { runVerbs, type VerbGroup } from './support/run-verbs.ts';

const CURATE: VerbGroup = {
  title: 'Curate:',
  verbs: [
    {
      name: 'pulls',
      summary: 'list the open pull requests and what happens next to each',
      load: async () => (await import('./pulls.ts')).pullsCommand(),
    },
    {
      name: 'report',
      summary: 'write what the check found into a pull request',
      load: async () => (await import('./report.ts')).reportCommand(),
    },
    {
      name: 'registrar',
      summary: 'give numbers to merged submissions and freeze the versions that are asked for',
      load: async () => (await import('./registrar.ts')).registrarCommand(),
    },
    {
      name: 'migrate',
      summary: 'bring drafts to the current release of the metadata schema',
      load: async () => (await import('./migrate.ts')).migrateCommand(),
    },
    {
      name: 'withdraw',
      summary: 'withdraw a published version, or redact it',
      load: async () => (await import('./withdraw.ts')).withdrawCommand(),
    },
    {
      name: 'delete',
      summary: 'delete a draft that was never published',
      load: async () => (await import('./delete.ts')).deleteCommand(),
    },
  ],
};

const KEEP_AN_ARCHIVE: VerbGroup = {
  title: 'Keep an archive:',
  verbs: [
    {
      name: 'init',
      summary: "make an archive of one's own, or update it to this release",
      load: async () => (await import('./init.ts')).initCommand(),
    },
    {
      name: 'build',
      summary: 'build the site of an archive',
      load: async () => (await import('./build.ts')).buildCommand(),
    },
    {
      name: 'serve',
      summary: 'serve the built site and the folder store on this machine',
      load: async () => (await import('./serve.ts')).serveCommand(),
    },
    {
      name: 'deploy',
      summary: 'put the built site into a bucket (S3 and what speaks like it)',
      load: async () => (await import('./deploy.ts')).deployCommand(),
    },
    {
      name: 'index',
      summary: 'make the indexes of files, by which pages and programs look into them',
      load: async () => (await import('./index-files.ts')).indexCommand(),
    },
    {
      name: 'import',
      summary: 'make records from another archive, an API, a bucket, a mirror or a DataLad clone',
      load: async () => (await import('./import.ts')).importCommand(),
    },
  ],
};

const HELP = `
Examples:
  dandiset import ../mirror --into /tmp/archive/content
  dandiset check
  dandiset help import

In the folder of an archive, and in a clone of the program, "npx dandiset" runs the command that is
installed there. Elsewhere npm would fetch whatever package has that name: every site of an archive
serves a client of its own, and its handbook says how to run it.

Exit codes: 0 done, 1 problems or failure, 2 wrong usage, 130 interrupted.`;

/** Runs the command line to its end and leaves the exit code in process.exitCode. */
export function main(argv: readonly string[]): Promise<void> {
  return runVerbs(argv, [...CLIENT_VERBS, CURATE, KEEP_AN_ARCHIVE], HELP);
}
