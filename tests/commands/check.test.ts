// `dandiset check` as a user runs it.

import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import reportSchema from '../../src/core/checks/check-report.schema.json' with { type: 'json' };
import type { JsonObject } from '../../src/core/json/json-text.ts';
import type { Problem } from '../../src/core/problem.ts';
import { DRAFT, IMPORTED, TestArchive } from '../support/broken/test-archive.ts';
import { runCli, runCliWith } from '../support/process/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const isReport = new Ajv2020({ strict: true }).compile(reportSchema);

interface Report {
  checked: Record<string, number>;
  problems: Problem[];
  counts: Record<string, number>;
}

function written(spoil: (archive: TestArchive) => void = () => {}): string {
  const archive = new TestArchive();
  spoil(archive);
  return temporaryFolder(archive.files);
}

async function reported(folder: string): Promise<{ code: number | null; report: Report }> {
  const { code, stdout, stderr } = await runCli('check', folder, '--json');
  expect(stderr).toBe('');
  const report = JSON.parse(stdout) as Report;
  expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true);
  return { code, report };
}

test('a valid archive: a plain sentence, exit code 0', async () => {
  const { code, stdout, stderr } = await runCli('check', written());
  expect(stdout).toBe('Checked 2 Dandisets, 5 versions, 15 assets: no problems.\n');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('an error: file, rule, message and next step, exit code 1', async () => {
  const folder = written((archive) =>
    archive.edit(`${DRAFT}/dandiset.json`, (record) => delete record['name']),
  );
  const { code, stdout } = await runCli('check', folder);
  expect(code).toBe(1);
  expect(stdout).toContain(`${DRAFT}/dandiset.json  error  record-schema  `);
  expect(stdout).toContain('must have "name"');
  expect(stdout).toContain('\n    Change the value');
  expect(stdout).toContain('1 error, 0 warnings');
});

test('warnings alone leave exit code 0', async () => {
  const { code, report } = await reported(
    written(({ files }) => {
      delete files[`${DRAFT}/assets.jsonl`];
      // Without a list nothing can be published.
      delete files[`${DRAFT}/release.json`];
    }),
  );
  expect(code).toBe(0);
  expect(report.counts).toEqual({ error: 0, warning: 1, hint: 0 });
});

test('--json follows its schema, is sorted, and is the same twice', async () => {
  const folder = written((archive) => {
    archive.edit(`${DRAFT}/dandiset.json`, (record) => {
      Object.assign(record, { license: ['spdx:NO'], name: 7 });
    });
    archive.renameAssets(DRAFT, '../../x', 'sub-\u202e#?%😀.nwb');
  });
  const first = await reported(folder);
  expect(first.code).toBe(1);
  expect(first.report.problems.length).toBeGreaterThan(3);
  expect(await reported(folder)).toEqual(first);
});

test('ARCHIVE_CONTENT names the folder where no argument does', async () => {
  const { code, stdout } = await runCliWith({ ARCHIVE_CONTENT: written() }, 'check');
  expect({ code, stdout }).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('2 Dandisets'),
  });
});

test('a missing folder and an unknown option', async () => {
  const absent = await runCli('check', '/nowhere/at/all');
  expect(absent).toMatchObject({ code: 1, stdout: '' });
  expect(absent.stderr).toContain('There is no folder /nowhere/at/all');
  expect(await runCli('check', temporaryFolder())).toMatchObject({ code: 1 });
  expect(await runCli('check', '--bass', 'main')).toMatchObject({ code: 2 });
});

test('a problem inside an imported version is a warning, a changed file of it an error', async () => {
  const frozen = await reported(
    written((archive) => {
      archive.edit(`${IMPORTED}/dandiset.json`, (record) => delete record['license']);
      archive.freeze();
    }),
  );
  expect(frozen.code).toBe(0);
  expect(frozen.report.problems).toMatchObject([{ rule: 'record-schema', severity: 'warning' }]);

  const changed = await reported(
    written((archive) =>
      archive.edit(`${IMPORTED}/dandiset.json`, (record) => (record['name'] = 'Other')),
    ),
  );
  expect(changed.code).toBe(1);
  expect(changed.report.problems).toMatchObject([
    { rule: 'frozen-file-changed', severity: 'error' },
  ]);
});

test('a problem that many assets share is reported once, with its count and first line', async () => {
  const { report } = await reported(
    written((archive) => {
      const list = `${DRAFT}/assets.jsonl`;
      const [line = ''] = archive.text(list).split('\n');
      const asset = JSON.parse(line) as JsonObject;
      delete asset['asset_id'];
      const lines = Array.from({ length: 500 }, (_, index) => {
        const name = `sub-${String(index).padStart(3, '0')}.nwb`;
        const metadata = { ...(asset['metadata'] as JsonObject), path: name };
        return `${JSON.stringify({ ...asset, path: name, size: 1, metadata })}\n`;
      });
      archive.files[list] = lines.join('');
    }),
  );
  expect(report.problems).toMatchObject([{ rule: 'asset-size-differs', line: 1, count: 500 }]);
  expect(report.problems[0]?.message).toContain('499 more times');
});

test('a link in the content folder is reported and never followed', async () => {
  const folder = written(({ files }) => delete files[`${DRAFT}/release.json`]);
  symlinkSync('/etc/hostname', path.join(folder, DRAFT, 'release.json'));
  symlinkSync('/etc', path.join(folder, 'pages', 'linked'));
  const { report } = await reported(folder);
  expect(report.problems.map(({ rule, path: file }) => [rule, file])).toEqual([
    ['file-not-regular', `${DRAFT}/release.json`],
    ['file-not-regular', 'pages/linked'],
  ]);
});
