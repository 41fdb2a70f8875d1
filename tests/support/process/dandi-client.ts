// The real Python client against a site, as a user runs it: no keys, no telemetry, a separate home folder.

import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readableAssets } from '../../../src/core/records/asset-list.ts';
import { member, textMember } from '../../../src/core/json/json-text.ts';
import { python } from './python.ts';
import { runProgram, withoutNpm, type CliResult } from './run-cli.ts';
import { filesBelow } from '../temporary-folder.ts';

const programs = path.dirname(python.path);

/** Runs a program that finds `dandi` and Python with it. */
async function runWithClient(program: string, args: string[]): Promise<CliResult> {
  const home = mkdtempSync(path.join(tmpdir(), 'dandi-home-'));
  try {
    return await runProgram(program, args, {
      ...withoutNpm(),
      PATH: `${programs}:${path.join(home, 'npm', 'bin')}:${process.env['PATH'] ?? ''}`,
      HOME: home,
      // What npm installs for all folders.
      npm_config_prefix: path.join(home, 'npm'),
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

/** Runs `dandi` with these arguments. */
export function runDandi(...args: string[]): Promise<CliResult> {
  return runWithClient(path.join(programs, 'dandi'), args);
}

/** Runs lines of a shell in a folder, as a user would who pasted them there. */
export function runPasted(lines: string, folder: string): Promise<CliResult> {
  return runWithClient('bash', ['-euc', `cd "$0"\n${lines}`, folder]);
}

/** Downloads an address with the client into a folder; its output is part of the failure. */
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

function digestOf(file: string, algorithm: 'sha256' | 'md5'): string {
  try {
    return createHash(algorithm).update(readFileSync(file)).digest('hex');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unreadable';
  }
}

/** Which assets of a list are not in a folder with their digest: `path: what is there`. */
export function wrongFiles(
  list: Uint8Array,
  folder: string,
  { storage, among }: { storage?: string; among?: readonly string[] } = {},
): string[] {
  const faults = (
    file: string,
    algorithm: 'sha256' | 'md5',
    wanted: string | undefined,
  ): string[] => {
    const found = digestOf(path.join(folder, file), algorithm);
    return found === wanted ? [] : [`${file}: ${found}`];
  };
  return [...readableAssets(list)].flatMap((asset) => {
    if (among?.includes(asset.path) === false) return [];
    if (asset.zarr === undefined) {
      const sha256 = textMember(member(asset.metadata, 'digest'), 'dandi:sha2-256');
      return faults(asset.path, 'sha256', sha256);
    }
    // The files of a Zarr are named by a list in the store.
    const text = readFileSync(path.join(storage ?? '', 'zarr', `${asset.zarr}.json`), 'utf8');
    const files = JSON.parse(text) as [name: string, size: number, md5: string][];
    return files.flatMap(([name, , md5]) => faults(`${asset.path}/${name}`, 'md5', md5));
  });
}
