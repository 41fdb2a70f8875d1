// Our verdicts for the current release (schema and the rules beyond it) against dandischema's models.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

import { SEMANTIC_RULES, semanticProblems } from '../../src/core/schema/semantic-rules.ts';
import {
  CURRENT_RELEASE,
  schemaProblems,
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
  /** Whether the JSON Schema dandischema makes from its models passes; evaluated only if valid. */
  json_schema: boolean | null;
}

function theirVerdicts(cases: readonly Case[], settings: SchemaSettings): Verdict[] {
  const input = cases.map(({ kind, record }) => JSON.stringify({ kind, record })).join('\n');
  const { error, status, stdout, stderr } = spawnSync(python, [script], {
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
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`dandischema_verdicts.py failed: ${stderr.slice(-2000)}`);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Verdict);
}

interface Fault {
  /** `schema`, or the id of a rule. */
  source: string;
  pointer: string;
  message: string;
}

function ourFaults({ kind, record }: Case, settings: SchemaSettings): Fault[] {
  const bySchema = schemaProblems(record, { release: CURRENT_RELEASE, kind, settings });
  const byRules = semanticProblems(record, { kind, settings });
  return [
    ...bySchema.map((fault) => ({ source: 'schema', ...fault })),
    ...byRules.map((fault) => ({ source: fault.rule, ...fault })),
  ];
}

interface KnownDifference {
  reason: string;
  /** The greatest share of the records with injected faults that may differ for this reason. */
  atMost: number;
  explains(theirs: Verdict, ours: readonly Fault[]): boolean;
}

// Records that the models accept and we refuse. There are none the other way round.
const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    reason:
      'The models convert and fill in (null, "12" for 12, a missing schemaKey). The JSON Schema ' +
      'that dandischema makes from them refuses such a record too, and DANDI asks both.',
    atMost: 0.08,
    explains: (theirs, ours) =>
      theirs.json_schema === false && ours.some(({ source }) => source === 'schema'),
  },
  {
    reason: 'The models read a Zarr checksum from its start and ignore what follows it.',
    atMost: 0.005,
    explains: (_theirs, ours) => ours.every(({ source }) => source === 'zarr-digest'),
  },
  {
    reason: 'The models cut blanks off an e-mail address; the format of JSON Schema has none.',
    atMost: 0.005,
    explains: (_theirs, ours) =>
      ours.every(({ source, pointer }) => source === 'schema' && pointer.endsWith('/email')),
  },
];

interface Comparison {
  /** Verdicts that differ for no known reason. */
  differences: string[];
  /** How many differ for each known reason. */
  counts: Map<KnownDifference, number>;
  valid: number;
  invalid: number;
  /** The sources of our injected faults. */
  sources: Set<string>;
}

function compare(cases: readonly Case[], settings: SchemaSettings): Comparison {
  const counts = new Map(KNOWN_DIFFERENCES.map((known) => [known, 0]));
  const result: Comparison = { differences: [], counts, valid: 0, invalid: 0, sources: new Set() };
  const verdicts = theirVerdicts(cases, settings);
  expect(verdicts).toHaveLength(cases.length);
  for (const [index, one] of cases.entries()) {
    const theirs = verdicts[index] as Verdict;
    const ours = ourFaults(one, settings);
    for (const { source } of ours) result.sources.add(source);
    result[theirs.valid ? 'valid' : 'invalid'] += 1;
    if (theirs.valid === (ours.length === 0)) continue;
    const known = theirs.valid && KNOWN_DIFFERENCES.find(({ explains }) => explains(theirs, ours));
    if (known) counts.set(known, (counts.get(known) ?? 0) + 1);
    else {
      const said = ours.map(({ source, message }) => `${source}: ${message}`);
      const verdict = theirs.valid ? 'refused here only' : 'refused there only';
      result.differences.push(
        `${one.place}, ${verdict}: ${[...said, ...theirs.errors].join('; ')}`,
      );
    }
  }
  return result;
}

describe.skipIf(pythonIsAbsent !== undefined && !requireAll)(
  `dandischema's models${skipped}`,
  () => {
    it.skipIf(sharedIsAbsent !== undefined && !requireAll)(
      'agree on the corpus records of release 0.7.0, its newest',
      () => {
        const cases = [...corpusRecords()].filter(
          ({ record }) => record['schemaVersion'] === '0.7.0',
        );
        expect(cases.length).toBeGreaterThan(0);
        expect(compare(cases, DANDI).differences).toEqual([]);
      },
    );

    it('agree on the demo records, and all of them are valid', ({ skip }) => {
      const cases = demoCases();
      if (cases.length === 0 && !requireAll) skip('no demo records in content/');
      expect(cases.length, 'demo records in content/').toBeGreaterThan(0);
      const settings = demoSettings();
      const faults = cases.flatMap((one) =>
        ourFaults(one, settings).map(({ message }) => `${one.place}: ${message}`),
      );
      expect(faults).toEqual([]);
      const { differences, invalid } = compare(cases, settings);
      expect({ differences, invalid }).toEqual({ differences: [], invalid: 0 });
    });

    it('agree on 5,000 records with injected faults, 3,000 of them assets of the demo', async ({
      annotate,
    }) => {
      const settings = demoSettings();
      const built = builtCases(settings);
      const demo = demoCases();
      const random = seededRandom(20_240_229);
      const make = (count: number, bases: readonly Case[]): Case[] =>
        Array.from({ length: count }, (_, index) => {
          const base = bases[index % bases.length] as Case;
          const place = `record ${index} from ${base.kind} ${base.place}`;
          return { ...base, place, record: mutated(base.record, random) };
        });
      const bases = demo.length > 0 ? demo : built;
      const cases = [
        ...make(
          3000,
          bases.filter(({ kind }) => kind.endsWith('Asset')),
        ),
        ...make(
          1000,
          bases.filter(({ kind }) => kind.endsWith('Dandiset')),
        ),
        ...make(1000, built),
      ];
      const { differences, counts, valid, invalid, sources } = compare(cases, settings);
      await annotate(`${valid} valid and ${invalid} invalid for dandischema`);
      for (const [{ reason, atMost }, count] of counts) {
        await annotate(`${count} differ: ${reason}`);
        expect(count, reason).toBeLessThanOrEqual(atMost * cases.length);
      }
      expect(differences).toEqual([]);
      expect(valid).toBeGreaterThan(500);
      expect(invalid).toBeGreaterThan(2000);
      // Every rule took part.
      expect([...sources]).toEqual(
        expect.arrayContaining(['schema', ...SEMANTIC_RULES.map(({ id }) => id)]),
      );
    });
  },
);
