import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { Questions } from '../../adapters/terminal/questions.ts';
import { askToRemove } from './ask-to-remove.ts';

async function asked(paths: string[], typed: string): Promise<{ answer: boolean; shown: string }> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let shown = '';
  output.on('data', (piece: Buffer) => (shown += piece.toString()));
  input.end(typed);
  return { answer: await askToRemove(paths, new Questions(input, output)), shown };
}

const ZARR = ['x.zarr/.zgroup', 'x.zarr/0/0', 'x.zarr/0/1'];

test.each([
  ['yes\n', true],
  ['y\n', true],
  ['no\n', false],
  ['\n', false],
  ['what\nyes\n', true],
])('%j is %s', async (typed, expected) => {
  expect((await asked(['a.nwb'], typed)).answer).toBe(expected);
});

test('a Zarr is one file in the question, and list names all', async () => {
  const { answer, shown } = await asked(ZARR, 'list\nyes\n');
  expect(answer).toBe(true);
  const [before = '', after = ''] = shown.split('[no]: ');
  expect(before).toBe('  x.zarr/\nRemove 1 local file? yes, no or list ');
  for (const path of ZARR) expect(after).toContain(`  ${path}\n`);
});

test('of many files the first are shown', async () => {
  const paths = Array.from({ length: 30 }, (_, at) => `${at}.nwb`);
  const { shown } = await asked(paths, 'no\n');
  expect(shown).toContain('  19.nwb\n  … and 10 more\nRemove 30 local files?');
  expect(shown).not.toContain('20.nwb');
});
