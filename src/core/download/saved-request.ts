// What a folder was filled by, saved in it so that it can be verified and completed later: `.dandiset/from.json`.

import { isJsonObject, listMember, member, parseJson, textMember } from '../json/json-text.ts';
import type { Filters } from './selection.ts';

/** How files of a version are chosen, as it was written. */
export interface SavedChoice {
  /** The archive of an identifier without an address. */
  archive?: string;
  filters: Filters;
  preserveTree: boolean;
  only?: 'metadata' | 'assets';
  /** Filters of the files of Zarrs. */
  zarr: readonly string[];
  /** Whether a path in the resource is a glob. */
  isGlob: boolean;
}

/** The choice of all that a resource names. */
export const ALL_FILES: SavedChoice = { filters: {}, preserveTree: false, zarr: [], isGlob: false };

/** One resource that was downloaded. */
export interface SavedRequest extends SavedChoice {
  resource: string;
  /** The version that it was then, also where the newest one was asked for. */
  version?: string;
}

/** Requests that a folder keeps; older ones are forgotten. */
const MAX_REQUESTS = 100;

function textsOf(value: unknown, name: string): string[] {
  return listMember(value, name).filter((text): text is string => typeof text === 'string');
}

function toRequest(value: unknown): SavedRequest | undefined {
  if (!isJsonObject(value)) return undefined;
  const [resource, version, archive, only] = ['resource', 'version', 'archive', 'only'].map(
    (name) => textMember(value, name),
  );
  if (resource === undefined) return undefined;
  const filters = member(value, 'filters');
  const maxSize = member(filters, 'maxSize');
  return {
    resource,
    ...(version === undefined ? {} : { version }),
    ...(archive === undefined ? {} : { archive }),
    ...(only === 'metadata' || only === 'assets' ? { only } : {}),
    filters: {
      include: textsOf(filters, 'include'),
      exclude: textsOf(filters, 'exclude'),
      subjects: textsOf(filters, 'subjects'),
      ...(typeof maxSize === 'number' ? { maxSize } : {}),
    },
    zarr: textsOf(value, 'zarr'),
    preserveTree: member(value, 'preserveTree') === true,
    isGlob: member(value, 'isGlob') === true,
  };
}

/** The requests of a folder, the oldest first; what is no request is left out. */
export function readRequests(text: string | undefined): SavedRequest[] {
  const parsed = text === undefined ? undefined : parseJson(text);
  const list = parsed?.ok === true ? listMember(parsed.value, 'downloads') : [];
  return list.flatMap((value) => toRequest(value) ?? []);
}

/** The text of the file with further requests; one that is there already moves to the end. */
export function withRequests(text: string | undefined, requests: readonly SavedRequest[]): string {
  const textOf = (request: SavedRequest): string => JSON.stringify(toRequest(request));
  const added = requests.map(textOf);
  const before = readRequests(text).filter((request) => !added.includes(textOf(request)));
  const downloads = [...before, ...requests].slice(-MAX_REQUESTS);
  return `${JSON.stringify({ downloads }, undefined, 2)}\n`;
}
