// dandiset submit DIR|BUNDLE

import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { folderTree } from '../adapters/content-files/folder-tree.ts';
import { gitHubForge } from '../adapters/forge/github-forge.ts';
import { parseRepository, tokenFor } from '../adapters/forge/repository-address.ts';
import { draftBase } from '../adapters/git/draft-base.ts';
import { visibleText } from '../adapters/terminal/visible-text.ts';
import { ArchiveError } from '../core/error.ts';
import { makeBundle, type BundleContent } from '../core/submission/bundle.ts';
import { folderOfTarget } from '../core/submission/submission-target.ts';
import { MAX_BUNDLE_BYTES, readBundle, type Bundle } from '../core/submission/read-bundle.ts';
import { countOf } from '../core/text/format.ts';
import { handIn, planHandIn, readHandIn, type HandInPlan } from '../workflows/submission/submit.ts';
import { readSetting } from '../workflows/publishing/read-release.ts';
import { DEFAULT_BASE } from './support/check-pull-request.ts';
import { exitCodeFor, printJson, printLines, printProblems } from './support/output.ts';

const HELP = `
DIR holds dandiset.json, assets.jsonl and, where publication is asked for, release.json. An identifier
with six zeros makes a new Dandiset; any other changes the draft of the one it names. BUNDLE is the
file that the form or --bundle makes. The records are checked first, then committed to your fork, and
a pull request is opened. What is handed in is public at once, e-mail addresses included.

The token is read from DANDISET_TOKEN, for GitHub also from GH_TOKEN or GITHUB_TOKEN. It needs the
right to write contents and pull requests. A fine-grained token may not open a pull request in the
repository of somebody else: then the address of the page that does is printed. Without any token,
--bundle makes a file that a curator takes with git am or with this command.

Examples:
  npx dandiset submit my-dandiset --dry-run
  npx dandiset submit content/submissions/ca1-place-cells
  npx dandiset submit my-dandiset --bundle my-dandiset.zip
  npx dandiset submit my-dandiset.zip`;

const PUBLIC = 'What is handed in is public at once, e-mail addresses included.';

interface SubmitOptions {
  slug?: string;
  title?: string;
  message?: string;
  bundle?: string;
  dryRun?: boolean;
  json?: boolean;
}

type Source = Pick<Bundle, 'target' | 'files' | 'removed' | 'base'> & Partial<Bundle>;

async function readSource(source: string, slug: string | undefined): Promise<Source> {
  const found = lstatSync(source, { throwIfNoEntry: false });
  if (found === undefined) {
    throw new ArchiveError('content-not-found', `There is no ${source}.`, {
      hint: 'Name a folder with dandiset.json, or a bundle.',
    });
  }
  if (!found.isDirectory()) {
    if (found.size > MAX_BUNDLE_BYTES) {
      throw new ArchiveError('content-unreadable', `${source} is too large for a bundle.`);
    }
    return readBundle(readFileSync(source));
  }
  return readHandIn(folderTree(source), path.basename(path.resolve(source)), slug);
}

/** The commit of the clone that a draft was edited in, with the texts it has there. */
async function baseIn(
  content: string,
  { target, base: commit }: HandInPlan,
): Promise<BundleContent['base'] | undefined> {
  if (target.kind === 'submission') return undefined;
  return draftBase(content, folderOfTarget(target), { commit, branch: DEFAULT_BASE });
}

function planLines(plan: HandInPlan, repository: string): string[] {
  return [
    `Would hand in to ${repository}, branch ${plan.branch}:`,
    ...plan.files.map(
      ({ path: file, text }) => `  content/${file}  ${countOf(Buffer.byteLength(text), 'byte')}`,
    ),
    ...plan.removed.map((file) => `  content/${file}  removed`),
    visibleText(`  "${plan.title}"`),
  ];
}

function facts(plan: HandInPlan): Record<string, unknown> {
  const { target, branch, title, files, removed } = plan;
  return {
    target,
    branch,
    title,
    files: files.map(({ path: file, text }) => ({ path: file, size: Buffer.byteLength(text) })),
    removed,
  };
}

async function runSubmit(source: string, options: SubmitOptions): Promise<void> {
  const content = process.env['ARCHIVE_CONTENT'] || 'content';
  const setting = await readSetting(folderTree(content));
  const { slug, title, message, bundle, dryRun, json } = options;
  const read = await readSource(source, slug);
  const words = {
    ...(title === undefined ? {} : { title }),
    ...(message === undefined ? {} : { description: message }),
  };
  const plan = planHandIn(setting, read, words);
  const { repository } = setting.archive;
  const base = await baseIn(content, plan);
  const print = (lines: readonly string[], more: Record<string, unknown> = {}): void => {
    if (json === true) printJson({ ...facts(plan), ...more }, plan.problems);
    else {
      printProblems(plan.problems);
      printLines(lines);
    }
  };

  process.exitCode = exitCodeFor(plan.problems);
  if (process.exitCode !== 0) {
    print(['', 'Nothing was handed in: mend the errors first.']);
    return;
  }
  if (dryRun === true) {
    print([...planLines(plan, repository), PUBLIC]);
    return;
  }
  if (bundle !== undefined) {
    if (existsSync(bundle)) {
      throw new ArchiveError('content-unwritable', `${bundle} is there already.`, {
        hint: 'Name another file, or move that one away.',
      });
    }
    const { target, files, removed, title: name, body } = plan;
    const date = new Date().toISOString();
    const known = base === undefined ? {} : { base };
    const about = { target, files, removed, repository, title: name, description: body, date };
    writeFileSync(bundle, makeBundle({ ...about, ...known }));
    print([`Wrote ${bundle}. Hand it in with: npx dandiset submit ${bundle}`, PUBLIC], { bundle });
    return;
  }
  const address = parseRepository(repository);
  const token = tokenFor(address, process.env);
  if (token === undefined) {
    throw new ArchiveError('usage', `There is no token for ${address.host}.`, {
      hint:
        read.title === undefined
          ? 'Set DANDISET_TOKEN, or make a file with --bundle and hand it in without one.'
          : 'Set DANDISET_TOKEN, or take the patch in the bundle: unzip -p BUNDLE handin.patch | git am',
    });
  }
  const made = base?.commit;
  const sent = made === undefined ? plan : { ...plan, base: made };
  const result = await handIn(sent, gitHubForge({ address, token }));
  const { pull, comparePage, branch } = result;
  const where =
    pull === undefined
      ? [
          `Your branch ${branch.owner}:${branch.branch} is there. Open the pull request at:`,
          `  ${comparePage}`,
        ]
      : [`${pull.isNew ? 'Opened' : 'Brought up to date'}: ${pull.url}`];
  print([...where, PUBLIC], { ...result });
}

/** The verb `submit`. */
export function submitCommand(): Command {
  return new Command('submit')
    .description('hand in a new Dandiset, or a change to a draft, as a pull request')
    .argument('<dir|bundle>', 'folder with the records, or a bundle')
    .option('--slug <name>', 'name of the submission (default: the name of the folder)')
    .option('--title <text>', 'title of the pull request')
    .option('--message <text>', 'what the reviewers should know')
    .option('--bundle <file>', 'write a bundle instead; no network, no token')
    .option('--dry-run', 'show what would be handed in')
    .option('--json', 'print what was done, and the problems, as JSON')
    .addHelpText('after', HELP)
    .action(runSubmit);
}
