// Our verdicts for release 0.7.0 (schema and the rules beyond it) against dandischema's models.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

import { semanticFaults } from '../../src/core/schema/semantic-rules.ts';
import {
  CURRENT_RELEASE,
  schemaFaults,
  type SchemaSettings,
} from '../../src/core/schema/validate.ts';
import { builtCases, demoCases, demoSettings, type Case } from './dandischema-cases.ts';
import { mutated, seededRandom } from './dandischema-mutations.ts';
import { corpusRecords, DANDI, requireAll, sharedIsAbsent } from './schema-shared.ts';

const python = path.resolve(import.meta.dirname, '../../.cache/python/bin/python');
const script = path.join(import.meta.dirname, 'dandischema_verdicts.py');
const pythonIsAbsent = existsSync(python) ? undefined : `no Python environment at ${python}`;
const skipped = pythonIsAbsent === undefined ? '' : ` (skipped: ${pythonIsAbsent})`;

interface Verdict {
  valid: boolean;
  errors: string[];
  /** Whether the JSON Schema dandischema makes from its models passes; asked only if valid. */
  json_schema: boolean | null;
}

function theirVerdicts(cases: readonly Case[], settings: SchemaSettings): Verdict[] {
  const input = cases.map(({ kind, record }) => JSON.stringify({ kind, record })).join('\n');
  const { status, stdout, stderr } = spawnSync(python, [script], {
    input: `${input}\n`,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: {
      PATH: process.env['PATH'],
      PYTHONIOENCODING: 'utf-8',
      DANDI_INSTANCE_NAME: settings.prefix,
      DANDI_INSTANCE_URL: settings.site,
      DANDI_INSTANCE_IDENTIFIER: 'RRID:SCR_017571',
      DANDI_LICENSES: JSON.stringify(settings.licenses),
      ...(settings.doiPrefix === undefined ? {} : { DANDI_DOI_PREFIX: settings.doiPrefix }),
    },
  });
  if (status !== 0) throw new Error(`dandischema_verdicts.py failed: ${stderr.slice(-2000)}`);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Verdict);
}

interface Fault {
  /** `schema/<keyword>` or the id of a rule. */
  source: string;
  text: string;
}

function ourFaults({ kind, record }: Case, settings: SchemaSettings): Fault[] {
  const bySchema = schemaFaults(record, { release: CURRENT_RELEASE, kind, settings });
  const byRules = semanticFaults(record, { kind, settings });
  return [
    ...bySchema.map(({ keyword, message }) => ({ source: `schema/${keyword}`, text: message })),
    ...byRules.map(({ rule, message }) => ({ source: rule, text: message })),
  ];
}

// Where ours is stricter than the models although the JSON Schema made from them passes as well.
const STRICTER: Record<string, string> = {
  'zarr-digest': 'dandischema reads a Zarr checksum from its start and ignores what follows it',
};

interface Comparison {
  /** Verdicts that differ for no reason named here. */
  differences: string[];
  /** How many differ for each reason. */
  reasons: Record<string, number>;
  valid: number;
  invalid: number;
}

function compare(cases: readonly Case[], settings: SchemaSettings): Comparison {
  const result: Comparison = { differences: [], reasons: {}, valid: 0, invalid: 0 };
  const verdicts = theirVerdicts(cases, settings);
  expect(verdicts).toHaveLength(cases.length);
  for (const [index, one] of cases.entries()) {
    const theirs = verdicts[index];
    const ours = ourFaults(one, settings);
    if (theirs === undefined) continue;
    result[theirs.valid ? 'valid' : 'invalid'] += 1;
    if (theirs.valid === (ours.length === 0)) continue;
    // The models fill in and convert (null, "12" for 12, a missing schemaKey); the JSON Schema
    // that dandischema makes from them does not, and DANDI's server asks both.
    const bySchema = ours.find(({ source }) => source.startsWith('schema/'));
    const known = ours.every(({ source }) => source.startsWith('schema/') || source in STRICTER);
    let reason: string | undefined;
    if (theirs.json_schema === false && bySchema !== undefined) {
      reason = `only its JSON Schema refuses it (${bySchema.source})`;
    } else if (theirs.valid && known && bySchema === undefined) {
      reason = STRICTER[ours[0]?.source ?? ''];
    }
    if (reason === undefined) {
      const said =
        ours.length === 0
          ? theirs.errors.join('; ')
          : ours.map(({ source, text }) => `${source}: ${text}`).join('; ');
      result.differences.push(
        `${one.place} ${one.kind} ${theirs.valid ? 'valid there' : 'valid here'}: ${said}`,
      );
    } else result.reasons[reason] = (result.reasons[reason] ?? 0) + 1;
  }
  return result;
}

describe.skipIf(pythonIsAbsent !== undefined && !requireAll)(
  `dandischema's models${skipped}`,
  () => {
    it.skipIf(sharedIsAbsent !== undefined && !requireAll)(
      'agree on the corpus records of release 0.7.0',
      () => {
        const cases = [...corpusRecords()].filter(
          ({ record }) => record['schemaVersion'] === CURRENT_RELEASE,
        );
        expect(cases.length).toBeGreaterThan(0);
        const { differences, reasons } = compare(cases, DANDI);
        expect({ differences, reasons }).toEqual({ differences: [], reasons: {} });
      },
    );

    it('agree on the demo records, and all of them are valid', ({ skip }) => {
      const cases = demoCases();
      if (cases.length === 0 && !requireAll) skip('no demo records in content/');
      expect(cases.length, 'demo records in content/').toBeGreaterThan(0);
      const settings = demoSettings();
      expect(
        cases.flatMap((one) => ourFaults(one, settings).map(({ text }) => `${one.place}: ${text}`)),
      ).toEqual([]);
      const { differences, invalid } = compare(cases, settings);
      expect({ differences, invalid }).toEqual({ differences: [], invalid: 0 });
    });

    it('agree on 5,000 records with faults put in, 3,000 of them assets', async ({ annotate }) => {
      const settings = demoSettings();
      const bases = [...demoCases(), ...builtCases(settings)];
      const random = seededRandom(20_240_229);
      const make = (count: number, of: 'Dandiset' | 'Asset'): Case[] => {
        const own = bases.filter(({ kind }) => kind.endsWith(of));
        return Array.from({ length: count }, (_, index) => {
          const base = own[index % own.length] as Case;
          return {
            ...base,
            place: `mutation ${index} of ${base.place}`,
            record: mutated(base.record, random),
          };
        });
      };
      const cases = [...make(3000, 'Asset'), ...make(2000, 'Dandiset')];
      const { differences, reasons, valid, invalid } = compare(cases, settings);
      await annotate(`valid ${valid}, invalid ${invalid}; ${JSON.stringify(reasons)}`);
      expect(differences).toEqual([]);
      expect(valid).toBeGreaterThan(500);
      expect(invalid).toBeGreaterThan(2000);
    });
  },
);
