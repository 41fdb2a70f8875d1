// The host names under which the server may be requested. A stranger's page can make the browser resolve the
// stranger's own name to this machine (DNS rebinding); it would then read this site as its own. What it
// cannot do is request it under another name.

import { isIP } from 'node:net';

/** Accepted host names in addition to `localhost` and the other names of this machine. */
export interface CalledBy {
  /** The address it listens on. */
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
  // A server that listens on every address accepts any of them; a numeric address cannot be rebound.
  return (host === '0.0.0.0' || host === '::') && isIP(bare) !== 0;
}
