// Every export of every published version of an archive: checked against its standard, against the record,
// and against each other.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, expect, test } from 'vitest';
import type { PublishedExports } from '../support/sites/published-exports.ts';
import { pythonExports } from '../support/process/python.ts';
import { runProgram } from '../support/process/run-cli.ts';
import { parseCslJson } from './citation-parsers.ts';
import { dataciteValidator } from './datacite-schema.ts';
import { BIOSCHEMAS, CROISSANT, DRAFT, RECORD, RO_CRATE, TYPES } from './export-schemas.ts';

interface JsonLd {
  expand(document: object, options: object): Promise<Record<string, unknown>[]>;
}
const jsonld = createRequire(import.meta.url)('jsonld') as JsonLd;

const ajv = new Ajv2020({ strict: false, allErrors: true });
const SCHEMAS = Object.entries({
  'schema.jsonld': BIOSCHEMAS,
  'croissant.jsonld': CROISSANT,
  'ro-crate-metadata.json': RO_CRATE,
}).map(([file, schema]) => ({ file, isValid: ajv.compile(schema) }));

/** Along with the record, whose context is DANDI's. */
export const DEMANDS = [...SCHEMAS, { file: 'dandiset.jsonld', isValid: ajv.compile(RECORD) }];
/** Checked against DataCite's own schemas below. */
export const ELSEWHERE = ['datacite.json', 'datacite.xml'];

interface Agent {
  '@id'?: string;
  name: string;
  familyName?: string;
  givenName?: string;
}
interface Crate {
  '@graph': (Record<string, unknown> & { '@id': string })[];
}

function json<T>({ files }: PublishedExports, file: string): T {
  return JSON.parse(files.get(file) ?? 'null') as T;
}

/** Every type in a document except those of its context, which say how values are written. */
function typesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '@type' ? [inner].flat().map(String) : key === '@context' ? [] : typesIn(inner),
  );
}

const sortedName = ({ name, familyName, givenName }: Agent): string =>
  familyName === undefined ? name : [familyName, givenName].filter(Boolean).join(', ');

/** The creators in each export, as lists order them. */
function creatorsOf(one: PublishedExports): Record<string, string[]> {
  const graph = json<Crate>(one, 'ro-crate-metadata.json')['@graph'];
  const byId = new Map(graph.map((entity) => [entity['@id'], entity as unknown as Agent]));
  const authors = (graph[1]?.['author'] ?? []) as { '@id': string }[];
  const schema = json<{ creator?: Agent[]; author?: Agent[] }>(one, 'schema.jsonld');
  return {
    datacite: json<{ creators: Agent[] }>(one, 'datacite.json').creators.map(({ name }) => name),
    croissant: json<{ creator: Agent[] }>(one, 'croissant.jsonld').creator.map(sortedName),
    schema: (schema.creator ?? []).map(sortedName),
    author: (schema.author ?? []).map(sortedName),
    crate: authors.map((author) => sortedName(byId.get(author['@id']) ?? { name: '?' })),
    csl: parseCslJson(one.files.get('citation.csl.json') ?? '[]').names,
  };
}

/** Every text of a value, at any depth, that an XML document lacks. */
function missingIn(xml: string, value: unknown): string[] {
  if (typeof value === 'object' && value !== null)
    return Object.values(value).flatMap((inner) => missingIn(xml, inner));
  const text = String(value)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
  return xml.includes(`>${text}<`) || xml.includes(`="${text}"`) ? [] : [text];
}

interface SourceResource {
  identifier?: string | null;
  url?: string | null;
  name?: string | null;
  relation?: string | null;
}

/** Every related resource of the record that is missing from what DataCite receives. */
function lostResources(one: PublishedExports): string[] {
  const text = (one.files.get('datacite.json') ?? '').toLowerCase();
  const record = json<{ relatedIdentifiers?: object[]; relatedItems?: object[] }>(
    one,
    'datacite.json',
  );
  const out = JSON.stringify([record.relatedIdentifiers, record.relatedItems]).toLowerCase();
  expect(text).not.toBe('');
  const bare = (id: string): string =>
    JSON.stringify(
      id
        .trim()
        .toLowerCase()
        .replace(/^((https?:\/\/)?(dx\.)?doi\.org\/|doi:\s*|pmid:\s*|dandi:)/, '')
        // The page of a preprint is equivalent to its DOI.
        .replace(
          /^https?:\/\/(www\.)?(bio|med)rxiv\.org\/content\/(10\.\d+\/[\d.]*\d)(v\d+)?.*$/,
          '$3',
        ),
    ).slice(1, -1);
  return ((one.record['relatedResource'] ?? []) as SourceResource[])
    .filter(({ identifier, url, name }) => {
      const told = [identifier, url, name].filter((value) => (value ?? '').trim() !== '');
      return told.length > 0 && !told.some((value) => out.includes(bare(value ?? '')));
    })
    .map((resource) => `${one.id}: ${JSON.stringify(resource)}`);
}

