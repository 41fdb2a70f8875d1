// Our schemas against DANDI's own: keyword by keyword, and record by record on the corpus.

import { Ajv, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';

import { textMember } from '../../src/core/json/json-text.ts';
import {
  isKnownRelease,
  RECORD_KINDS,
  RELEASES,
  schemaProblems,
  schemaFor,
  type RecordKind,
} from '../../src/core/schema/validate.ts';
import { constraintsOf } from './schema-constraints.ts';
import {
  corpusRecords,
  DANDI,
  referenceReleases,
  referenceSchema,
  requireAll,
  settingsOfReference,
  sharedIsAbsent,
} from './schema-shared.ts';

// DANDI's 0.7.0 was generated at its first tag; sameAs of Dandisets came into that release later.
const LATER_IN_0_7_0 = /^0\.7\.0 (Published)?Dandiset \/properties\/sameAs\//;

// Since 0.8.0 only datePublished distinguishes a published record from a draft, so DANDI's schemas require
// the same of both. Versions that this archive freezes retain the requirements of 0.7.0.
const KEPT_IN_FROZEN_VERSIONS = [
  '0.8.0 PublishedDandiset /required: datePublished, doi, publishedBy, url',
  '0.8.0 PublishedDandiset /properties/id/pattern: ^DANDI:\\d{6}/\\d+\\.\\d+\\.\\d+$',
  '0.8.0 PublishedAsset /required: datePublished, publishedBy',
  '0.8.0 PublishedAsset /properties/id/pattern: ^dandiasset:[a-f0-9]{8}[-]*[a-f0-9]{4}[-]*[a-f0-9]{4}[-]*[a-f0-9]{4}[-]*[a-f0-9]{12}$',
];

const reference = new Map<string, ValidateFunction>();

function referenceValidator(release: string, kind: RecordKind): ValidateFunction {
  const key = `${release} ${kind}`;
  let validate = reference.get(key);
  if (validate === undefined) {
    const old = RELEASES.findIndex((known) => known === release) <= RELEASES.indexOf('0.6.7');
    const ajv = new (old ? Ajv : Ajv2020)({ strict: false, unicodeRegExp: false, logger: false });
    addFormats(ajv as Ajv);
    validate = ajv.compile(referenceSchema(release, kind));
    reference.set(key, validate);
  }
  return validate;
}

describe.skipIf(sharedIsAbsent !== undefined && !requireAll)(
  `schemas against DANDI's own${sharedIsAbsent === undefined ? '' : ` (skipped: ${sharedIsAbsent})`}`,
  () => {
    it('know every release that DANDI has', () => {
      expect([...RELEASES].sort()).toEqual(referenceReleases());
    });

    it('require the same, keyword by keyword, in every release', () => {
      const differences: string[] = [];
      for (const release of RELEASES) {
        for (const kind of RECORD_KINDS) {
          const settings = settingsOfReference(release);
          const ours = constraintsOf(schemaFor({ release, kind, settings, elsewhere: true }));
          const theirs = constraintsOf(referenceSchema(release, kind));
          for (const place of new Set([...ours.keys(), ...theirs.keys()])) {
            if (ours.get(place) === theirs.get(place)) continue;
            const difference = `${release} ${kind} ${place}`;
            if (LATER_IN_0_7_0.test(difference)) continue;
            differences.push(`${difference}: ${ours.get(place)} here, ${theirs.get(place)} there`);
          }
        }
      }
      expect(differences).toEqual([]);
    });

    it('require of the versions that this archive freezes what 0.7.0 required, and nothing else', () => {
      const kept: string[] = [];
      for (const release of RELEASES) {
        for (const kind of RECORD_KINDS) {
          const choice = { release, kind, settings: DANDI };
          const elsewhere = constraintsOf(schemaFor({ ...choice, elsewhere: true }));
          for (const [place, asked] of constraintsOf(schemaFor(choice))) {
            const said = JSON.parse(elsewhere.get(place) ?? '[]') as string | string[];
            const here = JSON.parse(asked) as string | string[];
            if (JSON.stringify(said) === asked) continue;
            const more = Array.isArray(here) ? here.filter((name) => !said.includes(name)) : [here];
            kept.push(`${release} ${kind} ${place}: ${more.join(', ')}`);
          }
        }
      }
      expect(kept.sort()).toEqual([...KEPT_IN_FROZEN_VERSIONS].sort());
    });

    it('give the same verdict on every record of the corpus', () => {
      const differences: string[] = [];
      const counts = { dandisets: 0, assets: 0, valid: 0, invalid: 0 };
      for (const { place, kind, record } of corpusRecords()) {
        const release = textMember(record, 'schemaVersion') ?? '';
        if (!isKnownRelease(release)) {
          differences.push(`${place}: the release ${release} is not known`);
          continue;
        }
        const ours = schemaProblems(record, { release, kind, settings: DANDI });
        const theirs = referenceValidator(release, kind)(record);
        if ((ours.length === 0) !== theirs) {
          differences.push(`${place}: ${theirs ? ours[0]?.message : 'valid here, not there'}`);
        }
        counts[kind.endsWith('Dandiset') ? 'dandisets' : 'assets'] += 1;
        counts[theirs ? 'valid' : 'invalid'] += 1;
      }
      expect(differences).toEqual([]);
      expect(counts).toMatchObject({ dandisets: 457, assets: 37_857 });
      // Both verdicts occur, so the comparison can fail.
      expect(counts.invalid).toBeGreaterThan(0);
      expect(counts.valid).toBeGreaterThan(0);
    });
  },
);
