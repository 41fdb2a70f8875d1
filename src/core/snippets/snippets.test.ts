import { expect, test } from 'vitest';
import { matlabString, pythonString } from './literals.ts';
import { matlabLines } from './matlab-lines.ts';
import { pythonNotebook, pythonScript } from './python-files.ts';
import { pythonSnippet } from './python-snippet.ts';
import { versionSnippet } from './version-snippet.ts';

const HOSTILE = 'a"\n""" + __import__("os").system("x")\r\u2028\u0085\\\u202e😀\ud800.nwb';

test('hostile names stay on their line and inside their quotes', () => {
  expect(pythonString('a"\\\n😀é')).toBe(String.raw`"a\"\\\u000a\U0001f600\u00e9"`);
  const { code } = pythonSnippet({ path: HOSTILE, url: `https://x.example/${HOSTILE}` });
  const usual = pythonSnippet({ path: 'a.nwb', url: 'https://x.example/a' }).code;
  expect(code.split(/[\n\r\u2028\u0085]/).length).toBe(usual.split('\n').length);
  expect(code).toMatch(/^[\x20-\x7e\n]*$/);
  // Every quote that is not escaped ends what it began.
  for (const line of code.split('\n').filter((one) => one.includes('__import__')))
    expect(line.replace(/\\./g, '').split('"').length).toBe(3);
  const listed = versionSnippet({ identifier: HOSTILE, list: HOSTILE, store: HOSTILE }).code;
  expect(listed).toMatch(/^[\x20-\x7e\n]*$/);
});

test('MATLAB gets one line for each statement', () => {
  expect(matlabString("it's\n")).toBe("'it''s?'");
  const lines = matlabLines({ path: `sub-1/${HOSTILE}`, url: "https://x.example/'b" });
  expect(lines?.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^file = websave\('[\w.+-]+\.nwb', 'https:\/\/x\.example\/''b'\);$/),
    'nwb = nwbRead(file)  % MatNWB',
  ]);
  expect(matlabLines({ path: 'a.ome.zarr', url: 'https://x.example/' })).toBeUndefined();
});

test.each([
  ['sub-1/a.nwb', ['pynwb', 'h5py', 'remfile']],
  ['a.H5', ['h5py', 'fsspec[http]']],
  ['a.ome.zarr', ['zarr', 'fsspec[http]']],
  ['a.nwb.zarr', ['zarr', 'fsspec[http]']],
  ['a.tsv.gz', ['pandas']],
  ['a.parquet', ['pandas', 'pyarrow', 'fsspec[http]']],
  ['a.json', []],
  ['CHANGES', ['fsspec[http]']],
])('%s is opened with %j', (path, packages) => {
  const snippet = pythonSnippet({ path, url: 'https://x.example/key' });
  expect(snippet.packages).toEqual(packages);
  expect(pythonScript(snippet)).toContain(
    `# dependencies = [${packages.map((one) => `"${one}"`).join(', ')}]`,
  );
});

test('a notebook has what to install, then the lines', () => {
  const snippet = pythonSnippet({ path: 'a.tsv', url: 'https://x.example/key' });
  const { cells } = JSON.parse(pythonNotebook(snippet)) as { cells: { source: string[] }[] };
  expect(cells.map(({ source }) => source.join(''))).toEqual([
    '%pip install --quiet "pandas"',
    snippet.code.trimEnd(),
  ]);
});
