// Every block of code in the handbook that can run does: pasted into a shell, Python or DuckDB, in the folder of
// an archive and against the demo on the local server. A block that says no language, and one that is neither
// run nor listed with a reason, is a failure.

import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseJson } from '../../src/core/json/json-text.ts';
import { HANDBOOK } from '../../src/site/handbook/handbook.ts';
import {
  demoBytes,
  describeWith,
  everythingIsRequired,
  repository,
} from '../support/needed-part.ts';
import { runPasted } from '../support/process/dandi-client.ts';
import { python } from '../support/process/python.ts';
import { builtSite, demoContent, type BuiltSite } from '../support/sites/built-site.ts';
import { decodeEntities } from '../support/sites/html.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

/** Blocks of shell by their beginning, and what shows instead that they are right. */
const RUN_ELSEWHERE: readonly (readonly [beginning: string, where: string])[] = [
  ['npm ci\nnpx dandiset init', 'tests/large/archive.test.ts'],
  ['npm ci\nnpx dandiset check', 'tests/large/archive.test.ts'],
  ['aws s3api', 'tests/conformance/bucket-documents.test.ts'],
  ['curl -I -H', 'tests/conformance/bucket-documents.test.ts'],
];

/** Programs that a machine may lack, unless everything is required. */
const OTHER_PROGRAMS = ['aria2c', 'wget', 'rclone'];

function isInstalled(program: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return folders.some((folder) => existsSync(path.join(folder, program)));
}

const NWB = '000001/0.250702.1411';
const LIST = path.join(demoContent, 'dandisets/000', NWB, 'assets.jsonl');

interface Block {
  language: string;
  code: string;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function blocksOf(page: string): Block[] {
  return [...page.matchAll(/<pre[^>]*>\s*<code([^>]*)>([^]*?)<\/code>/g)].map(
    ([, attributes = '', code = '']) => ({
      language: /language-([a-z]+)/.exec(attributes)?.[1] ?? 'none',
      code: `${decodeEntities(code).trim()}\n`,
    }),
  );
}

/** A folder as an archive has it: records under git with a remote, the command, the store, files to work on. */
async function archiveFolder(): Promise<string> {
  const folder = temporaryFolder({ 'package.json': '{"name": "lab-archive", "private": true}' });
  cpSync(demoContent, path.join(folder, 'content'), { recursive: true });
  const programs = path.join(folder, 'node_modules', '.bin');
  mkdirSync(programs, { recursive: true });
  symlinkSync(path.join(repository, 'scripts', 'dandiset.mjs'), path.join(programs, 'dandiset'));
  symlinkSync(demoBytes.path, path.join(folder, 'storage'));
  const files = await runPasted(
    `git init -q -b main && git add content
     git -c user.name=Ada -c user.email=ada@lab.example commit -q -m Begin
     git remote add origin . && git fetch -q origin`,
    folder,
  );
  expect(files.code, files.stderr).toBe(0);
  const [first, second] = nwbFiles();
  writeFiles(folder, {
    FILE: 'bytes',
    'raw/one.nwb': readFileSync(first!.stored),
    'raw/two.nwb': readFileSync(second!.stored),
    'assets.jsonl': readFileSync(LIST),
  });
  return folder;
}

/** The newest first. */
function publishedVersions(): string[] {
  const names = readdirSync(path.join(demoContent, 'dandisets/000/000001'));
  return names
    .filter((name) => name.startsWith('0.'))
    .sort()
    .reverse();
}

function nwbFiles(): { key: string; stored: string }[] {
  return readFileSync(LIST, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { blob?: string }).blob ?? '')
    .filter((blob) => blob !== '')
    .map((blob) => `blobs/${blob.slice(0, 3)}/${blob.slice(3, 6)}/${blob}`)
    .map((key) => ({ key, stored: path.join(demoBytes.path, key) }));
}

