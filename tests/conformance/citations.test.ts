// Every citation of every published version of the corpus, and of synthetic versions with the names and
// titles that break citations: compared with the records, with each other, and with citeproc.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { beforeAll, describe, expect, test } from 'vitest';
import { folderTree } from '../../src/adapters/content-files/folder-tree.ts';
import { readArchive } from '../../src/adapters/content-files/read-archive.ts';
import { cslItem } from '../../src/core/citations/csl-json.ts';
import { divergingYear } from '../../src/core/citations/stored-text.ts';
import type { CitableRecord } from '../../src/core/metadata/citable-record.ts';
import { contentPlace } from '../../src/core/records/layout.ts';
import { citedFacts, organization, person } from '../support/records/cited-facts.ts';
import { corpusFolder, importedCorpus } from '../support/records/corpus.ts';
import { describeWith } from '../support/needed-part.ts';
import { python } from '../support/process/python.ts';
import { shared } from '../support/shared.ts';
import { readCitedVersion } from '../../src/workflows/archive/read-cited-version.ts';
import { CFF_SCHEMA, CSL_SCHEMA } from './citation-schemas.ts';
import { DIFFERENCES, STYLES, write } from './citation-differences.ts';
import { citeprocTexts, referenceData, type ReferenceData } from './citation-oracle.ts';
import { parseBibtex, parseCff, parseCslJson, parseRis } from './citation-parsers.ts';

const names = (count: number): ReturnType<typeof person>[] =>
  Array.from({ length: count }, (_, index) => person(`Family${index + 1}, Ann-Lee B`));

/** Versions whose creators or titles are unusual; citeproc has to agree on these too. */
const CASES: Record<string, CitableRecord> = {
  'two persons': citedFacts({ contributor: [person('Kang, Di'), person('Li, Wei')] }),
  particles: citedFacts({
    contributor: [person('Kouwe, Andre van der'), person('Zeeuw, Chris I. De')],
  }),
  suffix: citedFacts({ contributor: [person('King, Martin, Jr.'), person('Li, Wei')] }),
  organisations: citedFacts({
    contributor: [
      person('Li, Wei'),
      organization('University of California, San Diego'),
      person('Kim, Ha-Eun'),
    ],
  }),
  'only organisations': citedFacts({
    contributor: [organization('Lab & Co'), organization('Institute {of} $cience')],
  }),
  'Chinese, and one name': citedFacts({ contributor: [person('王, 小明'), person('Madonna')] }),
  'other letters': citedFacts({
    contributor: [person('Nguyễn, Thị Minh'), person('Œuvray, Éloïse'), person('Иванов, Пётр')],
  }),
  '6 persons': citedFacts({ contributor: names(6) }),
  '7 persons': citedFacts({ contributor: names(7) }),
  '20 persons': citedFacts({ contributor: names(20) }),
  '21 persons': citedFacts({ contributor: names(21) }),
  '89 persons': citedFacts({ contributor: names(89) }),
  'hard title': citedFacts({ name: '50 % of {MC_Maze} & ~100 $ ^2 #1 \\ end.' }),
  'a question': citedFacts({ name: 'Is it so?' }),
  'no DOI and no date': citedFacts({ datePublished: null, dateCreated: null }, { doi: undefined }),
};
for (const [index, facts] of Object.values(CASES).entries()) {
  // Programs distinguish items by their id.
  facts.version = `0.220126.${1000 + index}`;
}

async function publishedFacts(): Promise<CitableRecord[]> {
  const tree = folderTree(await importedCorpus());
  const archive = await readArchive(tree);
  const all: CitableRecord[] = [];
  for (const entry of await tree.list('dandisets')) {
    const address = contentPlace(entry.path);
    if (address.kind !== 'version' || address.version === 'draft') continue;
    if (address.file !== 'dandiset.json') continue;
    all.push(await readCitedVersion({ tree, archive, address, acceptsDraft: false }));
  }
  return all;
}