const EMAIL = /[\w.+-]+@[\w-]+\.[a-z]{2,}/i;

/** Every requirement that needs no external tool, over the exports of one archive. */
export function exportSuite(load: () => Promise<PublishedExports[]>, count: number): void {
  let all: PublishedExports[];
  beforeAll(async () => {
    all = await load();
    expect(all).toHaveLength(count);
  });

  test('fulfil the requirements of Bioschemas, Croissant and RO-Crate', () => {
    for (const one of all) {
      for (const { file, isValid } of DEMANDS) {
        const value = json<{ creator?: unknown }>(one, file);
        expect(isValid(value), `${one.id} ${file}: ${JSON.stringify(isValid.errors)}`).toBe(true);
      }
    }
  });

  test('name no unknown type', () => {
    for (const one of all) {
      for (const { file } of SCHEMAS) {
        const unknown = typesIn(json<object>(one, file)).filter((type) => !TYPES[file]?.has(type));
        expect(unknown, `${one.id} ${file}`).toEqual([]);
      }
    }
  });

  test('creators are the same everywhere, in order', () => {
    for (const one of all) {
      const { csl = [], datacite, croissant, ...others } = creatorsOf(one);
      for (const [format, names] of Object.entries(others)) {
        expect(names, `${one.id} ${format}`).toEqual(csl);
      }
      // These two require one, also where nobody is flagged for the citation.
      expect(croissant, one.id).toEqual(datacite);
      if (csl.length > 0) expect(datacite, one.id).toEqual(csl);
      else expect(datacite, one.id).toHaveLength(1);
    }
  });

  test('the XML of DataCite says what its JSON says', () => {
    for (const one of all) {
      const record = json<Record<string, unknown>>(one, 'datacite.json');
      const xml = one.files.get('datacite.xml') ?? '';
      const { doi, url, schemaVersion, ...shared } = record;
      expect(schemaVersion).toBe('http://datacite.org/schema/kernel-4');
      const identifier = doi ?? /<identifier identifierType="URL">([^<]+)</.exec(xml)?.[1];
      expect(xml, `${one.id} ${String(url)}`).toContain(`>${String(identifier)}</identifier>`);
      expect(missingIn(xml, shared), one.id).toEqual([]);
    }
  });

  test('no related resource is lost', () => {
    expect(all.flatMap(lostResources)).toEqual([]);
  });

  test('hold no e-mail address, and no DOI that is not registered', () => {
    for (const { id, files, input } of all) {
      for (const [file, text] of files) {
        expect(EMAIL.exec(text.replaceAll('\\u0040', '@'))?.[0], `${id} ${file}`).toBeUndefined();
      }
      if (input.facts.doi !== undefined) continue;
      expect(
        json<{ doi?: string }>({ files } as PublishedExports, 'datacite.json').doi,
      ).toBeUndefined();
      expect(files.get('schema.jsonld')).not.toContain('doi.org/10.48324');
    }
  });

  test('files of a withdrawn version are not offered', () => {
    for (const one of all.filter(({ input }) => input.facts.status === 'withdrawn')) {
      const dataset = json<Record<string, unknown>>(one, 'schema.jsonld');
      expect(dataset['distribution']).toBeUndefined();
      expect(dataset['creativeWorkStatus']).toBe('Withdrawn');
      expect(
        json<Record<string, unknown>>(one, 'croissant.jsonld')['distribution'],
      ).toBeUndefined();
      expect(one.files.get('linkset.json')).not.toContain('"item"');
    }
  });

  test('no term is dropped when JSON-LD is expanded', async () => {
    for (const one of all) {
      for (const { file } of SCHEMAS) {
        expect(await expanded(json<object>(one, file)), `${one.id} ${file}`).toBeGreaterThan(0);
      }
    }
  });
}

