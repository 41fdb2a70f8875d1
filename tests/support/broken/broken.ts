// How the fixtures break the valid archive: one change each.

import { sha256Hex } from '../../../src/core/digests/sha256.ts';
import type { JsonObject } from '../../../src/core/json/json-text.ts';
import { DRAFT, SECOND, type TestArchive } from './test-archive.ts';

/** An archive that breaks a rule. */
export interface Broken {
  path: string;
  /** Changes the valid archive so that it breaks the rule. */
  spoil(archive: TestArchive): void;
  /** Rules that the same change breaks too. */
  also?: readonly string[];
  /** Set where the valid archive is the base to compare with. */
  withBase?: true;
}

/** Rule id and the archive that breaks it. */
export type BrokenRules = [string, Broken][];

/** The record that most fixtures change. */
export const RECORD = `${DRAFT}/dandiset.json`;
export const LIST = `${DRAFT}/assets.jsonl`;
export const REFERENCE = `${DRAFT}/assets.ref.json`;

/** A change inside a JSON file. */
export function inFile(path: string, change: (value: JsonObject) => void): Broken {
  return { path, spoil: (archive) => archive.edit(path, change) };
}

/** A change inside the draft's record. */
export function inRecord(change: (record: JsonObject) => void): Broken {
  return inFile(RECORD, change);
}

/** A change inside the only contributor of the draft. */
export function inContributor(change: (contributor: JsonObject) => void): Broken {
  return inRecord((record) => change((record['contributor'] as JsonObject[])[0] as JsonObject));
}

/** A change inside an asset of the draft. */
export function inAsset(change: (asset: JsonObject, metadata: JsonObject) => void, at = 0): Broken {
  return { path: LIST, spoil: (archive) => archive.editAsset(DRAFT, change, at) };
}

/** A problem inside a published version that was frozen with it. */
export function frozenWith(file: string, spoil: (archive: TestArchive) => void): Broken {
  return {
    path: `${SECOND}/${file}`,
    spoil: (archive) => {
      spoil(archive);
      archive.freeze();
    },
  };
}

/** A change inside the record of a published version, frozen with it. */
export function inPublishedRecord(change: (record: JsonObject) => void): Broken {
  return frozenWith('dandiset.json', (archive) => archive.edit(`${SECOND}/dandiset.json`, change));
}

/** A change inside a manifest. */
export function inManifest(change: (manifest: JsonObject) => void): Broken {
  return inFile(`${SECOND}/manifest.json`, change);
}

/** The draft's list moved to the store, and the contents of assets.ref.json for it. */
export function inStore(change: (reference: JsonObject, archive: TestArchive) => void): Broken {
  return {
    path: REFERENCE,
    spoil(archive) {
      const bytes = new TextEncoder().encode(archive.text(LIST));
      const sha256 = sha256Hex(bytes);
      archive.lists.set(sha256, bytes);
      delete archive.files[LIST];
      const reference: JsonObject = { sha256, size: bytes.length, count: 3 };
      change(reference, archive);
      archive.files[REFERENCE] = JSON.stringify(reference);
    },
  };
}

/** A file written or rewritten. */
export function put(path: string, data: string | Uint8Array): Broken {
  return {
    path,
    spoil: (archive) => {
      archive.files[path] = data;
    },
  };
}
