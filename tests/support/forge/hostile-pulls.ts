// Malicious pull requests, each with the rule that refuses it.

import path from 'node:path';
import { DRAFT, FIRST, SECOND, STATUS, SUBMISSION, TestArchive } from '../broken/test-archive.ts';
import type { ForgeDouble } from './forge-double.ts';
import { ENDLESS_FILES } from './hostile-files.ts';
import { largeBlob, nested, orphan, treeEntry } from './hostile-objects.ts';
import type { Proposal } from './propose.ts';

const NEW = 'content/submissions/mine';
const valid = new TestArchive();
const record = valid.text(`${SUBMISSION}/dandiset.json`);
const list = valid.text(`${SUBMISSION}/assets.jsonl`);
const own = { [`${NEW}/dandiset.json`]: record, [`${NEW}/assets.jsonl`]: list };

/** The text of a JSON file of the valid archive after a change. */
function edited(file: string, change: (value: Record<string, unknown>) => void): string {
  const archive = new TestArchive();
  archive.edit(file, change);
  return archive.text(file);
}

const SCRIPT =
  '"><script>alert(1)</script><img src=x onerror=alert(1)> @everyone ```\n![x](http://evil.example/x.png)';

/** Every text of a record replaced by a script, except those that name a type. */
function scripted(): string {
  const spoil = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string')
      return ['schemaKey', 'schemaVersion', 'identifier'].includes(key) ? value : SCRIPT;
    if (Array.isArray(value)) return value.map((item) => spoil(item, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, spoil(inner, name)]),
    );
  };
  return `${JSON.stringify(spoil(JSON.parse(record)), null, 2)}\n`;
}

/**
 * Proposals by name, and the rule that refuses each; what it would run creates the file `mark`, and what it
 * would read is the file `secret`.
 */
