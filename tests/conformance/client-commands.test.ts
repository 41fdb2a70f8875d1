// What pages and the handbook offer for copying, pasted into a shell as a user does.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandText, type PageCommand } from '../../src/site/download/page-commands.ts';
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

  const commandsOf = (page: string): PageCommand[] =>
    tagsOf(readFileSync(path.join(site.dist, page, 'index.html'), 'utf8'))
      .map(({ attributes }) => attributes.get('data-command') ?? '')
      .filter((text) => text !== '')
      .map((text) => JSON.parse(text) as PageCommand);

  test('for the Python client: the version, and a folder of it', async () => {
    const commands = commandsOf(`${PLACE}files`);
    const client = commands.find(({ program }) => program === 'dandi');
    const lines = (folder: string): string =>
      client === undefined ? '' : (commandText(client, folder) ?? '');
    const [whole, part] = [temporaryFolder(), temporaryFolder()];
    await paste(lines(''), whole);
    const assets = readFileSync(LIST);
    expect(wrongFiles(assets, path.join(whole, '000001'))).toEqual([]);
    await paste(lines('sub-M1/'), part);
    const inFolder = [...filesBelow(part).keys()];
    expect(inFolder.length).toBeGreaterThan(0);
    expect(wrongFiles(assets, part, { among: inFolder })).toEqual([]);
    // A version's page offers the same.
    expect(commandsOf(PLACE)).toEqual(commands);
  });
});
