// What the arguments of a verb name. Addresses that only lead to a Dandiset are followed.

import { nodeRequest } from '../../adapters/bytes/node-request.ts';
import { reasonOf } from '../../adapters/bytes/retry-requests.ts';
import { parseResource, type Resource } from '../../core/download/resource.ts';
import { ArchiveError } from '../../core/error.ts';

const MAX_HOPS = 5;
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
    const next = await redirectOf(address).catch((cause: unknown) => {
      throw new ArchiveError('usage', `${text} could not be asked: ${reasonOf(cause)}.`, { cause });
    });
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