export function hostilePulls(
  forge: ForgeDouble,
  mark: string,
  secret = '/etc/passwd',
): Record<string, [rule: string, Proposal]> {
  const blob = forge.archive.git.writeBlob(Buffer.from(secret));
  const main = forge.archive.git.commit('main') ?? '';
  const file = (name: string, text: Uint8Array | string): Proposal => ({
    files: { ...own, [name]: text },
  });
  const changed = edited(`${SECOND}/dandiset.json`, (value) => (value['name'] = 'Other'));
  const mine = { owners: ['mallory'] };
  const endless = Object.entries(ENDLESS_FILES).map(
    ([name, [rule, place, text]]): [string, [string, Proposal]] => [
      name,
      [rule, file(`${NEW}/${place}`, text())],
    ],
  );
  return {
    ...Object.fromEntries(endless),
    'a changed version': [
      'published-version-changed',
      { files: { [`content/${SECOND}/dandiset.json`]: changed } },
    ],
    'a version and its manifest': [
      'published-version-changed',
      {
        files: {
          [`content/${SECOND}/dandiset.json`]: changed,
          [`content/${SECOND}/manifest.json`]: '{}',
        },
      },
    ],
    'a removed version': [
      'published-version-removed',
      {
        files: Object.fromEntries(
          ['dandiset.json', 'assets.jsonl', 'manifest.json'].map((name) => [
            `content/${FIRST}/${name}`,
            null,
          ]),
        ),
      },
    ],
    'a forged manifest': [
      'pull-request-version',
      {
        files: {
          [`content/dandisets/000/000001/0.260101.0000/manifest.json`]: valid.text(
            `${SECOND}/manifest.json`,
          ),
        },
      },
    ],
    'a redaction of another': [
      'pull-request-status',
      {
        files: {
          [`content/${SECOND}/dandiset.json`]: '{"notice":"gone"}\n',
          [`content/${STATUS}`]: edited(STATUS, (value) => {
            value['redactions'] = {
              '0.250201.1200': { notice: 'x', date: '2026-01-01', by: 'm', digest: 'x' },
            };
          }),
        },
      },
    ],
    'the status of another': [
      'pull-request-status',
      { files: { [`content/${STATUS}`]: `${JSON.stringify(mine)}\n` } },
    ],
    'a status beside a submission': [
      'pull-request-status',
      {
        files: { ...own, 'content/dandisets/000/000002/status.json': `${JSON.stringify(mine)}\n` },
      },
    ],
    'a status without a Dandiset': [
      'pull-request-number',
      { files: { 'content/dandisets/000/000003/status.json': `${JSON.stringify(mine)}\n` } },
    ],
    'what is derived from bytes': [
      'pull-request-outside',
      {
        files: {
          'content/dandisets/000/000001/derived.json': `{"recordings":"${'a'.repeat(64)}"}\n`,
        },
      },
    ],
    'a number of its own choice': [
      'pull-request-number',
      {
        files: {
          'content/dandisets/000/000777/draft/dandiset.json': record.replace(':000000', ':000777'),
        },
      },
    ],
    'a number that is taken': [
      'submission-identifier',
      file(`${NEW}/dandiset.json`, record.replace(':000000', ':000001')),
    ],
    'a draft taken away': [
      'pull-request-removal',
      {
        files: Object.fromEntries(
          ['dandiset.json', 'assets.jsonl', 'release.json'].map((name) => [
            `content/${DRAFT}/${name}`,
            null,
          ]),
        ),
      },
    ],
    'a link': [
      'pull-request-mode',
      { files: { ...own, [`${NEW}/release.json`]: { mode: '120000', sha: blob } } },
    ],
    'a linked folder': [
      'pull-request-mode',
      { files: { 'content/submissions/linked': { mode: '120000', sha: blob } } },
    ],
    'a submodule': [
      'pull-request-mode',
      { files: { ...own, [`${NEW}/sub`]: { mode: '160000', sha: main } } },
    ],
    'a file that runs': [
      'pull-request-mode',
      {
        files: {
          ...own,
          [`${NEW}/release.json`]: {
            mode: '100755',
            sha: forge.archive.git.writeBlob(Buffer.from('{}\n')),
          },
        },
      },
    ],
    'a file of 200 MB': [
      'file-too-large',
      { files: { ...own, [`${NEW}/dandiset.json`]: { mode: '100644', sha: largeBlob(forge) } } },
    ],
    'a file that belongs nowhere': ['file-without-place', file(`${NEW}/run.sh`, `touch ${mark}`)],
    'a file where a folder is': [
      'file-without-place',
      { files: { [`content/submissions/plain`]: 'x' } },
    ],
    'a foreign folder': [
      'pull-request-scope',
      file(
        `content/${DRAFT}/dandiset.json`,
        edited(`${DRAFT}/dandiset.json`, (value) => (value['name'] = 'Mine')),
      ),
    ],
    'two submissions': [
      'pull-request-scope',
      { files: { ...own, 'content/submissions/more/dandiset.json': record } },
    ],
    'a vocabulary beside it': [
      'pull-request-scope',
      file('content/vocabularies/species.json', '{"terms":[]}\n'),
    ],
    'a workflow': [
      'pull-request-outside',
      {
        files: {
          '.github/workflows/check.yml': `on: push\njobs: {x: {runs-on: x, steps: [{run: touch ${mark}}]}}`,
        },
      },
    ],
    'a workflow beside it': [
      'pull-request-outside',
      file('.github/workflows/registrar.yml', 'on: push'),
    ],
    'a script of npm': [
      'pull-request-outside',
      file('package.json', `{"scripts":{"prepare":"touch ${mark}"}}`),
    ],
    'a filter of git': [
      'pull-request-outside',
      file('.gitattributes', '* filter=x diff=x merge=x text=auto eol=crlf'),
    ],
    'a hook of git': [
      'pull-request-outside',
      {
        tree: (write, base) => {
          const hook = write('blob', Buffer.from(`#!/bin/sh\ncp '${secret}' '${mark}'\n`));
          const hooks = write('tree', treeEntry('100755', 'post-checkout', hook));
          return nested(
            forge,
            write,
            base,
            ['.git'],
            write('tree', treeEntry('40000', 'hooks', hooks)),
          );
        },
      },
    ],
    'a submodule with a command': [
      'pull-request-outside',
      {
        files: {
          ...own,
          [`${NEW}/sub`]: { mode: '160000', sha: main },
          '.gitmodules': `[submodule "sub"]\n\tpath = ${NEW}/sub\n\turl = ext::sh -c cp% ${secret}% ${mark}\n\tupdate = !cp ${secret} ${mark}\n`,
        },
      },
    ],
    'a page with code': [
      'pull-request-outside',
      file(
        'content/pages/index.mdx',
        `import { execSync } from 'node:child_process';\n\n{execSync('touch ${mark}')}`,
      ),
    ],
    'the settings': [
      'pull-request-outside',
      file('content/archive.json', '{"repository":"https://evil.example/x/y"}'),
    ],
    'a twin of a folder': [
      'file-name-case',
      { files: { 'content/Submissions/first-light/dandiset.json': record } },
    ],
    'a name of another form': ['file-name-not-nfc', file(`${NEW}/cafe\u0301.json`, '{}')],
    'a device': ['file-name-not-portable', file(`${NEW}/con.json`, '{}')],
    'a name with a command': [
      'file-name-not-portable',
      file(`${NEW}/$(touch ${path.basename(mark)})\n.json`, '{}'),
    ],
    '..': [
      'file-name-not-portable',
      {
        tree: (write, base) => {
          const up = write('tree', treeEntry('100644', 'escaped', write('blob', Buffer.from('x'))));
          const mad = write('tree', Buffer.concat([treeEntry('40000', '..', up)]));
          return nested(forge, write, base, ['content', 'submissions', 'mad'], mad);
        },
      },
    ],
    'carriage returns': [
      'pull-request-line-ends',
      file(`${NEW}/dandiset.json`, record.replaceAll('\n', '\r\n')),
    ],
    'UTF-16': [
      'file-not-utf8',
      file(`${NEW}/dandiset.json`, Buffer.from(`\ufeff${record}`, 'utf16le')),
    ],
    'a key twice': [
      'key-repeated',
      file(`${NEW}/dandiset.json`, record.replace('{', '{\n  "name": "x",')),
    ],
    'a deep nest': [
      'file-not-json',
      file(`${NEW}/dandiset.json`, '['.repeat(100_000) + ']'.repeat(100_000)),
    ],
    'scripts in every field': ['record-schema', file(`${NEW}/dandiset.json`, scripted())],
    'a path that climbs': [
      'asset-path',
      file(`${NEW}/assets.jsonl`, list.replaceAll('sub-01/sub-01_ecephys.nwb', '../../../.bashrc')),
    ],
    'a list that is a secret': [
      'asset-list-reference',
      {
        files: {
          [`${NEW}/dandiset.json`]: record,
          [`${NEW}/assets.ref.json`]: `{"sha256":"../..${secret}","size":1,"count":1}\n`,
        },
      },
    ],
    'a Zarr that is a secret': [
      'asset-bytes',
      file(
        `${NEW}/assets.jsonl`,
        list.replace(/"blob":"[0-9a-f]{64}"/, `"zarr":"../../../../../..${secret}"`),
      ),
    ],
    'another history': [
      'pull-request-history',
      { ...file(`${NEW}/release.json`, '{"releaseNotes":"x"}\n'), parents: [orphan(forge)] },
    ],
  };
}
