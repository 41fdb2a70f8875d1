// The digests of `dandiset digest` are those of DANDI's Python client, on random files and Zarrs.

import { randomBytes, randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { describeWith } from '../support/needed-part.ts';
import { runPasted } from '../support/process/dandi-client.ts';
import { python } from '../support/process/python.ts';
import { runCli } from '../support/process/run-cli.ts';
import { temporaryFolder, type Files } from '../support/temporary-folder.ts';

const PART = 64 * 1024 * 1024;

/** Sizes around the borders of parts, and any others. */
function sizeOf(at: number): number {
  return [0, 1, PART - 1, PART, PART + 1][at] ?? randomInt(0, 200_000);
}

function randomZarr(at: number): Files {
  const files: Files = { '.zgroup': '{"zarr_format":2}' };
  for (let count = 0; count < randomInt(1, 12); count += 1) {
    const depth = Array.from({ length: randomInt(1, 4) }, () => String(randomInt(0, 3)));
    files[`${depth.join('/')}/${count}-é`] = randomBytes(randomInt(0, 2000));
  }
  if (at % 2 === 0) files['.git/config'] = 'not part of it';
  return files;
}

const SCRIPT = `
import json, pathlib, sys
from dandi.support.digests import get_digest, get_zarr_checksum
found = {}
for path in sorted(pathlib.Path(".").iterdir()):
    if path.is_dir():
        found[path.name] = {"zarr-checksum": get_zarr_checksum(path)}
    else:
        names = ["dandi-etag", "sha256", "md5", "sha1", "sha512"]
        found[path.name] = {name: str(get_digest(path, name)) for name in names}
print(json.dumps(found))
`;

describeWith(python, 'digests of random files and Zarrs', () => {
  test('are those of the client', async () => {
    const files: Files = {};
    for (let at = 0; at < 70; at += 1) files[`file-${at}`] = randomBytes(sizeOf(at));
    for (let at = 0; at < 30; at += 1)
      for (const [name, bytes] of Object.entries(randomZarr(at)))
        files[`zarr-${at}.zarr/${name}`] = bytes;
    const folder = temporaryFolder(files);
    const expected = await runPasted(`python - <<'END'\n${SCRIPT}END`, folder);
    expect(expected.code, expected.stderr).toBe(0);

    const of = async (names: string[], ...algorithms: string[]): Promise<string[]> => {
      const given = algorithms.flatMap((name) => ['--digest', name]);
      const paths = names.map((name) => `${folder}/${name}`);
      const { code, stdout, stderr } = await runCli('digest', ...given, '--json', ...paths);
      expect(code, stderr).toBe(0);
      return stdout.trimEnd().split('\n');
    };
    const names = Object.keys(JSON.parse(expected.stdout) as object);
    const zarrs = names.filter((name) => name.endsWith('.zarr'));
    const plain = names.filter((name) => !name.endsWith('.zarr'));
    const lines = [
      ...(await of(plain, 'dandi-etag', 'sha256', 'md5', 'sha1', 'sha512')),
      ...(await of(zarrs, 'zarr-checksum')),
    ];
    const found = lines.map((line) => {
      const { path, ...digests } = JSON.parse(line) as { path: string };
      return [path.slice(folder.length + 1), digests];
    });
    expect(Object.fromEntries(found)).toEqual(JSON.parse(expected.stdout));
  });
});
