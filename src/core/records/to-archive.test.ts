import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../json/json-text.ts';
import { toArchive } from './to-archive.ts';

const LEAST: JsonObject = {
  name: 'Lab',
  identifierPrefix: 'LAB-DANDI',
  site: 'https://lab.example.org/',
  repository: 'https://github.com/lab/archive/',
  stores: [{ kind: 'folder', path: 'storage', url: '/storage/' }],
};

test('the least that an archive needs', () => {
  expect(toArchive(LEAST)).toEqual({
    archive: { ...LEAST, repository: 'https://github.com/lab/archive', licenses: [] },
    problems: [],
  });
});

test('null and a lone value are read as intended', () => {
  const { archive, problems } = toArchive({
    ...LEAST,
    stores: { kind: 'http', url: 'https://bytes.example.org/' },
    licenses: 'spdx:CC0-1.0',
    doiPrefix: null,
    contact: null,
  });
  expect(problems).toEqual([]);
  expect(archive).toMatchObject({
    stores: [{ kind: 'http', url: 'https://bytes.example.org/' }],
    licenses: ['spdx:CC0-1.0'],
  });
  expect(archive).not.toHaveProperty('doiPrefix');
});

describe('what is wrong is reported for the field, with its value and the next step', () => {
  const http = (more: JsonObject): JsonObject => ({
    stores: [{ kind: 'http', url: 'https://bytes.example.org/', ...more }],
  });
  test.each<[JsonObject, string, string]>([
    [{ name: ' ' }, '/name', 'name must be a name, not "" with blanks around it.'],
    [{ name: null }, '/name', 'The archive has no name.'],
    [
      { identifierPrefix: 'lab' },
      '/identifierPrefix',
      'identifierPrefix must be an identifier prefix, not "lab".',
    ],
    [
      { site: 'https://lab.example.org' },
      '/site',
      'site must be a web address that ends in "/", not "https://lab.example.org".',
    ],
    [{ repository: 'git@x:y' }, '/repository', 'repository must be a web address, not "git@x:y".'],
    [{ stores: [] }, '/stores', 'stores must have at least one entry.'],
    [{ stores: [{}] }, '/stores', 'stores 1 must have "kind".'],
    [
      { stores: [{ kind: 'ftp', url: 'x' }] },
      '/stores',
      'stores 1, kind must be one of http, folder, not "ftp".',
    ],
    [
      { stores: [{ kind: 'folder', url: 'storage/', path: 's' }] },
      '/stores',
      'stores 1, url must be a path from the top of the site that begins and ends with "/", not "storage/".',
    ],
    [{ stores: [{ kind: 'folder', url: '/s/' }] }, '/stores', 'stores 1 must have "path".'],
    [
      http({ s3: { bucket: 'lab', endpoint: 's3.example.org' } }),
      '/stores',
      'stores 1, s3, endpoint must be the address of a service, with no more than a path, not "s3.example.org".',
    ],
    [
      http({ s3: { bucket: 'lab', prefix: 'a/../b' } }),
      '/stores',
      'stores 1, s3, prefix must be a path without "." and "..", not "a/../b".',
    ],
    [{ doiPrefix: '10.x' }, '/doiPrefix', 'doiPrefix must be a DOI prefix, not "10.x".'],
    [{ doiPrefix: 10.1234 }, '/doiPrefix', 'doiPrefix must be text, not 10.1234.'],
    // Silently leaving them out would let a copy compete with its original, and owners publish.
    [{ archiveOfRecord: null }, '/archiveOfRecord', 'archiveOfRecord must be text, not null.'],
    [{ ownersPublish: 'no' }, '/ownersPublish', 'ownersPublish must be true or false, not "no".'],
  ])('%j', (more, pointer, message) => {
    const { archive, problems } = toArchive({ ...LEAST, ...more });
    expect(archive).toBeUndefined();
    expect(problems.map((one) => [one.severity, one.pointer])).toContainEqual(['error', pointer]);
    expect(problems.map((one) => one.message)).toContain(message);
    expect(problems.every(({ hint }) => hint !== undefined)).toBe(true);
  });

  test.each<[string, JsonValue, string]>([
    ['contact', 'me@x', 'contact must be a web address, not "me@x"; it is not shown.'],
    [
      'host',
      'apache',
      'host must be a host whose rules are known, not "apache"; nothing is assumed of it.',
    ],
    ['notice', ['a'], 'notice must be text, not a list; it is not shown.'],
    ['offline', 'false', 'offline must be true or false, not "false"; it changes nothing.'],
  ])('the archive runs without its %s', (key, value, message) => {
    const { archive, problems } = toArchive({ ...LEAST, [key]: value });
    expect(archive).toBeDefined();
    expect(archive).not.toHaveProperty(key);
    expect(problems).toMatchObject([{ severity: 'warning', pointer: `/${key}`, message }]);
  });

  test('a secret in an address is not repeated', () => {
    const s3 = { bucket: 'lab', endpoint: 'https://KEY:SECRET@s3.example.org' };
    const { problems } = toArchive({ ...LEAST, ...http({ s3 }), site: 'https://u:SECRET@a.org' });
    expect(problems).toHaveLength(2);
    expect(JSON.stringify(problems)).not.toMatch(/SECRET|KEY/);
  });

  test('settings that are no object', () => {
    expect(toArchive([]).problems).toMatchObject([
      { pointer: '', message: 'archive.json must be an object with fields, not an empty list.' },
    ]);
  });
});

test('keys of prototypes are keys like any other', () => {
  const value = JSON.parse(`{"__proto__": {"name": "x"}, "constructor": 1}`) as JsonValue;
  expect(toArchive(value).archive).toBeUndefined();
  expect(toArchive(value).problems.map(({ pointer }) => pointer)).toContain('/name');
});

test('of very many wrong stores a hundred are named', () => {
  const { archive, problems } = toArchive({ ...LEAST, stores: Array(100_000).fill({}) });
  expect(archive).toBeUndefined();
  expect(problems).toHaveLength(100);
});
