// What pages and the handbook offer for copying, pasted into a shell as a user does.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtSite, demoContent, type BuiltSite } from '../support/sites/built-site.ts';
import { runPasted, wrongFiles } from '../support/process/dandi-client.ts';
import { tagsOf } from '../support/sites/html.ts';
import { demoBytes, describeWith } from '../support/needed-part.ts';
import { python } from '../support/process/python.ts';
import { filesBelow, temporaryFolder } from '../support/temporary-folder.ts';

const PLACE = 'dandiset/000001/0.250702.1411/';
const LIST = path.join(demoContent, 'dandisets/000/000001/0.250702.1411/assets.jsonl');

describeWith([python, demoBytes], 'what is offered for copying', () => {
  let site: BuiltSite;
  beforeAll(async () => {
    site = await builtSite({ content: demoContent });
  });
  afterAll(() => site?.close());

  // The client is installed already; the address is the one the page's script would write.
  const here = (text: string): string =>
    text.replace(/^pip install .*\n/m, '').replaceAll('http://localhost:8000/', site.url);

  const paste = async (lines: string, folder: string): Promise<string> => {
    const { code, stdout, stderr } = await runPasted(here(lines), folder);
    expect(code, `${lines}\n${stderr}`).toBe(0);
    return stdout;
  };

  const copied = (page: string): string[] =>
    tagsOf(readFileSync(path.join(site.dist, page, 'index.html'), 'utf8'))
      .map(({ attributes }) => attributes.get('data-copy') ?? '')
      .filter((text) => /^dandi |\ndandi /.test(text));

  test('on a page: the version, a folder of it and its list', async () => {
    const [download = '', folder = '', list = ''] = copied(`${PLACE}files`);
    const [whole, part] = [temporaryFolder(), temporaryFolder()];
    await paste(download, whole);
    const assets = readFileSync(LIST);
    expect(wrongFiles(assets, path.join(whole, '000001'))).toEqual([]);
    await paste(folder, part);
    const inFolder = [...filesBelow(part).keys()];
    expect(inFolder.length).toBeGreaterThan(0);
    expect(wrongFiles(assets, part, { among: inFolder })).toEqual([]);
    const listed = await paste(list, temporaryFolder());
    expect(listed).toContain(inFolder[0]);
    // A version's page offers the same.
    expect(copied(PLACE)).toEqual([download, list]);
  });
});
