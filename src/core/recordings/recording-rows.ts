// Recordings of a version: its files joined with what is known of their bytes, or, where nothing is, with what
// their records say.

import { listMember, member, textMember, type JsonObject } from '../json/json-text.ts';
import type { AssetRecord } from '../records/asset.ts';
import { checkableDigest } from '../records/checkable-file.ts';
import { shownLine } from '../text/shown-text.ts';
import { presentFacts, sexWord } from './recording-facts.ts';
import type { RecordingFacts } from './recording-fields.ts';

/** One recorded object of one file of a version. */
export interface RecordingRow extends RecordingFacts {
  readonly dandiset: string;
  readonly version: string;
  /** Of the file. */
  readonly path: string;
  /** Whether the row is from the bytes of the file, or from its record alone. */
  readonly source: 'file' | 'record';
}

const MOST_TYPES = 100;

/** Who was recorded and when, by the metadata of an asset. */
function recordFacts(metadata: JsonObject): RecordingFacts {
  const participant = listMember(metadata, 'wasAttributedTo').find(
    (one) => textMember(one, 'schemaKey') === 'Participant',
  );
  const session = listMember(metadata, 'wasGeneratedBy').find(
    (one) => textMember(one, 'schemaKey') === 'Session',
  );
  const text = (value: unknown, key: string): string =>
    shownLine(textMember(value, key) ?? '', 100);
  return presentFacts({
    subject: text(participant, 'identifier'),
    session: text(session, 'identifier') || text(session, 'name'),
    species: text(member(participant, 'species'), 'name'),
    sex: sexWord(textMember(member(participant, 'sex'), 'name')),
    age: text(member(participant, 'age'), 'value'),
  });
}

/** The types that an asset's metadata name as measured. */
function measuredTypes(metadata: JsonObject): string[] {
  const named = listMember(metadata, 'variableMeasured').map((one) =>
    typeof one === 'string' ? one : (textMember(one, 'value') ?? ''),
  );
  return [...new Set(named.map((name) => shownLine(name, 100)).filter((name) => name !== ''))];
}

/** Entries by the key of their bytes. */
export type FactsByKey = ReadonlyMap<string, readonly RecordingFacts[]>;

/** The same for a list's entries. */
export function factsByKey(entries: Iterable<RecordingFacts | null>): FactsByKey {
  const found = new Map<string, RecordingFacts[]>();
  for (const entry of entries) {
    const key = entry?.blob ?? entry?.zarr;
    if (entry === null || key === undefined) continue;
    const list = found.get(key);
    if (list === undefined) found.set(key, [entry]);
    else list.push(entry);
  }
  return found;
}

/**
 * The rows of one file: from its bytes where they were read, else one for each type that its record names. A file of
 * which neither says anything has none.
 */
export function recordingRows(
  place: Pick<RecordingRow, 'dandiset' | 'version'>,
  asset: AssetRecord,
  known: FactsByKey,
): RecordingRow[] {
  const { path, blob, zarr, metadata } = asset;
  const fromRecord = recordFacts(metadata);
  // A blob of DANDI's goes by another key there, and by its digest everywhere.
  const found = [zarr, blob, checkableDigest(asset)]
    .map((key) => (key === undefined ? undefined : known.get(key)))
    .find((facts) => facts !== undefined);
  if (found !== undefined)
    return found.map((facts) => ({ ...fromRecord, ...facts, ...place, path, source: 'file' }));
  const key = zarr !== undefined ? { zarr } : blob !== undefined ? { blob } : {};
  return measuredTypes(metadata)
    .slice(0, MOST_TYPES)
    .map((type) => ({
      ...key,
      type,
      kinds: [type],
      ...fromRecord,
      ...place,
      path,
      source: 'record',
    }));
}
