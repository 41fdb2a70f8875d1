import { describe, expect, it } from 'vitest';
import { splitJsonList, splitLines, splitYamlList, type ListItem } from './split-items.ts';

/** The items of a text that arrives in pieces of `size` bytes. */
async function itemsOf(
  split: (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<ListItem>,
  text: string,
  size: number,
): Promise<[number, string][]> {
  const bytes = new TextEncoder().encode(text);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let start = 0; start < bytes.length; start += size)
      yield bytes.subarray(start, start + size);
  }
  const items: [number, string][] = [];
  for await (const item of split(chunks())) items.push([item.line, item.text.trim()]);
  return items;
}

// Every cut between two pieces must give the same result, even within multi-byte characters.
describe.each([1, 2, 3, 5, 1000])('in pieces of %i bytes', (size) => {
  it('splits lines, whatever ends them', async () => {
    expect(await itemsOf(splitLines, '\uFEFF{"ü":1}\r\n\n  \n{"🧠":2}', size)).toEqual([
      [1, '{"ü":1}'],
      [4, '{"🧠":2}'],
    ]);
  });

  it('splits a JSON list by its outer commas', async () => {
    const text = '[\n {"a": "],\\"[", "b": [1, {}]},\n\n"x,y" , 3\n]\n';
    expect(await itemsOf(splitJsonList, text, size)).toEqual([
      [2, '{"a": "],\\"[", "b": [1, {}]}'],
      [4, '"x,y"'],
      [4, '3'],
    ]);
    expect(await itemsOf(splitJsonList, ' [ ] ', size)).toEqual([]);
  });

  it.each([
    ['{"a": 1}', 'does not hold'],
    ['[1, 2', 'ends before'],
    ['["a]', 'ends before'],
    ['[1,]', 'comma'],
    ['[1] 2', 'goes on'],
    ['[1}', 'too many'],
    ['', 'ends before'],
  ])('refuses %s', async (text, words) => {
    await expect(itemsOf(splitJsonList, text, size)).rejects.toThrow(words);
  });

  it('splits a YAML list at the margin only', async () => {
    const text = '---\n# list\n- a: 1\n  b: |\n    - text\n\n    more\n- - 1\n  - 2\n-\n  c: 3\n';
    expect(await itemsOf(splitYamlList, text, size)).toEqual([
      [3, 'a: 1\n  b: |\n    - text\n\n    more'],
      [8, '- 1\n  - 2'],
      [10, 'c: 3'],
    ]);
  });
});
