// What the weekly workflow checks at a package index: whether DANDI's schema has moved on.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  loopbackServer,
  type Fault,
  type LoopbackServer,
} from '../support/servers/loopback-server.ts';
import { repository } from '../support/needed-part.ts';
import { runProgram, type CliResult } from '../support/process/run-cli.ts';

const pinned = /^dandischema==(.+)$/m.exec(
  readFileSync(path.join(repository, 'tests/conformance/requirements.txt'), 'utf8'),
)?.[1];
const [major = 0, minor = 0, patch = 0] = (pinned ?? '').split('.').map(Number);

let fault: Fault;
let index: LoopbackServer;

beforeAll(async () => {
  index = await loopbackServer({ answer: () => undefined, fault: () => fault });
});
afterAll(() => index.close());

function ask(answer: Fault): Promise<CliResult> {
  fault = answer;
  return runProgram(process.execPath, ['scripts/schema-release.mjs', index.url]);
}

const released = (version: string | undefined): Fault => ({
  body: JSON.stringify({ info: { version } }),
});

test('nothing newer than what the tests use: it says so and ends with 0', async () => {
  for (const version of [pinned, `${major}.${minor - 1}.99`, '0.0.1']) {
    const { code, stdout } = await ask(released(version));
    expect(code).toBe(0);
    expect(stdout).toContain(`dandischema ${pinned}`);
  }
  expect(new Set(index.requests)).toEqual(new Set(['/pypi/dandischema/json']));
});

test.each([
  `${major}.${minor}.${patch + 1}`,
  `${major}.${minor + 1}.0`,
  `${major}.${minor * 10}.0`,
  `${major + 1}.0.0`,
])('%s is newer: it fails, and says which and what to do', async (version) => {
  const { code, stderr } = await ask(released(version));
  expect(code).toBe(1);
  expect(stderr).toContain(`dandischema ${version} is on PyPI`);
  expect(stderr).toContain(`hold ${pinned}`);
  expect(stderr).toContain('CONTRIBUTING.md');
});

test('a response without a version is a failure of its own, never "nothing newer"', async () => {
  for (const answer of [{ status: 503 }, { body: '{}' }, { body: '<html>' }, released('latest')]) {
    const { code, stderr } = await ask(answer);
    expect(code).toBe(1);
    expect(stderr).toContain('could not be learned');
  }
});
