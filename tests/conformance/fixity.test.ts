// Plain tools and one digest are enough to check a version: on the built demo, with the real sha256sum, by
// exactly the commands that pages and handbook show.

import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryTree } from '../../src/adapters/content-files/memory-tree.ts';
import { checksumLine } from '../../src/core/digests/checksum-line.ts';
import { blobKeyPath } from '../../src/core/records/asset.ts';
import { readableAssets } from '../../src/core/records/asset-list.ts';
import { versionDigest } from '../../src/core/records/manifest.ts';
import { decodeEntities } from '../support/sites/html.ts';
import { builtSite, demoContent, serveSite, type BuiltSite } from '../support/sites/built-site.ts';
import { describeWith, repository, type NeededPart } from '../support/needed-part.ts';
import { runCli, runProgram } from '../support/process/run-cli.ts';
import { ensureStorage } from '../../demo/storage.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { checkArchive } from '../../src/workflows/archive/check-archive.ts';

const hasTools = ['sha256sum', 'curl', 'sh'].every(
  (tool) => spawnSync(tool, ['--version']).error === undefined,
);
const plainTools: NeededPart = {
  path: 'sha256sum',
  absent: hasTools ? undefined : 'no sha256sum, curl and sh',
};

function sha256sum(folder: string, ...args: string[]): { code: number | null; out: string } {
  const { status, stdout, stderr } = spawnSync('sha256sum', args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  return { code: status, out: stdout + stderr };
}

/** The Dandiset of the demo with a chain of three versions, oldest first. */
const CHAIN = ['0.250114.1002', '0.250318.0930', '0.250702.1411'] as const;
const [OLDEST, MIDDLE, NEWEST] = CHAIN;
const RECORDS = 'dandisets/000/000001';

let site: BuiltSite;
beforeAll(async () => {
  if (hasTools) site = await builtSite({ content: demoContent });
});
afterAll(() => site?.close());

/** The text of a page. */
function pageText(folder: string): string {
  const html = readFileSync(path.join(folder, 'index.html'), 'utf8');
  return decodeEntities(html.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ');
}

/** Folders of published versions below a folder: those that hold a manifest. */
function frozenFolders(): string[] {
  return readdirSync(path.join(site.dist, 'dandiset'), { recursive: true, encoding: 'utf8' })
    .filter((name) => path.basename(name) === 'manifest.json')
    .map((name) => path.join(site.dist, 'dandiset', path.dirname(name)))
    .sort();
}

describeWith(plainTools, 'the files of sha256sum', () => {
  test('agree with the frozen files of every version, withdrawn ones too', () => {
    const folders = frozenFolders();
    expect(folders.length).toBeGreaterThan(10);
    expect(folders.some((folder) => folder.endsWith('000003/0.240507.1200'))).toBe(true);
    for (const folder of folders) {
      const { code, out } = sha256sum(folder, '-c', '--strict', 'sha256sums.txt');
      expect([code, out]).toEqual([0, 'assets.jsonl: OK\ndandiset.json: OK\nmanifest.json: OK\n']);
    }
  });

  test('the digest of the manifest is the one on the page', () => {
    for (const folder of frozenFolders()) {
      const [digest = ''] = sha256sum(folder, 'manifest.json').out.split(' ');
      expect(digest).toMatch(/^[0-9a-f]{64}$/);
      const page = pageText(folder);
      expect(page).toMatch(new RegExp(`Version digest[^.]*manifest\\.json:\\s*${digest}`));
    }
  });

  test('agree with the data of every version, laid out by their names', async () => {
    const storage = temporaryFolder();
    expect((await ensureStorage(demoContent, storage)).missing).toEqual([]);
    let checked = 0;
    for (const folder of frozenFolders()) {
      const data = temporaryFolder();
      const assets = [...readableAssets(readFileSync(path.join(folder, 'assets.jsonl')))];
      const blobs = assets.filter(({ blob }) => blob !== undefined);
      for (const { path: name, blob = '' } of blobs) {
        mkdirSync(path.dirname(path.join(data, name)), { recursive: true });
        cpSync(path.join(storage, blobKeyPath(blob)!), path.join(data, name));
      }
      const sums = path.join(folder, 'files.sha256');
      // The files of a withdrawn version are no longer offered.
      expect(existsSync(sums)).toBe(blobs.length > 0 && !folder.endsWith('000003/0.240507.1200'));
      if (!existsSync(sums)) continue;
      const { code, out } = sha256sum(data, '-c', '--strict', sums);
      expect([code, out]).toEqual([0, blobs.map(({ path: name }) => `${name}: OK\n`).join('')]);
      checked += blobs.length;
      const page = pageText(folder);
      expect(page.includes('cannot be checked this way')).toBe(blobs.length < assets.length);
    }
    expect(checked).toBeGreaterThan(20);
  });

  test('names with backslashes and line breaks are written as sha256sum reads them', () => {
    const names = ['plain.nwb', 'back\\slash', 'two\nlines', 'ünï 😀', '*star', ' blank '];
    const folder = temporaryFolder(Object.fromEntries(names.map((name) => [name, name])));
    writeFileSync(
      path.join(folder, 'sums'),
      names.map((name) => checksumLine(versionDigest(name), name)).join(''),
    );
    const { code, out } = sha256sum(folder, '-c', '--strict', 'sums');
    expect([code, out.match(/OK/g)?.length]).toEqual([0, names.length]);
  });
});

/** The script of the handbook that walks from the newest version to the oldest. */
function handbookScript(dandiset: string, digest: string): string {
  const page = readFileSync(path.join(repository, 'content/pages/identifiers.mdx'), 'utf8');
  const [, script = ''] = /```sh\n(dandiset='[^`]+)```/.exec(page) ?? [];
  return script
    .replace('ADDRESS-OF-THE-DANDISET', dandiset)
    .replace('DIGEST-OF-THE-NEWEST-VERSION', digest)
    .replace('NEWEST NEXT OLDEST', CHAIN.toReversed().join(' '));
}

/** The one digest that a reader recorded before anything happened. */
const knownDigest = (): string =>
  versionDigest(readFileSync(path.join(demoContent, RECORDS, NEWEST, 'manifest.json')));

/** What the plain tools find: lines that are not OK, each after its version. */
async function foundByPlainTools(dist: string): Promise<string[]> {
  const served = await serveSite(dist, { content: demoContent });
  try {
    const script = handbookScript(`${served.url}dandiset/000001`, knownDigest());
    const folder = temporaryFolder();
    const { stdout } = await runProgram('sh', ['-c', `exec 2>&1; cd '${folder}'; ${script}`], {
      LC_ALL: 'C',
    });
    let version = '';
    const found: string[] = [];
    for (const line of stdout.split('\n')) {
      if ((CHAIN as readonly string[]).includes(line)) version = line;
      else if (line !== '' && !line.endsWith(': OK')) found.push(`${version} ${line}`);
    }
    return found;
  } finally {
    await served.close();
  }
}

/**
 * The folders of the chain in a copy of the records and in a copy of the site; both are damaged in the same
 * way.
 */
interface Copies {
  content: string;
  dist: string;
  /** The folders that hold the versions, one of either copy. */
  folders: string[];
}

function copies(): Copies {
  const folder = temporaryFolder();
  const content = path.join(folder, 'content');
  const dist = path.join(folder, 'dist');
  cpSync(demoContent, content, { recursive: true });
  for (const version of CHAIN) {
    const part = path.join('dandiset/000001', version);
    cpSync(path.join(site.dist, part), path.join(dist, part), { recursive: true });
  }
  writeFileSync(path.join(dist, 'index.html'), 'A site has a home page.');
  const folders = [path.join(content, RECORDS), path.join(dist, 'dandiset/000001')];
  return { content, dist, folders };
}

/** Errors of `dandiset check`: `version/file rule`. */
async function foundByCheck(content: string): Promise<string[]> {
  const { stdout } = await runCli('check', content, '--json');
  const { problems } = JSON.parse(stdout) as {
    problems: { severity: string; path: string; rule: string }[];
  };
  return problems
    .filter(({ severity }) => severity === 'error')
    .map(({ path: place, rule }) => `${place.replace(`${RECORDS}/`, '')} ${rule}`);
}

/** Writes sha256sums.txt as somebody would who replaces files and knows how they are checked. */
function sumAgain(folder: string): void {
  const files = ['assets.jsonl', 'dandiset.json', 'manifest.json'];
  const { out } = sha256sum(folder, ...files);
  writeFileSync(path.join(folder, 'sha256sums.txt'), out);
}

describeWith(plainTools, 'the script of the handbook and `dandiset check`', () => {
  test('find nothing in what was published', async () => {
    const { content, dist } = copies();
    expect([await foundByPlainTools(dist), await foundByCheck(content)]).toEqual([[], []]);
  });

  const FILES = ['dandiset.json', 'assets.jsonl', 'manifest.json'];
  test.each(CHAIN.flatMap((version) => FILES.map((file) => [version, file] as const)))(
    'find one flipped bit in %s/%s, and name the file',
    async (version, file) => {
      const { content, dist, folders } = copies();
      for (const folder of folders) {
        const place = path.join(folder, version, file);
        const bytes = readFileSync(place);
        const at = Math.floor(bytes.length / 2);
        bytes[at] = bytes[at]! ^ 1;
        writeFileSync(place, bytes);
      }
      const plain = await foundByPlainTools(dist);
      expect(plain).toContain(`${version} ${file}: FAILED`);
      const checked = await foundByCheck(content);
      // A digest that changed in a manifest looks like a changed file; the next version, which names the
      // manifest, shows which of them it was.
      expect(checked.filter((line) => line.startsWith(`${version}/`))).not.toEqual([]);
      const next = CHAIN[CHAIN.indexOf(version) + 1];
      if (file !== 'manifest.json') {
        expect(checked).toContain(`${version}/${file} frozen-file-changed`);
      } else if (next !== undefined) {
        expect(checked).toContain(`${next}/manifest.json manifest-chain`);
      }
    },
  );

  test('find two versions that were swapped', async () => {
    const { content, dist, folders } = copies();
    for (const folder of folders) {
      const at = (version: string): string => path.join(folder, version);
      renameSync(at(OLDEST), at('aside'));
      renameSync(at(MIDDLE), at(OLDEST));
      renameSync(at('aside'), at(MIDDLE));
    }
    // Each folder is consistent in itself; the digest that the newest version names reveals it.
    expect(await foundByPlainTools(dist)).toContain(`${MIDDLE} ${MIDDLE}/manifest.json: FAILED`);
    expect(await foundByCheck(content)).toEqual(
      expect.arrayContaining([
        `${OLDEST}/manifest.json manifest-identity`,
        `${MIDDLE}/manifest.json manifest-identity`,
      ]),
    );
  });

  test.each([MIDDLE, NEWEST])('find the chain cut at %s', async (version) => {
    const { content, dist, folders } = copies();
    for (const folder of folders) {
      const place = path.join(folder, version, 'manifest.json');
      const text = readFileSync(place, 'utf8');
      const cut = text.replace(/"previous":"[0-9a-f]{64}"/, '"previous":null');
      expect(cut).not.toBe(text);
      writeFileSync(place, cut);
    }
    sumAgain(path.join(dist, 'dandiset/000001', version));
    expect(await foundByPlainTools(dist)).toContain(`${version} ${version}/manifest.json: FAILED`);
    expect(await foundByCheck(content)).toContain(`${version}/manifest.json manifest-chain`);
  });
});

test('no bit of the newest manifest can change unnoticed, although no version names it yet', async () => {
  const files: Record<string, Uint8Array> = {};
  for (const name of readdirSync(demoContent, { recursive: true, encoding: 'utf8' })) {
    if (!/^archive\.json$|^dandisets\/000\/000001\/.+\.jsonl?$/.test(name)) continue;
    files[name] = readFileSync(path.join(demoContent, name));
  }
  const place = `${RECORDS}/${NEWEST}/manifest.json`;
  const right = files[place]!;
  const errors = async (): Promise<number> =>
    (await checkArchive({ tree: memoryTree(files) })).problems.filter(
      ({ severity }) => severity === 'error',
    ).length;
  expect(await errors()).toBe(0);
  const unseen: string[] = [];
  for (let at = 0; at < right.length; at += 1) {
    const bytes = right.slice();
    bytes[at] = bytes[at]! ^ 1;
    files[place] = bytes;
    if ((await errors()) === 0) unseen.push(new TextDecoder().decode(bytes.slice(0, at + 1)));
  }
  expect(unseen).toEqual([]);
});
