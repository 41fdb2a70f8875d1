import { expect, test } from 'vitest';
import type { DandisetNumber } from '../identifiers/dandiset-id.ts';
import { submittedFiles, releaseText } from './submitted-files.ts';
import { slugFor } from './submission-target.ts';

const draft = { kind: 'draft', number: '000004' as DandisetNumber } as const;

test('records are indented, lists compact and sorted, and every token keeps its spelling', () => {
  const files = submittedFiles({
    target: { kind: 'submission', slug: 'first-light' },
    dandiset: '{"name":"Zoë \\u00e9", "n":1.50e3}',
    assets: '{"path": "b/\u{1f600}", "size": 1.0}\r\n\n{"path":"b/\uff00"}\n{ "path":"a"}',
    release: releaseText('First.'),
  });
  expect(files).toEqual([
    {
      path: 'submissions/first-light/assets.jsonl',
      text: '{"path":"a"}\n{"path":"b/\uff00"}\n{"path":"b/\u{1f600}","size":1.0}\n',
    },
    {
      path: 'submissions/first-light/dandiset.json',
      text: '{\n  "name": "Zoë \\u00e9",\n  "n": 1.50e3\n}\n',
    },
    {
      path: 'submissions/first-light/release.json',
      text: '{\n  "releaseNotes": "First."\n}\n',
    },
  ]);
});

test('files in the written form keep every byte, in the folder of their number', () => {
  const first = submittedFiles({ target: draft, dandiset: '{"a":[],"b":{}}', assets: '' });
  expect(first.map(({ path }) => path)).toEqual([
    'dandisets/000/000004/draft/assets.jsonl',
    'dandisets/000/000004/draft/dandiset.json',
  ]);
  const [assets, dandiset] = first;
  expect(submittedFiles({ target: draft, dandiset: dandiset!.text, assets: assets!.text })).toEqual(
    first,
  );
});

test.each([
  [{ target: draft, dandiset: '{"a":1,}' }, 'content-unreadable', 'dandiset.json'],
  [{ target: draft, dandiset: '{"a":1,"a":2}' }, 'content-unreadable', 'there twice'],
  [{ target: draft, dandiset: '{}', assets: '{}\n' }, 'content-unreadable', 'no path'],
  [{ target: draft, dandiset: '{}', assets: '{"path":"a"}\n{' }, 'content-unreadable', 'line 2'],
  [{ target: { kind: 'submission', slug: '../x' }, dandiset: '{}' }, 'usage', '../x'],
] as const)('%j is refused', (submission, code, words) => {
  expect(() => submittedFiles(submission)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(words) }),
  );
});

test('a slug is made from any title', () => {
  expect(slugFor('Place cells in CA1: année 2!')).toBe('place-cells-in-ca1-annee-2');
  expect(slugFor('海馬')).toBe('new-dandiset');
  expect(slugFor(`${'x'.repeat(59)} y`)).toBe('x'.repeat(59));
});
