// The smallest submission that passes every check, as the handbook shows it. It is made here and not typed
// into the page, so that a test can check it against the rules.

import { compactJson, indentJson } from '../../../core/json/json-text.ts';
import type { Archive } from '../../../core/records/archive.ts';
import { CURRENT_RELEASE } from '../../../core/schema/differences.ts';

const SHA256 = '3b1f0c9d5e7a42688fd0b6a1c2e4976350d8ab17f9e26c4d83710fe5ba926c4d';
const NAMES_OF_THE_BYTES = {
  'dandi:sha2-256': SHA256,
  'dandi:dandi-etag': '7c6ed90b5f3a41d28e05b4c19fa3d672-1',
};

/**
 * dandiset.json of a submission. The page shows no e-mail address, not even an invented one, so a placeholder
 * word replaces it.
 */
export function exampleRecord(
  archive: Pick<Archive, 'identifierPrefix' | 'licenses'>,
  email = 'YOUR-ADDRESS',
): string {
  const record = {
    schemaKey: 'Dandiset',
    schemaVersion: CURRENT_RELEASE,
    identifier: `${archive.identifierPrefix}:000000`,
    name: 'Place cells on a linear track',
    description: 'Extracellular recordings from the hippocampus of one rat on a linear track.',
    contributor: [
      {
        schemaKey: 'Person',
        name: 'Carberry, Josiah',
        identifier: '0000-0002-1825-0097',
        email,
        roleName: ['dcite:Author', 'dcite:ContactPerson'],
        includeInCitation: true,
      },
    ],
    license: [archive.licenses[0] ?? 'spdx:CC0-1.0'],
    keywords: ['hippocampus', 'place cells'],
  };
  return written(indentJson(JSON.stringify(record)));
}

/** assets.jsonl of the same submission: one file of one subject. */
export function exampleAssets(): string {
  const asset = {
    blob: SHA256,
    path: 'sub-01/sub-01_ses-01_ecephys.nwb',
    size: 48_210_944,
    modified: '2026-03-02T09:30:00Z',
    metadata: {
      schemaKey: 'Asset',
      schemaVersion: CURRENT_RELEASE,
      path: 'sub-01/sub-01_ses-01_ecephys.nwb',
      contentSize: 48_210_944,
      encodingFormat: 'application/x-nwb',
      digest: NAMES_OF_THE_BYTES,
      wasAttributedTo: [
        {
          schemaKey: 'Participant',
          identifier: '01',
          species: {
            schemaKey: 'SpeciesType',
            identifier: 'http://purl.obolibrary.org/obo/NCBITaxon_10116',
            name: 'Rattus norvegicus - Norway rat',
          },
        },
      ],
    },
  };
  return written(compactJson(JSON.stringify(asset)));
}

/** release.json of the same submission: it requests a first version. */
export function exampleRelease(): string {
  return written(indentJson(JSON.stringify({ releaseNotes: 'First version.' })));
}

function written(laidOut: ReturnType<typeof indentJson>): string {
  if (!laidOut.ok) throw new Error(laidOut.problem.message);
  return `${laidOut.text}\n`;
}
