// The manifests DANDI writes to its bucket for every version:
// `dandisets/<ID>/<VERSION>/{dandiset,assets}.{jsonld,yaml}`. The JSON form is preferred where both exist.
// Assets are bare metadata here; the record around it is rebuilt from its own fields.

import {
  compactJson,
  countMember,
  listMember,
  parseJson,
  textMember,
} from '../../core/json/json-text.ts';
import type { RecordSource } from './record-source.ts';
import { readAssetsFile, recordFromSource } from './read-source.ts';
import { versionFolders } from './source-folders.ts';
import { firstFile, type SourceFiles } from './source-files.ts';

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const BLOB_ADDRESS = new RegExp(`/blobs/[0-9a-f]{3}/[0-9a-f]{3}/(${UUID})$`);
const ZARR_ADDRESS = new RegExp(`/zarr/(${UUID})/?$`);

/**
 * The asset record of bare metadata: identifier, blob or Zarr, path and size as its fields say. What is
 * absent there is absent here, and text that is not a JSON object is returned unchanged.
 */
export function assetRecordText(metadataText: string): string {
  const compact = compactJson(metadataText);
  const parsed = parseJson(metadataText);
  if (!compact.ok || !parsed.ok || !compact.text.startsWith('{')) return metadataText;
  const metadata = parsed.value;
  const addresses = listMember(metadata, 'contentUrl').filter((url) => typeof url === 'string');
  const find = (pattern: RegExp): string | undefined =>
    addresses.map((url) => pattern.exec(url)?.[1]).find((key) => key !== undefined);
  const blob = find(BLOB_ADDRESS);
  const fields: [string, string | number | undefined][] = [
    ['asset_id', textMember(metadata, 'identifier')],
    ['blob', blob],
    ['zarr', blob === undefined ? find(ZARR_ADDRESS) : undefined],
    ['path', textMember(metadata, 'path')],
    ['size', countMember(metadata, 'contentSize')],
  ];
  const written = fields
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `"${key}":${JSON.stringify(value)},`);
  return `{${written.join('')}"metadata":${compact.text}}`;
}

/** The source in a folder of bucket manifests. */
export function manifestsSource(files: SourceFiles): RecordSource {
  return {
    kind: 'manifests',
    name: files.name,
    list: () => versionFolders(files),
    async readRecord(version) {
      const names = ['dandiset.jsonld', 'dandiset.yaml'];
      const file = await firstFile(files, version.folder, names);
      return recordFromSource(files, file ?? `${version.folder}/dandiset.jsonld`);
    },
    async readAssets(version) {
      const file = await firstFile(files, version.folder, ['assets.jsonld', 'assets.yaml']);
      return file === undefined ? undefined : readAssetsFile(files, file, assetRecordText);
    },
  };
}
