// The reference schemas and the corpus of real records, if available.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

import type { JsonObject } from '../../src/core/json/json-text.ts';
import type { RecordKind, SchemaSettings } from '../../src/core/schema/validate.ts';

const root = path.resolve(import.meta.dirname, '../..');
const shared = path.resolve(root, process.env['SHARED_DIR'] ?? '../shared');

/** Why the reference material cannot be used here; undefined if it can. */
export const sharedIsAbsent = existsSync(path.join(shared, 'dandi-schema'))
  ? undefined
  : `no reference material at ${shared} (SHARED_DIR)`;

/** Whether absent material is a failure instead of a reason to skip. */
export const requireAll = process.env['REQUIRE_ALL'] === '1';

/** The settings of DANDI, which most reference schemas were made with. */
export const DANDI: SchemaSettings = {
  prefix: 'DANDI',
  site: 'https://dandiarchive.org/',
  doiPrefix: '10.48324',
  licenses: ['spdx:CC0-1.0', 'spdx:CC-BY-4.0'],
};

/** The settings of no archive in particular: any prefix, any DOI. */
const UNNAMED: SchemaSettings = {
  prefix: '[A-Z][-A-Z]*',
  site: '',
  licenses: DANDI.licenses,
};

/** The settings the reference schemas of a release were made with. */
export function settingsOfReference(release: string): SchemaSettings {
  return release === '0.8.0' ? UNNAMED : DANDI;
}

/** The releases with reference schemas, sorted by name. */
export function referenceReleases(): string[] {
  return readdirSync(path.join(shared, 'dandi-schema'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name.replace(/-generated$/, ''))
    .sort();
}

const FILES: Record<RecordKind, string> = {
  Dandiset: 'dandiset.json',
  PublishedDandiset: 'published-dandiset.json',
  Asset: 'asset.json',
  PublishedAsset: 'published-asset.json',
};

/** The reference schema of a release. */
export function referenceSchema(release: string, kind: RecordKind): JsonObject {
  const folder = path.join(shared, 'dandi-schema', release);
  const file = path.join(existsSync(folder) ? folder : `${folder}-generated`, FILES[kind]);
  return JSON.parse(readFileSync(file, 'utf8')) as JsonObject;
}

export interface CorpusRecord {
  /** `000003/draft/dandiset.json`, or `…/assets.jsonl:17`. */
  place: string;
  kind: RecordKind;
  record: JsonObject;
}

/** Every record of the corpus: Dandisets and the metadata of assets. */
export function* corpusRecords(): Generator<CorpusRecord> {
  const dandisets = path.join(shared, 'corpus', 'dandisets');
  for (const number of readdirSync(dandisets).sort()) {
    for (const version of readdirSync(path.join(dandisets, number)).sort()) {
      const folder = path.join(dandisets, number, version);
      const published = version === 'draft' ? '' : 'Published';
      const place = `${number}/${version}`;
      yield {
        place: `${place}/dandiset.json`,
        kind: `${published}Dandiset`,
        record: JSON.parse(readFileSync(path.join(folder, 'dandiset.json'), 'utf8')) as JsonObject,
      };
      const list = path.join(folder, 'assets.jsonl.gz');
      if (!existsSync(list)) continue;
      const lines = gunzipSync(readFileSync(list)).toString('utf8').split('\n');
      for (const [index, line] of lines.entries()) {
        if (line === '') continue;
        const { metadata } = JSON.parse(line) as { metadata: JsonObject };
        const where = `${place}/assets.jsonl:${index + 1}`;
        yield { place: where, kind: `${published}Asset`, record: metadata };
      }
    }
  }
}
