// By which names the server may be called. A page of a stranger can make the browser look up the
// stranger's own name and find this machine behind it (DNS rebinding); it would then read this site as
// its own. What it cannot do is to ask by another name.

import { isIP } from 'node:net';

/** What the server may be called beside `localhost` and the other names of this machine itself. */
export interface CalledBy {
  /** What it listens to. */
  host: string;
  /** The archive's public address. */
  site?: string | undefined;
}

const HOST = /^(\[[0-9a-f:.]{2,60}\]|[^\s:/@[\]]{1,255}?)\.?(?::\d{1,5})?$/i;

function isLoopback(name: string): boolean {
  if (name === 'localhost' || name.endsWith('.localhost') || name === '[::1]') return true;
  return isIP(name) === 4 && name.startsWith('127.');
}

/** Whether a request's `Host` is a name of this machine itself, or one that was configured. */
export function isOwnHost(asked: string | undefined, { host, site }: CalledBy): boolean {
  const name = HOST.exec(asked ?? '')?.[1]?.toLowerCase();
  if (name === undefined) return false;
  const bare = name.replace(/^\[|\]$/g, '');
  if (isLoopback(name) || bare === host.toLowerCase()) return true;
  if (site !== undefined && URL.canParse(site) && new URL(site).hostname === name) return true;
  // Who listens on every address is called by any of them; no name hides behind numbers.
  return (host === '0.0.0.0' || host === '::') && isIP(bare) !== 0;
}
