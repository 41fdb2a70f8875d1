// What the arguments of a verb name. Addresses that only lead to a Dandiset are followed.

import { nodeRequest } from '../../adapters/bytes/node-request.ts';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pause, reasonOf } from '../../adapters/bytes/retry-requests.ts';
import { parseResource, type Resource } from '../../core/download/resource.ts';
import { STATE_FOLDER } from '../../core/download/local-name.ts';
import { readRequests } from '../../core/download/saved-request.ts';
import { ArchiveError } from '../../core/error.ts';
import { apiOfPages } from '../../core/identifiers/dandi-sites.ts';
import { waitAfter } from '../../core/transfer/retry.ts';

const MAX_HOPS = 5;
const ATTEMPTS = 5;
const PATIENCE_MS = 30_000;

const FORMS =
  'Write an address such as https://dandiarchive.org/dandiset/000027, or an identifier such as DANDI:000027/draft.';

/** Where an address redirects to; undefined if nowhere. */
async function redirectOf(address: string): Promise<string | undefined> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const response = await nodeRequest({ method: 'HEAD', url: address, signal });
  response.discard();
  const location = response.header('location');
  const isRedirect = response.status >= 300 && response.status < 400;
  return isRedirect && location !== null && URL.canParse(location, address)
    ? new URL(location, address).href
    : undefined;
}

/** Where an address redirects to, asked for again if nobody answers. @throws ArchiveError `usage` */
async function followed(address: string): Promise<string | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await redirectOf(address);
    } catch (cause) {
      if (attempt === ATTEMPTS) {
        const message = `${address} could not be asked in ${ATTEMPTS} attempts: ${reasonOf(cause)}.`;
        throw new ArchiveError('usage', message, { cause });
      }
      await pause(waitAfter(attempt, undefined, Math.random()));
    }
  }
}

/** Reads one argument. @throws ArchiveError `usage` if it names nothing that can be read */
async function resourceNamed(text: string, isGlob: boolean): Promise<Resource> {
  let address = text;
  for (let hop = 0; hop <= MAX_HOPS; hop += 1) {
    const parsed = parseResource(address, isGlob);
    if (parsed.kind === 'resource') return { ...parsed.resource, text };
    if (parsed.kind === 'unknown')
      throw new ArchiveError('usage', `"${text}" names no Dandiset: ${parsed.why}.`, {
        hint: FORMS,
      });
    const next = await followed(address);
    if (next === undefined) break;
    address = next;
  }
  throw new ArchiveError('usage', `"${text}" leads to no Dandiset.`, { hint: FORMS });
}

/** Reads all arguments. @throws ArchiveError `usage` */
export async function parseResources(
  texts: readonly string[],
  isGlob = false,
): Promise<Resource[]> {
  const resources: Resource[] = [];
  for (const text of texts) resources.push(await resourceNamed(text, isGlob));
  return resources;
}

/** An archive by any of its addresses: that of its pages, or of its API. */
function archiveAt(address: string): string {
  const url = new URL(address);
  return (apiOfPages(url.host) ?? url.href).replace(/\/?$/, '/').replace(/\/api\/$/, '/');
}

/**
 * Each address and known prefix must be of the archive that was named: its number would be another Dandiset
 * elsewhere. @throws ArchiveError `usage`
 */
export function checkNamedArchive(resources: readonly Resource[], named: string | undefined): void {
  if (named === undefined) return;
  const isAddress = /^https?:\/\//i.test(named) && URL.canParse(named);
  for (const { text, archive, number } of resources) {
    if (archive === undefined || !URL.canParse(archive)) continue;
    if (isAddress && archiveAt(archive) === archiveAt(named)) continue;
    throw new ArchiveError('usage', `${text} does not point to the archive at ${named}.`, {
      hint: `Leave out --archive, or name the Dandiset by its number alone: ${number ?? '000004'}.`,
    });
  }
}

/** What the folder at hand was downloaded from, and the archive that was named for it. */
export interface AtHand {
  text: string;
  archive?: string;
}

/**
 * What the folder at hand was downloaded from: as its last download has noted, else the draft of the Dandiset in
 * `dandiset.yaml`, as DANDI's client takes it. @throws ArchiveError `usage` if there is neither
 */
export async function resourceAtHand(folder = '.'): Promise<AtHand> {
  const textIn = (name: string): Promise<string> =>
    readFile(path.join(folder, name), 'utf8').catch(() => '');
  const last = readRequests(await textIn(path.join(STATE_FOLDER, 'from.json'))).at(-1);
  if (last !== undefined) {
    const { resource, archive } = last;
    return { text: resource, ...(archive === undefined ? {} : { archive }) };
  }
  const record = await textIn('dandiset.yaml');
  const identifier = /^identifier:\s*["']?([A-Z][-A-Z]*:\d{6})["']?\s*$/m.exec(record)?.[1];
  if (identifier !== undefined) return { text: `${identifier}/draft` };
  throw new ArchiveError('usage', 'Which Dandiset? There is no dandiset.yaml here that names it.', {
    hint: FORMS,
  });
}

/** The folder to write to for what was found at hand: a whole Dandiset goes on where it is. */
export function outputAtHand([resource]: readonly Resource[], folder = '.'): string {
  const isHere = path.basename(path.resolve(folder)) === resource?.number;
  return isHere && resource?.part.kind === 'all' ? path.dirname(path.resolve(folder)) : folder;
}
