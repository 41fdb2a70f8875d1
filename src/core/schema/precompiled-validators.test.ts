import { expect, test } from 'vitest';
import { compiledSchema } from './compiled-schema.ts';
import { explainProblems } from './explain-problems.ts';
import { RELEASES } from './differences.ts';
import type { JsonValue } from '../json/json-text.ts';
import { validatorModule } from './validator-module.ts';
import { compiledFrom, type PrecompiledValidators } from './precompiled-validators.ts';

const settings = { prefix: 'LAB-DANDI', site: 'https://lab.example/', licenses: ['spdx:CC0-1.0'] };

const RECORDS: JsonValue[] = [
  {},
  null,
  { schemaKey: 'Dandiset', identifier: 'LAB-DANDI:000001', name: 'x'.repeat(200), license: [] },
  {
    schemaKey: 'Dandiset',
    name: '𝒳'.repeat(150),
    protocol: ['no address'],
    contributor: [
      { schemaKey: 'Person', name: 7, email: 'nobody', roleName: ['Author'] },
      { schemaKey: 'Organization', identifier: 'https://ror.org/x', url: 'a b' },
      { schemaKey: 'Robot' },
    ],
    relatedResource: [{ schemaKey: 'Resource' }],
    access: [{ schemaKey: 'AccessRequirements', status: 'x', embargoedUntil: '2020-13-01' }],
  },
];

async function written(release: (typeof RELEASES)[number]): Promise<PrecompiledValidators> {
  const choice = { release, kind: 'Dandiset', authored: true, settings } as const;
  const address = `data:text/javascript,${encodeURIComponent(validatorModule(choice))}`;
  return (await import(/* @vite-ignore */ address)) as PrecompiledValidators;
}

test.each([RELEASES[0], '0.6.2', '0.7.0'] as const)(
  'precompiled validators find what compiled ones find (%s)',
  async (release) => {
    const ahead = compiledFrom(await written(release));
    const compiled = compiledSchema({ release, kind: 'Dandiset', authored: true, settings });
    for (const record of RECORDS) {
      expect(ahead.passes(record)).toBe(compiled.passes(record));
      expect(explainProblems(record, ahead)).toEqual(explainProblems(record, compiled));
    }
    expect(explainProblems(RECORDS[3] ?? null, ahead).length).toBeGreaterThan(8);
  },
);
