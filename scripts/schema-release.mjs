// Reports whether DANDI has released a dandischema that is newer than the one the tests compare the program
// with, and exits with 1 then. The weekly workflow runs it.
//   node scripts/schema-release.mjs [INDEX]   INDEX: the package index, https://pypi.org/ if not given
import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const A_MINUTE = 60_000;

const numbers = (version) =>
  /^\d+(?:\.\d+){1,3}$/.test(version) ? version.split('.').map(Number) : undefined;

/** Whether a version is newer than another; both are numbers separated by dots. */
function isNewer(version, other) {
  const [left, right] = [numbers(version), numbers(other)];
  const length = Math.max(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

function held() {
  const list = readFileSync(path.join(root, 'tests', 'conformance', 'requirements.txt'), 'utf8');
  const version = /^dandischema==(\S+)$/m.exec(list)?.[1];
  if (version === undefined) throw new Error('requirements.txt pins no dandischema');
  return version;
}

async function newest(index) {
  const address = new URL('pypi/dandischema/json', index);
  const answer = await fetch(address, { signal: AbortSignal.timeout(A_MINUTE) });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  const version = (await answer.json()).info?.version;
  if (typeof version !== 'string' || numbers(version) === undefined) {
    throw new Error(`${address} names no version`);
  }
  return version;
}

/** Reports a failure, also on the page of the workflow run. */
function fail(message) {
  console.error(message);
  const summary = process.env.GITHUB_STEP_SUMMARY;
  if (summary) appendFileSync(summary, `${message}\n`);
  process.exitCode = 1;
}

try {
  const [pinned, released] = [held(), await newest(process.argv[2] ?? 'https://pypi.org/')];
  if (isNewer(released, pinned)) {
    fail(
      `dandischema ${released} is on PyPI, the tests hold ${pinned}. Raise it in tests/conformance/requirements.txt, and where its schema is a new release, follow "Add a release of the schema" in CONTRIBUTING.md.`,
    );
  } else console.log(`dandischema ${pinned} is the newest.`);
} catch (error) {
  fail(`The newest dandischema could not be learned: ${error.message}`);
}
