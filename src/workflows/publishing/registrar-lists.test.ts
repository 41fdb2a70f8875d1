// A list that is too large for git is written to the bucket of the archive before anything refers to it.

import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { listStore } from '../../adapters/object-store/list-store.ts';
import { openStores } from '../../adapters/object-store/open-stores.ts';
import { sha256Hex } from '../../core/digests/sha256.ts';
import { ArchiveInGit, draftFiles } from '../../../tests/support/forge/archive-in-git.ts';
import { startS3 } from '../../../tests/support/stores/s3-double.ts';
import { runRegistrar, type RegistrarReport } from './registrar.ts';

test(
  'without credentials only it is pending; with them it is published',
  { timeout: 120_000 },
  async () => {
    const double = await startS3();
    const archive = new ArchiveInGit({
      stores: [
        { kind: 'http', url: 'https://bytes.example.org/', s3: { bucket: 'lab', prefix: 'bytes' } },
      ],
    });
    // Below the limit as a draft, above it when each asset has its address and who published it.
    const paths = Array.from({ length: 15_000 }, (_, at) => `sub-01/sub-01_ses-${at}_ecephys.nwb`);
    archive.merge(draftFiles('000001', 'Large', 'First.', paths), '2026-03-04T05:06:07Z');
    archive.merge(draftFiles('000002', 'Small', 'First.', ['a.nwb']), '2026-03-04T05:07:07Z');

    const run = (env: Record<string, string>): Promise<RegistrarReport> =>
      runRegistrar(
        archive.parts({
          listsOf: (settings) => {
            const stores = openStores(settings, { content: 'content', env });
            return stores && listStore(stores);
          },
        }),
      );
    const { environment, buckets, requests } = double;

    const without = await run({});
    expect(without.problems.map(({ rule, hint }) => [rule, hint])).toEqual([
      [
        'asset-list-too-large',
        'To write to s3://lab/bytes/, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY have to be set.',
      ],
    ]);
    expect(without.waiting).toEqual(['dandisets/000/000001/draft']);
    expect(archive.versions()).toEqual(['000002/0.260304.0507']);
    expect(requests).toEqual([]);

    const tip = archive.tip();
    const refused = await run({ ...environment, AWS_SECRET_ACCESS_KEY: 'another' });
    expect(refused.problems.map(({ hint }) => hint)).toEqual([
      expect.stringContaining('refuses the signature'),
    ]);
    expect([refused.steps, refused.waiting, archive.tip()]).toEqual([[], without.waiting, tip]);
    expect(buckets.get('lab')?.size).toBe(0);

    const done = await run(environment);
    expect([done.problems, done.waiting]).toEqual([[], []]);
    const folder = 'dandisets/000/000001/0.260304.0506';
    const { sha256 } = JSON.parse(archive.text(`${folder}/assets.ref.json`)) as { sha256: string };
    const kept = buckets.get('lab')?.get(`bytes/lists/${sha256}.gz`);
    expect(sha256Hex(gunzipSync(kept?.bytes ?? ''))).toBe(sha256);
    expect(archive.paths()).not.toContain(`${folder}/assets.jsonl`);
    expect((await run(environment)).steps).toEqual([]);
  },
);
