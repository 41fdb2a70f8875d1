// Records that try to break a page, a path or a program: everything an outsider could write into a pull
// request. Made as text, so that they can contain repeated and prototype keys.

import type { Files } from '../temporary-folder.ts';

/** Sets `window.__hit` wherever it is treated as markup or code. */
export const SCRIPT = `"'></title></script></textarea><script>window.__hit=1</script><img src=x onerror="window.__hit=1"><svg/onload=window.__hit=1>`;

const EMAIL = 'hostile.person@example.org';
/** It is in a path and nowhere else: the name of a file is not prose, and stays as it is. */
export const ADDRESS_IN_PATH = 'name.of.a.file@example.org';
/** Right-to-left override, isolates, a byte order mark and a bell. */
const CONTROLS = '\u202e\u2066gnp.exe\u2069\u202c\ufeff\u0007';
const text = `${SCRIPT} ${CONTROLS} ${EMAIL}`;
const VERSION = '0.250101.1200';
const UUID = 'aaaaaaaa-1111-4222-8333-444444444444';

type Json = Record<string, unknown>;

const record = (number: string, version: string, more: Json): string =>
  JSON.stringify({
    identifier: `DANDI:${number}`,
    version,
    schemaVersion: '0.6.4',
    schemaKey: 'Dandiset',
    ...more,
  });

const asset = (path: string, metadata: Json = {}, more: Json = {}): string =>
  JSON.stringify({
    asset_id: UUID,
    blob: UUID,
    path,
    size: 7,
    created: '2025-01-01T00:00:00Z',
    modified: '2025-01-01T00:00:00Z',
    metadata: { schemaKey: 'Asset', path, ...metadata },
    ...more,
  });

/** Every field of a record with the same text in it. */
function everyField(value: unknown): Json {
  const thing = { schemaKey: value, name: value, identifier: value, url: value };
  const summary = {
    numberOfFiles: value,
    numberOfBytes: value,
    species: [thing],
    approach: [thing],
    measurementTechnique: [thing],
    variableMeasured: [value, { value }],
    dataStandard: [thing],
  };
  return {
    name: value,
    description: value,
    releaseNotes: value,
    citation: value,
    doi: value,
    url: value,
    acknowledgement: value,
    license: [value],
    keywords: [value],
    studyTarget: [value],
    protocol: [value, thing],
    access: [{ status: value, embargoedUntil: value, description: value, contactPoint: thing }],
    contributor: [
      value,
      {
        ...thing,
        schemaKey: 'Person',
        roleName: [value, 'dcite:ContactPerson', 'dcite:Funder'],
        awardNumber: value,
        affiliation: [thing],
        email: EMAIL,
      },
      { ...thing, schemaKey: 'Organization', roleName: ['dcite:Sponsor'], includeInCitation: true },
    ],
    relatedResource: [{ ...thing, relation: value, repository: value, resourceType: value }, value],
    about: [thing],
    ethicsApproval: [{ ...thing, contactPoint: thing }],
    wasGeneratedBy: [{ ...thing, description: value }],
    assetsSummary: summary,
    dateCreated: value,
    dateModified: value,
    datePublished: value,
    publishedBy: thing,
  };
}

const ADDRESSES = [
  'javascript:window.__hit=1',
  ' java\tscript:window.__hit=1',
  'JAVASCRIPT:window.__hit=1//https://example.org',
  'data:text/html,<script>window.__hit=1</script>',
  'vbscript:window.__hit=1',
  'https://user:secret@example.org/',
  '//evil.example/x',
  'https://example.org/"onclick="window.__hit=1',
];

/** What Markdown could be tricked into. */
export const MARKDOWN = [
  ...ADDRESSES.map((address) => `[link](${address}) [ref] ![image](${address}) <${address}>`),
  ...ADDRESSES.map((address, at) => `[ref${at}]: ${address}\n\n[text][ref${at}]`),
  '[entity](&#106;avascript:window.__hit=1) [entity](javascript&colon;window.__hit=1)',
  `<${EMAIL}> mailto:${EMAIL} [mail](mailto:${EMAIL}) [x](https://example.org/?to=${EMAIL})`,
  `${SCRIPT}\n\n<details open ontoggle=window.__hit=1>\n\n<style>*{display:none}</style>`,
  '| a | b |\n|---|---|\n| <script>window.__hit=1</script> | `<b>` |',
  `${'# '.repeat(50)}heading\n\n${'W'.repeat(3000)}`,
  '```html\n<script>window.__hit=1</script>\n```',
].join('\n\n');