describeWith([python, demoBytes], 'the code in the handbook', () => {
  let site: BuiltSite;
  beforeAll(async () => {
    site = await builtSite({ content: demoContent });
  });
  afterAll(() => site?.close());

  const htmlOf = (slug: string): string =>
    readFileSync(path.join(site.dist, 'handbook', slug, 'index.html'), 'utf8');

  /** What a reader writes for the words in capitals, and where the demo is here. */
  const filled = (code: string): string => {
    const dandiset = `${site.url}dandiset/000001`;
    const manifest = readFileSync(path.join(demoContent, 'dandisets/000', NWB, 'manifest.json'));
    const values: [RegExp, string][] = [
      [/^pip install .*\n/gm, ''],
      [/https?:\/\/(?:localhost:8000|dandi-demo\.example)\//g, site.url],
      // The lists beside a page have the address of `npm start`.
      [
        /^curl .*\/((?:aria2|urls)\.txt)$/gm,
        `$&\nsed -i 's#http://localhost:8000/#${site.url}#' $1`,
      ],
      [/ADDRESS-OF-THE-VERSION/g, `${site.url}dandiset/${NWB}`],
      [/ADDRESS-OF-THE-DANDISET/g, dandiset],
      [/DIGEST-OF-THE-NEWEST-VERSION/g, sha256(manifest)],
      [/NEWEST NEXT OLDEST/g, publishedVersions().join(' ')],
      [/'ADDRESS'|"…"/g, `"${site.url}storage/${nwbFiles()[0]!.key}"`],
      [/\/tmp\/archive\/content/g, 'content'],
    ];
    return values.reduce((text, [word, value]) => text.replace(word, value), code);
  };

  const run = async (code: string, folder: string): Promise<string> => {
    // The command as it is after its installation.
    const lines = `PATH="$PWD/node_modules/.bin:$PATH"\n${filled(code)}`;
    const { code: status, stdout, stderr } = await runPasted(lines, folder);
    expect(status, `${lines}\n${stdout}\n${stderr}`).toBe(0);
    return stdout;
  };

  const runners: Record<string, (code: string, folder: string) => Promise<unknown> | unknown> = {
    sh: async (code, folder) => {
      if (RUN_ELSEWHERE.some(([beginning]) => code.startsWith(beginning))) return;
      const absent = OTHER_PROGRAMS.some((one) => code.includes(`${one} `) && !isInstalled(one));
      if (absent && !everythingIsRequired()) return;
      await run(code, folder);
    },
    python: async (code, folder) => {
      writeFiles(folder, { 'download.py': filled(code) });
      // A script that is called with arguments by the next block is not run without them.
      if (code.includes('sys.argv')) return;
      expect(await run('python3 download.py', folder)).not.toBe('');
    },
    // DuckDB would fetch an extension for addresses, so it reads the same files of the built site.
    sql: async (code, folder) => {
      const local = code.replace(/https:\/\/dandi-demo\.example\//g, `${site.dist}/`);
      writeFiles(folder, { 'question.sql': local });
      const script =
        'import duckdb; print(len(duckdb.sql(open("question.sql").read()).fetchall()))';
      expect(Number(await run(`python3 -c '${script}'`, folder))).toBeGreaterThan(0);
    },
    json: (code) => {
      const texts = parseJson(code).ok ? [code] : code.trimEnd().split('\n');
      for (const text of texts) expect(parseJson(text).ok, text).toBe(true);
    },
    text: () => undefined,
  };

  test.each(HANDBOOK.map(({ slug }) => slug))('%s', async (slug) => {
    const folder = await archiveFolder();
    for (const { language, code } of blocksOf(htmlOf(slug))) {
      const runner = runners[language];
      expect(runner, `${language}: ${code}`).toBeDefined();
      await runner!(code, folder);
    }
  });
});

describe('what is run elsewhere', () => {
  test.each(RUN_ELSEWHERE)('%j is in %s', (_, where) => {
    expect(existsSync(path.join(repository, where))).toBe(true);
  });
});
