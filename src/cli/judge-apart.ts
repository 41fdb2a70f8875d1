// Judges a pull request in a process of its own: whatever its files do to the check, that process is
// ended after a time, has no more memory than it needs, and none of the secrets around the registrar.

import { spawn } from 'node:child_process';
import { ArchiveError } from '../core/error.ts';
import { member, parseJson } from '../core/json/json-text.ts';
import { toMergeFacts, type MergeFacts } from '../workflows/merge-facts.ts';

const TIME_LIMIT = 300_000;
const MEMORY_MB = 2048;
const MOST_OUTPUT = 64 * 1024 * 1024;

const SECRET = /token|secret|password|credential|access_key|^datacite_|^actions_/i;

function withoutSecrets(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !SECRET.test(name)));
}

interface Output {
  code: number | null;
  stdout: string;
  stderr: string;
}

function run(args: readonly string[], timeLimit: number): Promise<Output> {
  const isWindows = process.platform === 'win32';
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: withoutSecrets(process.env),
    detached: !isWindows,
  });
  const end = (): void => {
    if (child.pid === undefined || child.exitCode !== null) return;
    try {
      if (isWindows) child.kill('SIGKILL');
      else process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended in the meantime.
    }
  };
  process.once('exit', end);
  return new Promise((resolve, reject) => {
    let reason: string | undefined;
    const give = (why: string): void => {
      reason ??= why;
      end();
    };
    const timer = setTimeout(
      () => give(`it took longer than ${timeLimit / 1000} seconds`),
      timeLimit,
    );
    const output = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    let held = 0;
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].on('data', (chunk: Buffer) => {
        held += chunk.length;
        if (held <= MOST_OUTPUT) output[name].push(chunk);
        else give('it has more to say than can be read');
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      process.off('exit', end);
      const [stdout, stderr] = [output.stdout, output.stderr].map((all) => Buffer.concat(all));
      if (reason !== undefined) reject(new ArchiveError('git-failed', reason));
      else resolve({ code, stdout: String(stdout), stderr: String(stderr) });
    });
  });
}

/**
 * The facts of merging one commit into another, both in the repository of a content folder.
 *
 * @throws ArchiveError `git-failed` where they could not be found out, in time and within bounds.
 */
export async function judgeApart(
  content: string,
  base: string,
  head: string,
  timeLimit = TIME_LIMIT,
): Promise<MergeFacts> {
  const program = process.argv[1] ?? '';
  const check = ['check', content, '--base', base, '--head', head, '--json'];
  const { code, stdout, stderr } = await run(
    [`--max-old-space-size=${MEMORY_MB}`, program, ...check],
    timeLimit,
  );
  const parsed = parseJson(stdout);
  const facts = parsed.ok ? toMergeFacts(member(parsed.value, 'merge')) : undefined;
  // The commits are ours to name: what the process says of others is not asked for.
  if (facts !== undefined && facts.base === base && facts.head === head) return facts;
  const said = stderr.trim().split('\n')[0] || `the check ended with ${code ?? 'a signal'}`;
  throw new ArchiveError('git-failed', said.slice(0, 300));
}