const deep = (count: number): string =>
  [
    `${'['.repeat(count)}x${']'.repeat(count)}(y)`,
    `${'> '.repeat(count)}x`,
    `${'*'.repeat(count)}x`,
    `${'`'.repeat(count)}`,
    '<!--'.repeat(count),
  ].join('\n\n');

/** Names of terms that must not become folders, nor end an address early. */
export const LABELS = [
  '../../../x',
  '..',
  '.',
  'a/b/c',
  'half 100% done',
  '%2e%2e%2f',
  'what? and #why',
  '\u{1f9e0}',
  '\u{1f9e0}'.repeat(60),
  `${'a'.repeat(79)}\u{10400}\u{10400}`,
  'long '.repeat(200),
  'index.html',
  'page',
  'CON',
  '__proto__',
  'constructor',
  '-',
  'Ünïcode 脳',
];

const termFacets = (labels: readonly string[]): Json => {
  const terms = labels.map((name) => ({ name }));
  return {
    assetsSummary: {
      numberOfFiles: 1,
      numberOfBytes: 7,
      species: labels.map((name) => ({ name, identifier: `NCBITaxon_${name}` })),
      approach: terms,
      measurementTechnique: terms,
      dataStandard: terms,
    },
    license: labels.map((label) => `spdx:${label}`),
    contributor: labels.flatMap((label) => [
      { schemaKey: 'Person', name: label, identifier: `0000-0000-0000-000X/${label}` },
      { schemaKey: 'Person', name: label, identifier: label, roleName: ['dcite:Funder'] },
      {
        schemaKey: 'Person',
        name: label,
        identifier: 'https://ror.org/000000000',
        roleName: ['dcite:Sponsor'],
      },
      {
        schemaKey: 'Organization',
        name: label,
        identifier: `https://ror.org/${label}`,
        roleName: ['dcite:Funder'],
      },
    ]),
  };
};

/** Paths of assets; the first ones must never be treated as paths on a disk. */
export const PATHS = [
  '../../x',
  '../../../../../../tmp/hostile-escape',
  '/etc/passwd',
  'a/../../b',
  './c',
  'd//e',
  '',
  '/',
  'f/',
  'sub-01/what?#%41 100% \u{1f9e0} & "quotes" \'.nwb',
  'sub-01/<img src=x onerror=window.__hit=1>.nwb',
  'javascript:window.__hit=1',
  '__proto__/constructor/toString.nwb',
  'constructor.nwb',
  `sub-02/${CONTROLS}.nwb`,
  'back\\slash\\..\\..\\y.nwb',
  'CON',
  'trailing. ',
  'index.html',
  'files.json',
  `${'deep/'.repeat(300)}x.nwb`,
  `${'n'.repeat(4000)}.nwb`,
  `${ADDRESS_IN_PATH}/data of ${ADDRESS_IN_PATH}.nwb`,
];

/** A version with odd paths, and a draft with enough of them to be packed into several files. */
function pathRecords(): Files {
  const packed = Array.from({ length: 2500 }, (_, at) => `${PATHS[at % PATHS.length]}/${at}.nwb`);
  const files: Files = {};
  for (const [version, paths] of [
    [VERSION, PATHS],
    ['draft', packed],
  ] as const) {
    files[`${version}/dandiset.json`] = record('000006', version, { name: 'paths' });
    files[`${version}/assets.jsonl`] = paths.map((path) => asset(path)).join('\n');
  }
  return files;
}