/** How many nodes a document has when it is expanded; fails where a term would be dropped. */
async function expanded(document: object): Promise<number> {
  const documentLoader = (url: string): Promise<object> => {
    if (!/^https:\/\/(schema\.org\/|w3id\.org\/ro\/crate\/1\.2\/context)$/.test(url)) {
      throw new Error(`${url} was asked for`);
    }
    const document = {
      '@context': { '@vocab': 'https://schema.org/', 'cite-as': 'urn:cite-as' },
    };
    return Promise.resolve({ document, documentUrl: url });
  };
  const options = { documentLoader, safe: true, base: 'https://archive.example/' };
  return (await jsonld.expand(document, options)).length;
}

/** What the drafts of an archive say of themselves. */
export function draftSuite(load: () => Promise<Map<string, object>>, count: number): void {
  test('drafts are datasets of schema.org without a DOI or a date of publication', async () => {
    const drafts = await load();
    expect(drafts.size).toBe(count);
    const isValid = ajv.compile(DRAFT);
    for (const [id, dataset] of drafts) {
      expect(isValid(dataset), `${id}: ${JSON.stringify(isValid.errors)}`).toBe(true);
      expect(
        typesIn(dataset).filter((type) => !TYPES['schema.jsonld']?.has(type)),
        id,
      ).toEqual([]);
      expect(await expanded(dataset), id).toBeGreaterThan(0);
      expect(EMAIL.exec(JSON.stringify(dataset))?.[0], id).toBeUndefined();
    }
  });
}

interface Verdict {
  files: number;
  errors: string[];
}

const MOST_FILES = 30;

/**
 * The crate without most of its files, which are all written alike and are all checked against our own
 * schema: roc-validator takes a minute for a thousand of them.
 */
function withFewFiles(text: string): string {
  const crate = JSON.parse(text) as Crate;
  const files = crate['@graph'].filter((entity) => entity['@type'] === 'File');
  const dropped = new Set(files.slice(MOST_FILES).map((entity) => entity['@id']));
  const graph = crate['@graph'].filter((entity) => !dropped.has(entity['@id']));
  for (const entity of graph) {
    const parts = entity['hasPart'] as { '@id': string }[] | undefined;
    if (parts === undefined) continue;
    entity['hasPart'] = parts.filter((part) => !dropped.has(part['@id']));
  }
  return JSON.stringify({ ...crate, '@graph': graph });
}

/** What the field's own tools report for all versions. */
export async function verdicts(all: readonly PublishedExports[]): Promise<Record<string, Verdict>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'exports-'));
  try {
    for (const [file, text] of all.flatMap(({ paths }) => [...paths])) {
      const target = path.join(folder, file);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, file.endsWith('ro-crate-metadata.json') ? withFewFiles(text) : text);
    }
    const script = path.join(import.meta.dirname, 'check_exports.py');
    const { stdout, stderr, code } = await runProgram(pythonExports.path, [script, folder]);
    if (code !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as Record<string, Verdict>;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Reference {
  datacite: object;
  terms: string[];
}

// Newer than the list of terms in the Python package.
const YOUNGER_TERMS = new Set(['creditText', 'funding', 'sha256', 'size']);

function termsOf(value: unknown, found: Set<string>): Set<string> {
  if (Array.isArray(value)) for (const item of value) termsOf(item, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      if (key === '@context') continue;
      if (key === '@type') for (const type of [item].flat()) found.add(String(type));
      else if (!key.startsWith('@')) found.add(key);
      termsOf(item, found);
    }
  }
  return found;
}

/** The field's own tools and schemas, over the exports of one archive. */
export function referenceSuite(load: () => Promise<PublishedExports[]>, count: number): void {
  test('mlcroissant, roc-validator, cffconvert and the XML schema of DataCite find no error', async () => {
    const found = await verdicts(await load());
    for (const verdict of Object.values(found))
      expect(verdict).toEqual({ files: count, errors: [] });
  }, 900_000);

  test('conform to the schema of DataCite, and name only terms of schema.org', async () => {
    const script = path.join(import.meta.dirname, 'export_reference.py');
    const { stdout } = await runProgram(pythonExports.path, [script]);
    const { datacite, terms } = JSON.parse(stdout) as Reference;
    const isValid = dataciteValidator(datacite);
    const used = new Set<string>();
    for (const one of await load()) {
      expect(
        isValid(json(one, 'datacite.json')),
        `${one.id} ${JSON.stringify(isValid.errors)}`,
      ).toBe(true);
      termsOf(json(one, 'schema.jsonld'), used);
    }
    const known = new Set([...terms, ...YOUNGER_TERMS]);
    // Those with a prefix belong to Dublin Core, PROV and DANDI.
    expect([...used].filter((term) => !term.includes(':') && !known.has(term))).toEqual([]);
  });
}