/** The record as it is at the source, untouched by our code. */
function sourceRecord({ identifier, version }: CitableRecord): Record<string, unknown> {
  const file = path.join(corpusFolder, 'dandisets', identifier.slice(6), version, 'dandiset.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}

interface SourceContributor {
  schemaKey: string;
  name?: string;
  includeInCitation?: boolean;
}

/**
 * Who is flagged for the citation in a record, by their name there; its schema's defaults where it has no
 * flag.
 */
function flaggedNames(record: Record<string, unknown>): string[] {
  return ((record['contributor'] ?? []) as SourceContributor[])
    .filter(({ schemaKey, includeInCitation }) => includeInCitation ?? schemaKey !== 'Organization')
    .flatMap(({ name }) => (name === undefined ? [] : [name]));
}

/** By the schema a person without a flag is cited; DANDI's server left this one out. */
const CITES_FEWER = 'DANDI:001773/0.260412.1743';
/** Names an organisation twice, which CFF forbids. */
const NAMES_TWICE = 'DANDI:000454/0.230302.2331';

/** Names whose particle the record has behind the given name. */
const PARTICLES_LAST = new Map([['Vries, Saskia de', 'de Vries, Saskia']]);

const folded = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Ours along with citeproc's with all differences applied, and how often each of them was. */
function compared(
  data: ReferenceData,
  facts: readonly CitableRecord[],
): { pairs: { ours: string; theirs: string }[]; counts: Map<string, number> } {
  const counts = new Map(DIFFERENCES.map(({ reason }) => [reason, 0]));
  const pairs = STYLES.flatMap(({ id, style, locale }) =>
    citeprocTexts(data, { style, locale }, facts.map(cslItem)).map((text, index) => {
      const one = facts[index]!;
      let theirs = text;
      for (const { reason, styles, rewrite } of DIFFERENCES) {
        if (!styles.includes(id)) continue;
        const before = theirs;
        theirs = rewrite(theirs, one);
        if (theirs !== before) counts.set(reason, (counts.get(reason) ?? 0) + 1);
      }
      return { ours: `${id}: ${write(id, one)}`, theirs: `${id}: ${theirs}` };
    }),
  );
  return { pairs, counts };
}

function expectEqualPairs(pairs: readonly { ours: string; theirs: string }[]): void {
  expect(pairs.filter(({ ours, theirs }) => ours !== theirs)).toEqual([]);
}

/** The creators in a file of each kind. */
function creatorsOf(facts: CitableRecord): Record<string, string[]> {
  return {
    bibtex: parseBibtex(write('bibtex', facts)).names,
    ris: parseRis(write('ris', facts)).names,
    csl: parseCslJson(write('csl', facts)).names,
    cff: parseCff(write('cff', facts)).names,
  };
}

/** What each file says of the same things, under common names. */
function valuesOf(facts: CitableRecord): Record<string, (string | undefined)[]> {
  const [bib, ris, csl, cff] = [
    parseBibtex(write('bibtex', facts)).fields,
    parseRis(write('ris', facts)).fields,
    parseCslJson(write('csl', facts)).fields,
    parseCff(write('cff', facts)).fields,
  ];
  const all = (...keys: string[]): (string | undefined)[] => [
    bib.get(keys[0]!),
    ris.get(keys[1]!),
    csl.get(keys[2]!),
    cff.get(keys[3]!),
  ];
  return {
    title: all('title', 'TI', 'title', 'title'),
    version: all('version', 'ET', 'version', 'version'),
    date: all('date', 'DA', 'issued', 'date-released').map((date) => date?.replaceAll('/', '-')),
    doi: all('doi', 'DO', 'DOI', 'doi'),
    url: all('url', 'UR', 'URL', 'url'),
    abstract: all('abstract', 'AB', 'abstract', 'abstract'),
  };
}

const ajv = formats.default(new Ajv({ strict: false, allErrors: true }));
const isCff = ajv.compile(CFF_SCHEMA);
const isCsl = ajv.compile(CSL_SCHEMA);

function expectSound(facts: CitableRecord): void {
  for (const [key, values] of Object.entries(valuesOf(facts))) {
    expect(new Set(values).size, `${facts.identifier}/${facts.version}: ${key}: ${values}`).toBe(1);
  }
  expect(isCff(parseCff(write('cff', facts)).value), JSON.stringify(isCff.errors)).toBe(true);
  expect(isCsl(JSON.parse(write('csl', facts))), JSON.stringify(isCsl.errors)).toBe(true);
}

describe('citations of synthetic versions', () => {
  test.each(Object.entries(CASES))('%s: all files say the same', (_, facts) => {
    const { csl, ...others } = creatorsOf(facts);
    for (const creators of Object.values(others)) expect(creators).toEqual(csl);
    expect(csl).toHaveLength(facts.creators.length);
    expectSound(facts);
  });
});

describeWith(python, 'citations of synthetic versions and citeproc', () => {
  test('are equal except for the differences listed', async () => {
    expectEqualPairs(compared(await referenceData(), Object.values(CASES)).pairs);
  });
});

describeWith(shared, 'citations of the corpus', () => {
  let all: CitableRecord[];
  beforeAll(async () => {
    all = await publishedFacts();
    expect(all).toHaveLength(164);
  });

  test('the frozen citation is shown byte for byte', () => {
    for (const facts of all) {
      expect(write('text', facts)).toBe(sourceRecord(facts)['citation']);
    }
  });

  test('its year is that of publication in all of them', () => {
    expect(all.filter((facts) => divergingYear(facts) !== undefined)).toEqual([]);
  });

  test('creators are the same in the record, the frozen citation and every file', () => {
    let nobody = 0;
    for (const facts of all) {
      const record = sourceRecord(facts);
      const flagged = flaggedNames(record);
      const id = `${facts.identifier}/${facts.version}`;
      const files = creatorsOf(facts);
      if (flagged.length === 0) {
        nobody += 1;
        // CFF requires an author.
        expect(files).toEqual({ bibtex: [], ris: [], csl: [], cff: ['anonymous'] });
        continue;
      }
      const cited = `${flagged.join('; ')} (`;
      expect(String(record['citation']).startsWith(cited), id).toBe(id !== CITES_FEWER);
      const names = flagged.map((name) => PARTICLES_LAST.get(name) ?? folded(name));
      const { cff, ...others } = files;
      for (const creators of Object.values(others)) expect(creators).toEqual(names);
      expect(cff).toEqual(id === NAMES_TWICE ? [...new Set(names)] : names);
    }
    expect(nobody).toBe(2);
  });

  test('title, version, date, DOI, address and abstract are the same in every file', () => {
    for (const facts of all) expectSound(facts);
  });
});

describeWith([shared, python], 'citations of the corpus and reference implementations', () => {
  let all: CitableRecord[];
  let data: ReferenceData;
  beforeAll(async () => {
    [all, data] = await Promise.all([publishedFacts(), referenceData()]);
  });

  test('are equal to those of citeproc except for the differences listed', () => {
    const { pairs, counts } = compared(data, all);
    expectEqualPairs(pairs);
    expect(pairs).toHaveLength(164 * STYLES.length);
    expect(Object.fromEntries(counts)).toEqual(
      Object.fromEntries(DIFFERENCES.map(({ reason, corpus }) => [reason, corpus])),
    );
  });

  test('every CITATION.cff conforms to its official schema', () => {
    const isValid = ajv.compile({ ...data.cff, $id: 'cff-1.2.0' });
    for (const facts of [...all, ...Object.values(CASES)]) {
      expect(isValid(parseCff(write('cff', facts)).value), JSON.stringify(isValid.errors)).toBe(
        true,
      );
    }
  });
});
