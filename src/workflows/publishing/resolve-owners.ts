// Owners are accounts. A pull request can only name a login, which may belong to somebody else later: once it
// is merged, the registrar records whose account it is.

import { readText, type ContentTree } from '../../adapters/content-files/content-tree.ts';
import type { ForgeAccount } from '../../adapters/forge/forge.ts';
import type { RecordChange, RecordsRepository } from '../../adapters/git/records-repository.ts';
import { isJsonObject, parseJson } from '../../core/json/json-text.ts';
import { withOwners } from '../../core/publishing/edit-status.ts';
import { contentPlace } from '../../core/records/layout.ts';
import { toStatus, type Owner } from '../../core/records/status.ts';

/** What is changed in which Dandisets. */
export interface ResolvedOwners {
  /** Numbers of the Dandisets. */
  numbers: string[];
  changes: RecordChange[];
}

interface OwnersFile {
  path: string;
  number: string;
  text: string;
  owners: readonly Owner[];
}

async function* ownersFiles(
  tree: ContentTree,
  paths: Iterable<string>,
): AsyncGenerator<OwnersFile> {
  for (const path of paths) {
    const place = contentPlace(path);
    if (place.kind !== 'status') continue;
    const text = await readText(tree, path);
    const parsed = parseJson(text ?? '');
    if (text === undefined || !parsed.ok || !isJsonObject(parsed.value)) continue;
    yield { path, number: place.number, text, owners: toStatus(parsed.value).owners };
  }
}

/** The owners of all Dandisets at a commit. */
export async function ownersAt(repository: RecordsRepository, commit: string): Promise<Owner[]> {
  const tree = await repository.contentAt(commit);
  const all: Owner[] = [];
  try {
    const paths = (await tree.list('dandisets')).map(({ path }) => path);
    for await (const { owners } of ownersFiles(tree, paths)) all.push(...owners);
  } finally {
    tree.close();
  }
  return all;
}

/** Writes the account next to each login that exists; undefined where there is nothing to do. */
export async function resolveOwners(
  tree: ContentTree,
  paths: Iterable<string>,
  accountOf: (login: string) => Promise<ForgeAccount | undefined>,
): Promise<ResolvedOwners | undefined> {
  const found: ResolvedOwners = { numbers: [], changes: [] };
  for await (const { path, number, text, owners } of ownersFiles(tree, paths)) {
    if (owners.every(({ id }) => id !== undefined)) continue;
    const resolved = new Map<number | string, Owner>();
    let isChanged = false;
    for (const owner of owners) {
      const account = owner.id === undefined ? await accountOf(owner.login) : undefined;
      isChanged ||= account !== undefined;
      const known = account ?? owner;
      resolved.set(known.id ?? known.login.toLowerCase(), known);
    }
    if (!isChanged) continue;
    const bytes = Buffer.from(withOwners(text, [...resolved.values()]));
    found.numbers.push(number);
    found.changes.push({ path, bytes });
  }
  return found.numbers.length === 0 ? undefined : found;
}