/** Mirror records, as `dandiset import` accepts them. */
export function hostileSource(): Files {
  const files: Files = {};
  const add = (number: string, version: string, more: Json, assets?: string[]): void => {
    files[`${number}/${version}/dandiset.json`] = record(number, version, more);
    if (assets !== undefined) files[`${number}/${version}/assets.jsonl`] = assets.join('\n');
  };
  add('000001', VERSION, everyField(text), [asset('a.nwb', everyField(text))]);
  add('000001', 'draft', everyField(text), [asset('a.nwb', everyField(text), { zarr: text })]);
  add('000002', VERSION, everyField(MARKDOWN), []);
  ADDRESSES.forEach((address, at) => add(`00001${at}`, VERSION, everyField(address)));
  const many = (count: number, of: (at: number) => unknown): unknown[] =>
    Array.from({ length: count }, (_, at) => of(at));
  const long = {
    name: 'n'.repeat(100_000),
    description: `${'Ten million characters. '.repeat(420_000)}${EMAIL}`,
    keywords: many(100_000, (at) => `keyword ${at}`),
    contributor: many(3000, (at) => ({ schemaKey: 'Person', name: `Family${at}, Given` })),
    relatedResource: many(3000, (at) => ({ url: `https://example.org/${at}`, relation: 'x' })),
    assetsSummary: { variableMeasured: many(50_000, (at) => `variable ${at}`) },
    license: many(3000, (at) => `spdx:licence-${at}`),
    access: many(3000, () => ({ status: 'dandi:OpenAccess' })),
  };
  add('000003', VERSION, long);
  add('000004', VERSION, { name: 'deep', description: deep(10_000), releaseNotes: deep(2000) });
  add('000005', VERSION, { name: 'labels', ...termFacets(LABELS) });
  add('000005', 'draft', { name: 'labels' }, [
    asset('a.nwb', { approach: LABELS.map((name) => ({ name })) }),
  ]);
  const paths = pathRecords();
  for (const [name, contents] of Object.entries(paths)) files[`000006/${name}`] = contents;
  const prototype = '"__proto__":{"hit":1},"constructor":{"prototype":{"hit":1}},"toString":"x"';
  files['000007/draft/dandiset.json'] =
    `{"identifier":"DANDI:000007","version":"draft",${prototype},"name":"keys","contributor":[{${prototype}}],"assetsSummary":{${prototype}}}`;
  files['000007/draft/assets.jsonl'] =
    `{"asset_id":"${UUID}","blob":"__proto__","path":"a.nwb","size":1,${prototype},"metadata":{${prototype},"digest":{${prototype}}}}`;
  for (const [at, odd] of [null, 7, true, [], [[]], {}, [null], [7], [{}]].entries())
    add(`00002${at}`, VERSION, everyField(odd), [asset('a.nwb', everyField(odd))]);
  return files;
}

/** Files that no import would write, below `content/`. */
export function hostileContent(): Files {
  const inside = 'dandisets/000';
  const withdrawal = { reason: text, date: text, by: text, successor: '../../x' };
  const paths = Object.entries(pathRecords()).map(([name, data]) => [
    `${inside}/000006/${name}`,
    data,
  ]);
  return {
    ...(Object.fromEntries(paths) as Files), // refused by the import
    [`${inside}/000001/status.json`]: `{"owners":"x","withdrawals":{"__proto__":1,"${VERSION}":${JSON.stringify(withdrawal)}},"doiRegistered":{"a":1}}`,
    [`${inside}/000002/status.json`]: '{"withdrawals":[1,2],"owners":[{}],"redactions":7}',
    [`${inside}/000004/status.json`]: 'no JSON at all',
    [`${inside}/000030/draft/dandiset.json`]: '{"name": cut of',
    [`${inside}/000031/draft/dandiset.json`]: '['.repeat(5000) + ']'.repeat(5000),
    [`${inside}/000031/draft/assets.jsonl`]: 'no JSON\n\u0000\n{}\n',
    [`${inside}/000032/draft/dandiset.json`]: '"a text"',
    [`${inside}/000032/draft/assets.ref.json`]: '{"sha256":"../../../etc/passwd","count":-1}',
    [`${inside}/000033/0.999999.9999/dandiset.json`]: record('000033', 'x', { name: 'no day' }),
    [`${inside}/000033/0.999999.9999/manifest.json`]: '{"files":[{"name":"../../x"}]}',
    [`${inside}/000033/0.1.2/dandiset.json`]: record('000033', 'x', { name: text }),
    [`${inside}/000033/..%2fx/dandiset.json`]: record('000033', 'x', { name: text }),
    [`${inside}/notanumber/draft/dandiset.json`]: record('000034', 'draft', { name: text }),
    [`${inside}/000034/draft/dandiset.json`]: record('000035', 'draft', { name: 'other number' }),
    'submissions/<img src=x onerror=window.__hit=1>/dandiset.json': record('000000', 'draft', {
      name: text,
    }),
  };
}
