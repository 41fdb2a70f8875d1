// A request for the API: its documents as this server serves them, and what only a program can add.

import { asciiJson } from '../../core/json/ascii-json.ts';
import type { AddressSettings } from '../../core/identifiers/dandi-address.ts';
import { addressInStore, type StoreSite } from './address-in-store.ts';
import { NOT_FOUND, type ApiFolders } from './api-answer.ts';
import { readDocument } from './api-lists.ts';
import { apiAnswer } from './api-routes.ts';
import { formatPath, type RequestPath } from './request-path.ts';

/** The parts of a served site that the API needs. */
export interface ApiSite extends StoreSite, ApiFolders {
  settings: AddressSettings;
}

/** What is sent; addresses are absolute, as programs take the header as it is. */
export type ApiReply = ({ status: number; json: string } | { location: string }) & {
  isPrivate: boolean;
};

// These say where the API is. The head of a list, before its items, says where its next page is.
const PLACES = new Set(['server-info', 'api', 'api/info', 'api/openapi.json']);
const END_OF_HEAD = '"results":[';
const CONTENT_URLS = /"contentUrl":\s*\[[^\]]*\]/g;

/**
 * A document in which the requested address replaces the site's public one where a client follows it: the
 * metadata of an asset say where its file is. Records of Dandisets are left as they are.
 */
function asServedHere(text: string, names: readonly string[], site: string, here: string): string {
  if (site === '/') return text;
  const end = PLACES.has(names.join('/')) ? text.length : text.indexOf(END_OF_HEAD);
  // The address of the web pages is written without its trailing slash.
  const [bareSite, bareHere] = [site, here].map((address) => `"${address.replace(/\/$/, '')}"`);
  const head = text
    .slice(0, Math.max(0, end))
    .replaceAll(site, here)
    .replaceAll(bareSite ?? '', bareHere ?? '');
  const rest = text.slice(Math.max(0, end));
  const areAssets = names[1] === 'assets' || names[5] === 'assets';
  if (!areAssets) return head + rest;
  return head + rest.replace(CONTENT_URLS, (urls) => urls.replaceAll(`"${site}`, `"${here}`));
}

/**
 * The address under which the site was requested. Behind a proxy the connection is not encrypted although the
 * public one is, so the public name represents the public address.
 */
function requestedSite(site: ApiSite, publicSite: string, host: string | undefined): string {
  const isHost = host !== undefined && /^[\w.:[\]-]{1,255}$/.test(host);
  const isPublic = URL.canParse(publicSite) && new URL(publicSite).host === host?.toLowerCase();
  if (!isHost || isPublic) return publicSite;
  return `http://${host}${formatPath(site.baseNames, true)}`;
}

/** The response to a request for the API; undefined if the files of the site should answer. */
export async function apiReply(
  site: ApiSite,
  { names, isFolder, query }: RequestPath,
  host: string | undefined,
): Promise<ApiReply | undefined> {
  const publicSite = site.settings.site ?? '/';
  const here = requestedSite(site, publicSite, host);
  const answer = await apiAnswer(site, { names, query: new URLSearchParams(query), here });
  const isPrivate = answer?.isPrivate === true;
  if (answer !== undefined && !('json' in answer)) {
    const location =
      'address' in answer
        ? answer.address
        : await addressInStore(site, answer.store, answer.saveAs);
    if (location !== undefined) return { location: new URL(location, here).href, isPrivate };
  }
  if (answer !== undefined) {
    const { json, status = 200 } = 'json' in answer ? answer : NOT_FOUND;
    return { status, json: asServedHere(asciiJson(json), names, publicSite, here), isPrivate };
  }
  const name = names.join('/');
  const isFile = name === 'server-info' || name.endsWith('.json');
  if (isFile === isFolder) return undefined;
  const text = await readDocument(site.dist, isFile ? names : [...names, 'index.html']);
  if (text === undefined) return undefined;
  return { status: 200, json: asServedHere(text, names, publicSite, here), isPrivate };
}
