// A request for the API: its documents as this server serves them, and what only a program can add.

import type { AddressSettings } from '../../core/identifiers/dandi-address.ts';
import { readDocument } from './api-lists.ts';
import { apiAnswer } from './api-routes.ts';
import { addressInStore, type StoreSite } from './address-in-store.ts';
import { formatPath, type RequestPath } from './request-path.ts';
import type { ServedFolder } from './served-folder.ts';

/** The parts of a served site that the API needs. */
export interface ApiSite extends StoreSite {
  dist: ServedFolder;
  settings: AddressSettings;
}

/** `absent` if the response is "not found". */
export type ApiReply = { json: string } | { location: string } | 'absent';

// These say where the API is. The head of a list, before its items, says where its next page is.
const PLACES = new Set(['server-info', 'api/info', 'api/openapi.json']);
const END_OF_HEAD = '"results":[';

/**
 * A document in which the requested address replaces the site's public one where a client follows it. Records
 * are left as they are.
 */
function asServedHere(text: string, name: string, site: string, here: string): string {
  const end = PLACES.has(name) ? text.length : text.indexOf(END_OF_HEAD);
  if (end < 0) return text;
  const head = text.slice(0, end).replaceAll(site, here);
  // The address of the web pages is written without its trailing slash.
  const bare = [site, here].map((address) => `"${address.replace(/\/$/, '')}"`);
  return head.replaceAll(bare[0] ?? '', bare[1] ?? '') + text.slice(end);
}

/** The response to a request for the API; undefined if the files of the site should answer. */
export async function apiReply(
  site: ApiSite,
  { names, isFolder, query }: RequestPath,
  host: string | undefined,
): Promise<ApiReply | undefined> {
  const publicSite = site.settings.site ?? '/';
  const isHost = host !== undefined && /^[\w.:[\]-]{1,255}$/.test(host);
  const here = isHost ? `http://${host}${formatPath(site.baseNames, true)}` : publicSite;
  const answer = await apiAnswer(site, names, { query: new URLSearchParams(query), here });
  if (answer === 'absent') return answer;
  if (answer !== undefined && 'store' in answer) {
    const location = await addressInStore(site, answer.store);
    return location === undefined ? 'absent' : { location };
  }
  if (answer !== undefined) return answer;
  const name = names.join('/');
  const isFile = names.length === 1 || name.endsWith('.json');
  if (isFile === isFolder) return undefined;
  const text = await readDocument(site.dist, isFile ? names : [...names, 'index.html']);
  if (text === undefined) return undefined;
  return { json: publicSite === '/' ? text : asServedHere(text, name, publicSite, here) };
}
