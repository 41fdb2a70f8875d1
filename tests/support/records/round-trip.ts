// Two content folders, one imported from the other.

import { formatManifest, toManifest } from '../../../src/core/records/manifest.ts';
import type { JsonValue } from '../../../src/core/json/json-text.ts';

/** A manifest without what an import adds: where a version came from, in which chain. */
function bareManifest(text: string): string {
  const manifest = toManifest(JSON.parse(text) as JsonValue);
  if (typeof manifest === 'string') throw new Error(`A manifest ${manifest}.`);
  const bare = { ...manifest, previous: null };
  delete bare.source;
  return formatManifest(bare);
}

/**
 * Which records of the original differ in the copy (`manifest.json` except for its provenance), and which are
 * absent.
 */
export function compareRecords(
  original: ReadonlyMap<string, string>,
  copy: ReadonlyMap<string, string>,
): { differing: string[]; absent: string[]; added: string[] } {
  const records = [...original.keys()].filter((name) => name.startsWith('dandisets/'));
  const shown = (name: string, text: string): string =>
    name.endsWith('/manifest.json') ? bareManifest(text) : text;
  const isEqual = (name: string): boolean =>
    shown(name, original.get(name) ?? '') === shown(name, copy.get(name) ?? '');
  return {
    differing: records.filter((name) => copy.has(name) && !isEqual(name)),
    absent: records.filter((name) => !copy.has(name)),
    added: [...copy.keys()].filter((name) => name.startsWith('dandisets/') && !original.has(name)),
  };
}
