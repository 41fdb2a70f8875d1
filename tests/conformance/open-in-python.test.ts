// The programs that pages offer for opening files, run against the demo on the local server: one file of each
// type, as a script and as a notebook, and the list of a version.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readableAssets } from '../../src/core/records/asset-list.ts';
import { blobKeyPath, zarrKeyPath, type AssetRecord } from '../../src/core/records/asset.ts';
import { indexedSnippet } from '../../src/core/snippets/indexed-snippet.ts';
import { pythonNotebook, pythonScript } from '../../src/core/snippets/python-files.ts';
import { pythonSnippet } from '../../src/core/snippets/python-snippet.ts';
import { demoBytes, describeWith } from '../support/needed-part.ts';
import { runPasted } from '../support/process/dandi-client.ts';
import { python } from '../support/process/python.ts';
import { builtSite, demoContent, type BuiltSite } from '../support/sites/built-site.ts';
import { decodeEntities } from '../support/sites/html.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

const VERSIONS = ['000001/0.250702.1411', '000005/draft', '000006/draft', '000009/draft'];

interface Cell {
  cell_type: string;
  id: string;
  source: string[];
}

/** One file for each program that is offered for some of them. */
function oneOfEach(): AssetRecord[] {
  const byProgram = new Map<string, AssetRecord>();
  for (const version of VERSIONS) {
    const list = readFileSync(path.join(demoContent, 'dandisets/000', version, 'assets.jsonl'));
    for (const asset of readableAssets(list)) {
      const [, ...lines] = pythonSnippet({ path: asset.path, url: '' }).code.split('\n');
      const program = lines.join('\n');
      if (!byProgram.has(program)) byProgram.set(program, asset);
    }
  }
  return [...byProgram.values()];
}

describeWith([python, demoBytes], 'a file opened in Python', () => {
  let site: BuiltSite;
  beforeAll(async () => {
    site = await builtSite({ content: demoContent });
  });
  afterAll(() => site?.close());

  const run = async (program: string): Promise<string> => {
    const folder = temporaryFolder({ 'program.py': program });
    const { code, stdout, stderr } = await runPasted('python3 program.py', folder);
    expect(code, `${program}\n${stdout}\n${stderr}`).toBe(0);
    return stdout;
  };

  test('there is one of each type', () => {
    const endings = oneOfEach().map((asset) => path.extname(asset.path));
    expect(endings).toEqual(expect.arrayContaining(['.nwb', '.zarr', '.tsv', '.csv', '.json']));
  });

  test.each(oneOfEach().map((asset) => [asset.path, asset] as const))('%s', async (_, asset) => {
    const key = asset.zarr === undefined ? blobKeyPath(asset.blob!) : zarrKeyPath(asset.zarr);
    const snippet = pythonSnippet({ path: asset.path, url: `${site.url}storage/${key}` });
    const printed = await run(pythonScript(snippet));
    expect(printed.trim()).not.toBe('');
    const notebook = JSON.parse(pythonNotebook(snippet)) as { nbformat: number; cells: Cell[] };
    expect(notebook.nbformat).toBe(4);
    for (const { cell_type, id } of notebook.cells)
      expect([cell_type, /^[\w-]{1,64}$/.test(id)]).toEqual(['code', true]);
    const [cell, ...more] = notebook.cells.filter(({ id }) => id === 'open');
    expect(more).toEqual([]);
    // Python names some things by where they are in memory.
    const plain = (text: string): string => text.replace(/ at 0x\w+/g, '');
    expect(plain(await run(cell!.source.join('')))).toBe(plain(printed));
  });

  test('an HDF5 file by its index has the values of h5py', async () => {
    const asset = oneOfEach().find((one) => one.path.endsWith('.nwb'))!;
    const key = blobKeyPath(asset.blob!);
    const { code } = indexedSnippet({ path: asset.path, url: `${site.url}storage/${key}` })!;
    const check = `
import h5py, numpy, remfile
with h5py.File(remfile.File(url), "r") as right:
    for name in names:
        numpy.testing.assert_array_equal(file[name][()], right[name][()], name)
print("equal:", len(names))
`;
    const [, count] = /^equal: (\d+)$/m.exec(await run(code + check)) ?? [];
    expect(Number(count)).toBeGreaterThan(5);
    expect(indexedSnippet({ path: 'a.nwb', url: 'https://dandi.test/a.nwb' })).toBeUndefined();
  });

  test('a version is listed with the addresses of its files', async () => {
    const page = path.join(site.dist, 'dandiset', VERSIONS[0]!, 'index.html');
    const html = readFileSync(page, 'utf8');
    const [, code = ''] = /<code class="language-python">([^]*?)<\/code>/.exec(html) ?? [];
    const shown = decodeEntities(code).replaceAll('http://localhost:8000/', site.url);
    const lines = (await run(shown)).trim().split('\n');
    const list = path.join(demoContent, 'dandisets/000', VERSIONS[0]!, 'assets.jsonl');
    expect(lines.length).toBe([...readableAssets(readFileSync(list))].length);
    for (const line of lines) {
      const [, size, url = ''] = line.split(' ');
      const response = await fetch(url);
      expect((await response.arrayBuffer()).byteLength).toBe(Number(size));
    }
  });

  test('a name that would end a string is only a name', async () => {
    const name = 'a"\n__import__("os")._exit(7)\n#\u2028.json';
    const folder = temporaryFolder();
    writeFiles(folder, { 'a.json': '{"right": true}' });
    const { code } = pythonSnippet({ path: name, url: `file://${folder}/a.json` });
    expect(await run(code)).toBe("{'right': True}\n");
  });
});
