// How many files a version makes, and how often its assets' metadata are in the site: budgets that keep a
// site of many versions within the limits of hosts.

import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtSite, demoContent, type BuiltSite } from '../support/sites/built-site.ts';
import { importedCorpus } from '../support/records/corpus.ts';
import { describeWith } from '../support/needed-part.ts';
import { shared } from '../support/shared.ts';

const MOST_FILES = 26;
const PAGE_SIZE = 1000;

interface Version {
  /** `000001/draft`. */
  name: string;
  /** Texts of its list that occur in the whole metadata of an asset and nowhere else. */
  marks: string[];
  assets: number;
}

/** Part of an asset's metadata that no list, summary or export has in this form: all its digests. */
function markOf(line: string): string | undefined {
  const { digest } = (JSON.parse(line) as { metadata: { digest?: object } }).metadata;
  return digest === undefined ? undefined : JSON.stringify(digest).slice(1, -1);
}

function versionsOf(content: string): Version[] {
  const dandisets = path.join(content, 'dandisets');
  return readdirSync(dandisets, { recursive: true, encoding: 'utf8' })
    .filter((name) => path.basename(name) === 'assets.jsonl')
    .map((name) => {
      const lines = readFileSync(path.join(dandisets, name), 'utf8').split('\n').slice(0, -1);
      const [, number = '', version = ''] = name.split(path.sep);
      const marks = [lines[0], lines.at(-1)].flatMap((line) => (line && markOf(line)) ?? []);
      return { name: `${number}/${version}`, marks, assets: lines.length };
    });
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function sizeTests(content: () => Promise<string>): void {
  let site: BuiltSite;
  let versions: Version[];
  let made: (version: string) => { beside: string[]; api: string[] };
  beforeAll(async () => {
    const folder = await content();
    versions = versionsOf(folder);
    site = await builtSite({ content: folder });
    made = (version) => {
      const [number = '', id = ''] = version.split('/');
      const api = path.join(site.dist, 'api/dandisets', number, 'versions', id);
      const all = readdirSync(path.join(site.dist, 'api/dandisets', number, 'versions'));
      return {
        beside: filesOf(path.join(site.dist, 'dandiset', number, id)),
        api: all.includes(id) ? filesOf(api) : [],
      };
    };
  });
  afterAll(() => site?.close());

  test(`a version has at most ${MOST_FILES} files in its folder, and no file per asset`, () => {
    expect(versions.length).toBeGreaterThan(10);
    const over = versions
      .map(({ name }) => ({ name, count: made(name).beside.length }))
      .filter(({ count }) => count > MOST_FILES);
    expect(over).toEqual([]);
  });

  test('the API has three files per version, and one for each thousand assets', () => {
    const over = versions
      .map(({ name, assets }) => {
        const most = 3 + Math.max(1, Math.ceil(assets / PAGE_SIZE));
        return { name, count: made(name).api.length, most };
      })
      .filter(({ count, most }) => count > most);
    expect(over).toEqual([]);
  });

  test('the whole metadata of an asset are in two files: the record, and the list of the API', () => {
    const over: string[] = [];
    let looked = 0;
    for (const { name, marks } of versions) {
      const { beside, api } = made(name);
      const texts = [...beside, ...api].map((file) => readFileSync(file));
      for (const mark of marks) {
        looked += 1;
        const count = texts.filter((text) => text.includes(mark)).length;
        if (count === 0 || count > 2) over.push(`${name}: ${mark} in ${count} files`);
      }
    }
    expect(over).toEqual([]);
    expect(looked).toBeGreaterThan(10);
  });
}

describe('the size of the demo', () => sizeTests(async () => demoContent));
describeWith(shared, 'the size of the corpus', () => sizeTests(importedCorpus));
