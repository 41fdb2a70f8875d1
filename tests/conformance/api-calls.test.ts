// Calls that public scripts make, against each kind of host. The table of the handbook is what was seen:
//   WRITE_CALLS=1 npx vitest run --project conformance tests/conformance/api-calls.test.ts

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, onTestFinished, test } from 'vitest';
import { readableAssets } from '../../src/core/records/asset-list.ts';
import { member, textMember } from '../../src/core/json/json-text.ts';
import { serveProgramFiles, writeProgramFiles } from '../support/sites/api-site.ts';
import { demoContent } from '../support/sites/built-site.ts';
import { cloudflare } from '../support/hosts/cloudflare.ts';
import { serveHost, type Host, type Upload } from '../support/hosts/host.ts';
import { netlify } from '../support/hosts/netlify.ts';
import { nginx, REAL_HOSTS, serveByNginx } from '../support/hosts/real-hosts.ts';
import { describeWith, repository, type NeededPart } from '../support/needed-part.ts';
import { runPasted } from '../support/process/dandi-client.ts';
import { python } from '../support/process/python.ts';
import { filesBelow, temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

const storage = path.join(repository, 'storage');
const demoBytes: NeededPart = {
  path: storage,
  absent: existsSync(path.join(storage, 'blobs'))
    ? undefined
    : 'no bytes of the demo in storage/ (npm run demo -- --storage)',
};
const caddy = REAL_HOSTS.find(([name]) => name === 'Caddy')![1];

const PAGE = path.join(demoContent, 'pages/programs.mdx');
const BEGINNING = '{/* The table is the output of tests/conformance/api-calls.test.ts. */}';
const END = '{/* End of the table. */}';

const NUMBER = '000001';
const VERSION = '0.250702.1411';
const FOLDER = 'sub-M2/';
const PUBLIC = 'https://dandi-demo.example/';

/** The records of the demo as an archive at this address has them; it names its store first on request. */
function demoAt(site: string, storeFirst: boolean): string {
  const content = path.join(temporaryFolder(), 'content');
  const files = [...filesBelow(demoContent)]
    .filter(([name]) => /\.jsonl?$/.test(name))
    .map(([name, text]): [string, string] => {
      const here = text.replaceAll(PUBLIC, site);
      const swapped = storeFirst
        ? here.replace(/"contentUrl":\[("[^"]*"),("[^"]*")\]/g, '"contentUrl":[$2,$1]')
        : here;
      return [name, swapped];
    });
  writeFiles(content, Object.fromEntries(files));
  return content;
}

/** What the calls must find, from the records. */
function factsOf(content: string, site: string): object {
  const folder = path.join(content, 'dandisets/000');
  const versionFolder = path.join(folder, NUMBER, VERSION);
  const record = readFileSync(path.join(versionFolder, 'dandiset.json'), 'utf8');
  const assets = [...readableAssets(readFileSync(path.join(versionFolder, 'assets.jsonl')))];
  const paths = assets.map((asset) => asset.path);
  const asset = assets.find((one) => one.path.startsWith(FOLDER))!;
  const blob = asset.blob!;
  const numbers = [...new Set([...filesBelow(folder).keys()].map((name) => name.split('/')[0]!))];
  const versionsOf = (number: string): string[] => [
    ...new Set(
      [...filesBelow(path.join(folder, number)).keys()].map((name) => name.split('/')[0]!),
    ),
  ];
  return {
    site,
    number: NUMBER,
    version: VERSION,
    record: JSON.parse(record) as unknown,
    paths,
    asset: {
      path: asset.path,
      uuid: asset.assetId,
      id: `${blob.slice(0, 3)}/${blob.slice(3, 6)}/${blob}`,
      sha256: textMember(member(asset.metadata, 'digest'), 'dandi:sha2-256'),
    },
    folder: FOLDER,
    inFolder: paths.filter((one) => one.startsWith(FOLDER)),
    glob: '*_ses-*.nwb',
    byGlob: paths.filter((one) => /_ses-.*\.nwb$/.test(one)),
    numbers,
    published: numbers.filter((number) => versionsOf(number).some((name) => /^0\./.test(name))),
    word: 'hippocampus',
    withWord: numbers.filter((number) =>
      [...filesBelow(path.join(folder, number))].some(
        ([name, text]) => name.endsWith('dandiset.json') && /hippocampus/i.test(text),
      ),
    ),
  };
}

/** A kind of host: the address of the site on it, and the records that it has. */
type Started = { site: string; content: string };

/** A site whose documents contain the address of its host, which is known only once that has started. */
async function onHost(
  host: 'netlify' | 'cloudflare' | 'nginx' | undefined,
  start: (upload: Upload) => Promise<{ url: string; close(): Promise<void> }>,
): Promise<Started> {
  const dist = temporaryFolder();
  mkdirSync(path.join(dist, 'hosting'));
  await writeProgramFiles(demoContent, dist, host === undefined ? {} : { host });
  const server = await start({ dist, storage });
  onTestFinished(() => server.close());
  const content = demoAt(server.url, host === undefined);
  await writeProgramFiles(content, dist, host === undefined ? {} : { host });
  return { site: server.url, content };
}

const emulated =
  (host: (upload: Upload) => Host) =>
  (upload: Upload): ReturnType<typeof serveHost> =>
    serveHost((target) => host(upload)(target));

const HOSTS: [head: string, start: () => Promise<Started>][] = [
  [
    '`npm start`',
    async () => {
      const server = await serveProgramFiles(demoContent, temporaryFolder());
      onTestFinished(() => server.close());
      return { site: server.url, content: demoContent };
    },
  ],
  ...REAL_HOSTS.map(([name, , serve, rules]): (typeof HOSTS)[number] => [
    name,
    () =>
      onHost('nginx', ({ dist }) => serve({ dist, storage }, path.join(dist, 'hosting', rules))),
  ]),
  ['Netlify', () => onHost('netlify', emulated(netlify))],
  ['Cloudflare', () => onHost('cloudflare', emulated(cloudflare))],
  [
    'a host for files',
    () =>
      onHost(undefined, (upload) => {
        const rules = path.join(temporaryFolder({ none: '' }), 'none');
        return serveByNginx(upload, rules);
      }),
  ],
];

/** The calls and what each of them got. */
async function callsTo({ site, content }: Started): Promise<[call: string, outcome: string][]> {
  const folder = temporaryFolder({ 'facts.json': JSON.stringify(factsOf(content, site)) });
  const script = path.join(import.meta.dirname, 'api_calls.py');
  const { code, stdout, stderr } = await runPasted(`python '${script}' facts.json`, folder);
  expect(code, stderr).toBe(0);
  if (process.env['SHOW_FAILURES'] !== undefined) console.log(site, stderr);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as [string, string][];
}

/** Where a call works, in words, from the outcome on each host. */
function whereItWorks(outcomes: readonly [host: string, outcome: string][]): string {
  const hosts = (wanted: string): string[] =>
    outcomes.filter(([, outcome]) => outcome === wanted).map(([host]) => host);
  const [yes, whole] = [hosts('yes'), hosts('whole list')];
  if (yes.length === outcomes.length) return 'everywhere';
  if (whole.length === 0) return yes.join(', ');
  const isRest = yes.length + whole.length === outcomes.length;
  return `${yes.join(', ')}; the whole list comes ${isRest ? 'elsewhere' : `from ${whole.join(', ')}`}`;
}

const cellsOf = (table: string): string[][] =>
  table
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[\s|:-]+$/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );

describeWith([python, demoBytes, nginx, caddy], 'calls that public scripts make', () => {
  test('get what the handbook says, on each kind of host', { timeout: 900_000 }, async () => {
    const columns: { head: string; calls: [call: string, outcome: string][] }[] = [];
    for (const [head, start] of HOSTS) columns.push({ head, calls: await callsTo(await start()) });
    const [local] = columns;
    const table = [
      ['Call', 'Where it works'],
      ...local!.calls.map(([call], row) => [
        call,
        whereItWorks(columns.map(({ head, calls }) => [head, calls[row]![1]])),
      ]),
    ];
    expect(local!.calls.length).toBeGreaterThanOrEqual(25);
    expect(local!.calls.filter(([, outcome]) => outcome !== 'yes')).toEqual([]);

    const page = readFileSync(PAGE, 'utf8');
    const [before = '', rest = ''] = page.split(BEGINNING);
    const [said = '', after = ''] = rest.split(END);
    if (process.env['WRITE_CALLS'] !== undefined) {
      const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
      const rule = line(table[0]!.map(() => '---'));
      const text = line(table[0]!) + rule + table.slice(1).map(line).join('');
      const whole = `${before}${BEGINNING}\n\n${text}\n${END}${after}`;
      const settings = { ...(await resolveConfig(PAGE)), filepath: PAGE };
      writeFileSync(PAGE, await format(whole, settings));
      return;
    }
    expect(cellsOf(said)).toEqual(table);
  });
});
