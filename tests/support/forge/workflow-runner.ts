// Runs the lines of the workflows, as they are in their files, in a clone.

import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { repository } from '../needed-part.ts';
import { runProgram, type CliResult } from '../process/run-cli.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import type { ForgeDouble } from './forge-double.ts';
import type { ForgePull } from './forge-state.ts';

/** The line of a workflow that runs a verb. */
export function lineOf(workflow: string, verb: string): string {
  const file = path.join(repository, '.github', 'workflows', `${workflow}.yml`);
  const { jobs } = parse(readFileSync(file, 'utf8')) as {
    jobs: Record<string, { steps?: { run?: string }[] }>;
  };
  const runs = Object.values(jobs).flatMap(({ steps = [] }) => steps.map(({ run = '' }) => run));
  const line = runs.find((run) => run.startsWith(`npx dandiset ${verb}`));
  if (line === undefined) throw new Error(`${workflow} does not run ${verb}`);
  return line;
}

/** Runs the lines of workflows in a clone. */
export interface WorkflowRunner {
  /** Runs a line in the clone as the workflow does. */
  run(line: string, env: Record<string, string>): Promise<CliResult>;
  /** The folder that the runner gives a workflow for its files. */
  temporary: string;
}

/** A runner whose `npx dandiset` is the command of this repository. */
export function workflowRunner(forge: ForgeDouble, clone: string): WorkflowRunner {
  const temporary = temporaryFolder();
  const npx = path.join(temporary, 'npx');
  const script = path.join(repository, 'scripts', 'dandiset.mjs');
  writeFileSync(npx, `#!/bin/sh\nshift\nexec '${process.execPath}' '${script}' "$@"\n`);
  chmodSync(npx, 0o755);
  return {
    temporary,
    run: (line, env) =>
      runProgram('bash', ['-e', '-o', 'pipefail', '-c', `cd '${clone}' && ${line}`], {
        PATH: `${temporary}:${process.env['PATH'] ?? ''}`,
        GITHUB_SERVER_URL: forge.web,
        RUNNER_TEMP: temporary,
        DANDISET_TOKEN: '',
        ARCHIVE_CONTENT: '',
        ...env,
      }),
  };
}

/** What the two workflows did with a pull request. */
export interface CheckedAndReported {
  checked: CliResult;
  reported: CliResult;
  pull: ForgePull | undefined;
}

/** Checks and reports a pull request as the two workflows do; `env` is in the environment of both. */
export async function checkAndReport(
  forge: ForgeDouble,
  { run, temporary }: WorkflowRunner,
  number: number,
  env: Record<string, string> = {},
): Promise<CheckedAndReported> {
  forge.state.refreshAll();
  const pull = forge.archive.pulls.find((one) => one.number === number);
  const head = pull?.head.sha ?? '';
  const user = { login: pull?.author };
  const event = path.join(temporary, 'event.json');
  writeFileSync(
    event,
    JSON.stringify({ pull_request: { number, user, author_association: 'NONE', title: '$(x)' } }),
  );
  const ofCheck = { NUMBER: String(number), GITHUB_EVENT_PATH: event, GITHUB_TOKEN: '' };
  const checked = await run(lineOf('check', 'check'), { ...ofCheck, ...env });
  const carry = 'mkdir -p "$RUNNER_TEMP/report" && mv report.json "$RUNNER_TEMP/report/"';
  await run(carry, {});
  const token = forge.token('github-actions[bot]');
  const line = lineOf('report', 'report');
  const reported = await run(line, { ...env, HEAD: head, GITHUB_TOKEN: token });
  return { checked, reported, pull };
}
