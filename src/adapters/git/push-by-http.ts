// Pushes several references at once, all or none, over git's smart HTTP. isomorphic-git pushes one at a
// time, so that a version could be there without its tag.

import { ArchiveError } from '../../core/error.ts';

/** A reference, the commit it is to be at, and the one it is at now; null where it must be new. */
export interface RefUpdate {
  ref: string;
  from: string | null;
  to: string;
}

export interface HttpRemote {
  /** Address of the repository. */
  address: string;
  /** Value of the header Authorization. */
  authorization?: string | undefined;
}

const NOTHING = '0'.repeat(40);
const PATIENCE_MS = 300_000;

function packetLine(text: string): string {
  return (Buffer.byteLength(text) + 4).toString(16).padStart(4, '0') + text;
}

/** The lines of an answer, each with its length before it; flushes are left out. */
function packetLines(bytes: Buffer): string[] {
  const lines: string[] = [];
  for (let at = 0; at + 4 <= bytes.length;) {
    const length = Number.parseInt(bytes.toString('latin1', at, at + 4), 16);
    if (Number.isNaN(length)) break;
    if (length > 4) lines.push(bytes.toString('utf8', at + 4, at + length).replace(/\n$/, ''));
    at += Math.max(length, 4);
  }
  return lines;
}

async function ask(remote: HttpRemote, path: string, init: RequestInit = {}): Promise<Buffer> {
  const { address, authorization } = remote;
  const url = new URL(address);
  const own =
    url.username === ''
      ? undefined
      : `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  url.username = url.password = '';
  const header = authorization ?? (own === undefined ? undefined : `Basic ${btoa(own)}`);
  const headers = { ...init.headers, ...(header === undefined ? {} : { Authorization: header }) };
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const response = await fetch(url.href.replace(/\/$/, '') + path, { ...init, headers, signal });
  const body = Buffer.from(await response.arrayBuffer());
  if (response.ok) return body;
  throw new ArchiveError('git-failed', `${url.href} answers ${response.status} to a push.`, {
    hint: 'Look whether the token may push to this branch and make tags.',
  });
}

/**
 * Pushes a pack and these references. Answers the first reason why it was refused, or undefined if
 * everything was taken.
 *
 * @throws ArchiveError `git-failed` where the remote does not answer as git does.
 */
export async function pushByHttp(
  remote: HttpRemote,
  updates: readonly RefUpdate[],
  pack: Uint8Array,
): Promise<string | undefined> {
  const service = 'git-receive-pack';
  const offered = packetLines(await ask(remote, `/info/refs?service=${service}`));
  const there = new Map<string, string>();
  for (const line of offered) {
    const [, id = '', ref = ''] = /^([0-9a-f]{40}) ([^\0]+)/.exec(line) ?? [];
    if (ref !== '') there.set(ref, id);
  }
  if (!offered.some((line) => /\0.*\batomic\b/.test(line))) {
    throw new ArchiveError('git-failed', 'The remote cannot take several references at once.');
  }
  const moved = updates.find(({ ref, from }) => (there.get(ref) ?? null) !== from);
  if (moved !== undefined)
    return moved.from === null ? `${moved.ref} already exists` : 'fetch first';
  const commands = updates.map(({ ref, from, to }, index) => {
    const wanted = index === 0 ? '\0report-status atomic' : '';
    return packetLine(`${from ?? NOTHING} ${to} ${ref}${wanted}\n`);
  });
  const body = Buffer.concat([Buffer.from(`${commands.join('')}0000`), pack]);
  const type = `application/x-${service}`;
  const headers = { 'Content-Type': `${type}-request`, Accept: `${type}-result` };
  const status = packetLines(await ask(remote, `/${service}`, { method: 'POST', headers, body }));
  if (status[0] !== 'unpack ok') {
    throw new ArchiveError('git-failed', `The remote did not take the objects: ${status[0] ?? ''}`);
  }
  return status.find((line) => line.startsWith('ng '))?.slice(3);
}
