// Exports of the demo. Those of the corpus are in tests/large.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { dataciteXml } from '../../src/core/exports/datacite-xml.ts';
import { EXPORT_FORMATS } from '../../src/core/exports/index.ts';
import { describeWith, repository } from '../support/needed-part.ts';
import { pythonExports } from '../support/process/python.ts';
import { demoContent } from '../support/sites/built-site.ts';
import { citedFacts, organization, person } from '../support/records/cited-facts.ts';
import {
  draftDatasets,
  publishedExports,
  type PublishedExports,
} from '../support/sites/published-exports.ts';
import {
  DEMANDS,
  ELSEWHERE,
  draftSuite,
  exportSuite,
  referenceSuite,
  verdicts,
} from './export-suites.ts';

test('each export has its requirements here, and a row in the table of the handbook', () => {
  const handbook = readFileSync(path.join(repository, 'content/pages/identifiers.mdx'), 'utf8');
  const rows = handbook.split('\n').filter((line) => line.startsWith('| `'));
  const known = [...DEMANDS.map(({ file }) => file), ...ELSEWHERE];
  for (const { name, file } of EXPORT_FORMATS) {
    expect(known, name).toContain(file('', '').replace(/^-+/, ''));
    const row = rows.find((line) => line.includes(`\`${file('000004', '0.220126.1852')}\``));
    expect(row, name).toBeDefined();
  }
});

describe('exports of the demo', () => {
  exportSuite(() => publishedExports(demoContent), 13);
  draftSuite(() => draftDatasets(demoContent), 11);
});

describeWith(pythonExports, 'exports of the demo and the tools of the field', () => {
  referenceSuite(() => publishedExports(demoContent), 13);

  test('the XML of a record that is meant to break it is valid', async () => {
    const text = `a\u0000\u0008\u001f\ud800\udfff\ufffe & <b "c' ]]> --> \u2028 ünï \u{1f600} &#x0; ada@example.org`;
    const facts = citedFacts({
      name: text,
      description: text.repeat(50),
      keywords: [text],
      studyTarget: [text],
      acknowledgement: text,
      license: [text],
      contributor: [
        person(`Last ${text}`, { affiliation: [{ name: text }], awardNumber: text }),
        organization(text, { roleName: ['dcite:Funder'], awardNumber: text }),
      ],
      relatedResource: [
        { name: text, identifier: text, relation: text, resourceType: text },
        { identifier: `https://a.example/${text.replaceAll(' ', '')}`, relation: 'dcite:Cites' },
        { identifier: 'doi:10.1002/(SICI)1096-9861(1996)387:2<167::AID-CNE1>3.0.CO;2-Z' },
      ],
      protocol: [text],
      wasGeneratedBy: [{ name: text, identifier: text }],
      sameAs: [text],
    });
    const page = 'https://archive.example/';
    const xml = dataciteXml({
      facts,
      site: { name: text, url: page },
      landing: `${page}?a=1&b="2"`,
      files: [],
      history: page,
    });
    expect(xml).not.toContain('example.org');
    const paths = new Map([['hostile/datacite.xml', xml]]);
    const { xml: verdict } = await verdicts([{ paths } as PublishedExports]);
    expect(verdict).toEqual({ files: 1, errors: [] });
  });

  test('errors are found', async () => {
    const [one] = await publishedExports(demoContent);
    const paths = new Map(
      [...one!.paths].map(([file, text]) => [
        file,
        text
          .replace('"conformsTo": "http://mlcommons', '"conforms": "http://mlcommons')
          .replace('"localPath"', '"unknownTerm"')
          .replace('cff-version', 'cff-edition')
          .replace('<creatorName', '<personName')
          .replace('</creatorName', '</personName'),
      ]),
    );
    const found = await verdicts([{ ...one!, paths }]);
    for (const [tool, { errors }] of Object.entries(found)) expect(errors, tool).not.toEqual([]);
  }, 60_000);
});
