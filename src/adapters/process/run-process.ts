// Other programs, each in a process group of its own, so that one can be ended with all that it started:
// after a time limit, when it writes too much, and when this program ends.

import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process';

const isWindows = process.platform === 'win32';

/**
 * The option that gives a process a group of its own. Windows has none; there only the process itself is
 * ended.
 */
export const OWN_GROUP = { detached: !isWindows } as const;

const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach(endGroup));

/** Ends a process that was started with OWN_GROUP, and everything it has started. */
export function endGroup(child: ChildProcess): void {
  running.delete(child);
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (isWindows) child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended in the meantime.
  }
}

/** Makes a process that was started with OWN_GROUP end together with this program. */
export function endWithProgram(child: ChildProcess): void {
  running.add(child);
  child.on('close', () => running.delete(child));
}

/** Starts a program in a group of its own; the caller reads and writes its streams. */
export function startProcess(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): ChildProcessWithoutNullStreams {
  const child = spawn(command, args, { stdio: 'pipe', env, ...OWN_GROUP });
  endWithProgram(child);
  // A program that ends early stops reading; its exit status says why.
  child.stdin.on('error', () => {});
  return child;
}

/** How much of a program's error output is held. */
const MOST_SAID = 64 * 1024;
/** A program that writes more than this is ended. */
const MOST_SPOKEN = 64 * 1024 * 1024;

/** The input of a program, and its limits. */
export interface ProcessRun {
  env: NodeJS.ProcessEnv;
  input?: Uint8Array | undefined;
  /** Milliseconds until it is ended. */
  timeLimit: number;
  /** How many bytes of output are held; a program that writes more is ended. */
  mostOutput: number;
}

/** How a program ended. */
export interface ProcessEnd {
  /** `itself`, or by us, because it was `late` or wrote `too much`. */
  by: 'itself' | 'late' | 'too much';
  /** Its exit code, or the signal that ended it. */
  code: number | NodeJS.Signals | null;
  stdout: Buffer;
  /** The beginning of its error output. */
  said: Buffer;
}

/** Runs a program to its end; rejects with Node's own error if it cannot be started. */
export function runProcess(
  command: string,
  args: readonly string[],
  { env, input, timeLimit, mostOutput }: ProcessRun,
): Promise<ProcessEnd> {
  return new Promise((resolve, reject) => {
    const child = startProcess(command, args, env);
    const output: Buffer[] = [];
    let held = 0;
    const said: Buffer[] = [];
    let spoken = 0;
    let by: ProcessEnd['by'] = 'itself';
    const end = (why: ProcessEnd['by']): void => {
      if (by === 'itself') by = why;
      endGroup(child);
    };
    const timer = setTimeout(() => end('late'), timeLimit);
    child.stdout.on('data', (chunk: Buffer) => {
      held += chunk.length;
      if (held <= mostOutput) output.push(chunk);
      else end('too much');
    });
    child.stderr.on('data', (chunk: Buffer) => {
      spoken += chunk.length;
      if (spoken <= MOST_SAID) said.push(chunk);
      else if (spoken > MOST_SPOKEN) end('too much');
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const stdout = Buffer.concat(output);
      resolve({ by, code: code ?? signal, stdout, said: Buffer.concat(said) });
    });
    child.stdin.end(input);
  });
}
