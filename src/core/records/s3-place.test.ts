import { expect, test } from 'vitest';
import type { JsonValue } from '../json/json-text.ts';
import { toArchive } from './to-archive.ts';
import { bucketOfAddress, formatS3Address, parseS3Address } from './s3-place.ts';

test.each([
  ['s3://lab', 's3://lab/'],
  ['s3://lab/', 's3://lab/'],
  ['s3://lab.example.org/a//b', 's3://lab.example.org/a/b/'],
  ['s3://', undefined],
  ['s3://l', undefined],
  ['s3://lab/../x', undefined],
  ['https://lab/x', undefined],
  ['s3://key:secret@lab', undefined],
])('%s', (text, expected) => {
  const place = parseS3Address(text);
  expect(place && formatS3Address(place)).toBe(expected);
});

test.each([
  ['https://lab.s3.amazonaws.com/', 's3://lab/'],
  ['https://lab.s3.eu-central-1.amazonaws.com/a/b/', 's3://lab/a/b/'],
  ['https://s3.example.org/lab/a/', 's3://lab/a/'],
  ['https://data.example.org/', 's3://data/'],
])('the bucket behind %s', (url, expected) => {
  expect(formatS3Address(bucketOfAddress(url))).toBe(expected);
});

test.each<[JsonValue, boolean]>([
  [{ bucket: 'lab' }, true],
  [{ bucket: 'lab', prefix: '/bytes', endpoint: 'https://{bucket}.s3.test', region: 'auto' }, true],
  [{ bucket: 'lab', endpoint: 's3.example.org' }, false],
  [{ bucket: 'lab', endpoint: 'https://key@s3.example.org' }, false],
  [{ bucket: 'lab', region: 'a b' }, false],
  [{ bucket: 'lab', prefix: '../x' }, false],
  [{ prefix: 'x' }, false],
  ['lab', false],
])('"s3" of a store: %j', (s3, isTaken) => {
  const { archive, problems } = toArchive({
    name: 'Lab',
    identifierPrefix: 'LAB-DANDI',
    site: 'https://lab.example.org/',
    repository: 'https://github.com/lab/archive',
    stores: [{ kind: 'http', url: 'https://bytes.example.org/', s3 }],
  });
  expect(problems.map(({ pointer }) => pointer)).toEqual(isTaken ? [] : ['/stores']);
  expect(archive?.stores[0]?.s3?.bucket).toBe(isTaken ? 'lab' : undefined);
});
