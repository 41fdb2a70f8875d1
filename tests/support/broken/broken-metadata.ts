// Archives whose metadata break a rule.

import type { JsonObject } from '../../../src/core/json/json-text.ts';
import { inContributor, inFile, inPublishedRecord, inRecord, type BrokenRules } from './broken.ts';
import { SUBMISSION } from './test-archive.ts';

/** Breaks the rules about the metadata of a Dandiset. */
export const BROKEN_METADATA: BrokenRules = [
  ['identifier-not-folder', inRecord((record) => (record['identifier'] = 'TEST-DANDI:000009'))],
  [
    'other-prefix',
    { ...inRecord((record) => (record['identifier'] = 'DANDI:000001')), also: ['record-schema'] },
  ],
  [
    'submission-identifier',
    inFile(`${SUBMISSION}/dandiset.json`, (record) => (record['identifier'] = 'TEST-DANDI:000001')),
  ],
  [
    'version-not-folder',
    {
      ...inPublishedRecord((record) => (record['version'] = '0.250202.1200')),
      also: ['published-address'],
    },
  ],
  ['unknown-release', inRecord((record) => (record['schemaVersion'] = '0.5.3'))],
  ['record-schema', inRecord((record) => delete record['name'])],
  ['character-refused', inRecord((record) => (record['description'] = 'Cells\ud800'))],
  ['bidi-in-name', inRecord((record) => (record['name'] = 'Place \u202esllec'))],
  ['orcid-check-digit', inContributor((person) => (person['identifier'] = '0000-0002-1825-0098'))],
  [
    'ror-form',
    inContributor((person) => {
      const [affiliation] = person['affiliation'] as JsonObject[];
      if (affiliation) affiliation['identifier'] = 'https://ror.org/12345';
    }),
  ],
  [
    'orcid-of-two-people',
    inRecord((record) => {
      const [first] = record['contributor'] as JsonObject[];
      record['contributor'] = [first!, { ...first, name: 'Other, Anna' }];
    }),
  ],
  [
    'person-twice',
    inRecord((record) => {
      const [first] = record['contributor'] as JsonObject[];
      record['contributor'] = [first!, { ...first }];
    }),
  ],
  [
    'doi-form',
    inRecord((record) => {
      record['relatedResource'] = [
        {
          schemaKey: 'Resource',
          name: 'Paper',
          identifier: 'doi.org/10.1038/s41586-020-2649-2',
          relation: 'dcite:IsDescribedBy',
        },
      ];
    }),
  ],
  ['licence-unknown', inRecord((record) => (record['license'] = ['spdx:MY-OWN-1.0']))],
  ['licence-not-allowed', inRecord((record) => (record['license'] = ['spdx:MIT']))],
  [
    'placeholder-doi',
    inRecord(
      (record) => (record['citation'] = 'https://doi.org/10.80507/dandi.123456/0.123456.1234'),
    ),
  ],
  ['written-by-archive', inRecord((record) => (record['datePublished'] = '2025-01-01'))],
  ['contact-person', inContributor((person) => (person['roleName'] = ['dcite:Author']))],
  ['contact-person-email', inContributor((person) => delete person['email'])],
  ['person-name', inContributor((person) => (person['name'] = 'Plato'))],
  ['email-form', inContributor((person) => (person['email'] = 'ada@lab.local'))],
  ['web-address', inRecord((record) => (record['protocol'] = ['ftp://lab.example/protocol']))],
  [
    'identifier-form',
    inRecord(
      (record) =>
        (record['about'] = [{ schemaKey: 'Anatomy', identifier: 'urn:a:b', name: 'CA1' }]),
    ),
  ],
  [
    'resource-target',
    inRecord((record) => {
      record['relatedResource'] = [
        { schemaKey: 'Resource', name: 'Code', relation: 'dcite:IsSupplementedBy' },
      ];
    }),
  ],
  [
    'embargo-date',
    inRecord((record) => {
      record['access'] = [{ schemaKey: 'AccessRequirements', status: 'dandi:EmbargoedAccess' }];
    }),
  ],
  [
    'calendar-date',
    inRecord((record) => {
      record['access'] = [
        {
          schemaKey: 'AccessRequirements',
          status: 'dandi:EmbargoedAccess',
          embargoedUntil: '0000-01-01',
        },
      ];
    }),
  ],
  [
    'empty-version',
    {
      ...inPublishedRecord((record) => {
        (record['assetsSummary'] as JsonObject)['numberOfFiles'] = 0;
      }),
      also: ['summary-differs'],
    },
  ],
  [
    'published-address',
    inPublishedRecord((record) => (record['url'] = 'https://elsewhere.example/')),
  ],
];
