// Judges a pull request in a separate process: whatever its files do to the check, that process is ended
// after a time limit, has bounded memory, and none of the registrar's secrets.

import { runProcess } from '../../adapters/process/run-process.ts';
import { ArchiveError } from '../../core/error.ts';
import { member, parseJson } from '../../core/json/json-text.ts';
import { toMergeFacts, type MergeFacts } from '../../workflows/submission/merge-facts.ts';

const TIME_LIMIT = 300_000;
const MEMORY_MB = 2048;
const MOST_OUTPUT = 64 * 1024 * 1024;

const SECRET = /token|secret|password|credential|access_key|^datacite_|^actions_/i;

function withoutSecrets(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !SECRET.test(name)));
}

/**
 * The facts of merging one commit into another, both in the repository of a content folder.
 *
 * @throws ArchiveError `git-failed` where they could not be determined within the limits of time and size.
 */
export async function judgeApart(
  content: string,
  base: string,
  head: string,
  timeLimit = TIME_LIMIT,
): Promise<MergeFacts> {
  const program = process.argv[1] ?? '';
  const check = ['check', content, '--base', base, '--head', head, '--json'];
  const args = [`--max-old-space-size=${MEMORY_MB}`, program, ...check];
  const given = { env: withoutSecrets(process.env), timeLimit, mostOutput: MOST_OUTPUT };
  const { by, code, stdout, said } = await runProcess(process.execPath, args, given);
  if (by === 'late') {
    throw new ArchiveError('git-failed', `it took longer than ${timeLimit / 1000} seconds`);
  }
  if (by !== 'itself') throw new ArchiveError('git-failed', 'it has more to say than can be read');
  const parsed = parseJson(stdout.toString());
  const facts = parsed.ok ? toMergeFacts(member(parsed.value, 'merge')) : undefined;
  // We name the commits; what the process says about others is ignored.
  if (facts !== undefined && facts.base === base && facts.head === head) return facts;
  const why = said.toString().trim().split('\n')[0] || `the check ended with ${code}`;
  throw new ArchiveError('git-failed', why.slice(0, 300));
}
