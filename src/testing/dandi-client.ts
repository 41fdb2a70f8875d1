// The real Python client against a site, as a user runs it: no keys, no telemetry, a home of its own.

import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readableAssets } from '../core/records/asset-list.ts';
import { member, textMember } from '../core/json/json-text.ts';
import { python } from './python.ts';
import { runProgram, type CliResult } from './run-cli.ts';
import { filesBelow } from './temporary-folder.ts';

/** Runs `dandi` with these arguments. */
export async function runDandi(...args: string[]): Promise<CliResult> {
  const home = mkdtempSync(path.join(tmpdir(), 'dandi-home-'));
  try {
    return await runProgram(path.join(path.dirname(python.path), 'dandi'), args, {
      HOME: home,
      XDG_CACHE_HOME: path.join(home, 'cache'),
      DANDI_NO_ET: '1',
      DANDI_CACHE: 'ignore',
      NO_ET: '1',
      PYTHON_KEYRING_BACKEND: 'keyring.backends.null.Keyring',
      http_proxy: '',
      no_proxy: '*',
    });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Downloads an address with the client into a folder; what it says is part of the failure. */
export async function dandiDownload(
  address: string,
  into: string,
  ...more: string[]
): Promise<string[]> {
  // Its table of progress costs more than the download of small files.
  const options = ['--existing', 'error', '--jobs', '4', '--format', 'debug'];
  const args = ['download', '--output-dir', into, ...options, ...more];
  const { code, stdout, stderr } = await runDandi(...args, address);
  const said = `${stdout}\n${stderr}`;
  if (code !== 0) throw new Error(`dandi download ${address} ended with ${code}:\n${said}`);
  return [...filesBelow(into).keys()];
}

/** What of a list of assets is not in a folder as its digest says: `path: reason`. */
export function wrongFiles(list: Uint8Array, folder: string, among?: readonly string[]): string[] {
  const wrong: string[] = [];
  for (const asset of readableAssets(list)) {
    if (among !== undefined && !among.includes(asset.path)) continue;
    // A Zarr is a folder, which the client verifies by its tree checksum.
    if (asset.zarr !== undefined) continue;
    const wanted = textMember(member(asset.metadata, 'digest'), 'dandi:sha2-256');
    try {
      const bytes = readFileSync(path.join(folder, asset.path));
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      if (sha256 !== wanted) wrong.push(`${asset.path}: ${sha256}`);
    } catch (error) {
      wrong.push(`${asset.path}: ${(error as NodeJS.ErrnoException).code ?? 'unreadable'}`);
    }
  }
  return wrong;
}
