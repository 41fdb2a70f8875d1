import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { Questions } from './questions.ts';

const needed = (answer: string): string | undefined =>
  answer === '' ? 'It is needed.' : undefined;

function typed(...lines: string[]): { questions: Questions; said: () => string } {
  const output = new PassThrough();
  const input = new PassThrough();
  input.end(lines.map((line) => `${line}\n`).join(''));
  return { questions: new Questions(input, output), said: () => String(output.read() ?? '') };
}

test('asks again until an answer can be used, and uses the proposal for an empty one', async () => {
  const { questions, said } = typed('', ' Hill Lab ', '');
  expect(await questions.ask({ text: 'Name', problemWith: needed })).toBe('Hill Lab');
  expect(await questions.ask({ text: 'Host', proposal: 'pages', problemWith: needed })).toBe(
    'pages',
  );
  expect(said()).toBe('Name:   It is needed.\nName: Host [pages]: ');
  questions.close();
});

test('an input that ends says how to answer otherwise', async () => {
  const { questions } = typed('');
  await expect(questions.ask({ text: 'Name', problemWith: needed })).rejects.toMatchObject({
    code: 'usage',
    hint: expect.stringContaining('options') as string,
  });
});
