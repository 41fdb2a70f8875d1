// The plan is what happens: over random folders, journals and policies, the real run does to each file what the
// dry run says, and to nothing else.

import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { downloadArchive } from '../support/sites/download-archive.ts';
import { filesBelow, temporaryFolder } from '../support/temporary-folder.ts';
import { numbersFrom, pointCount } from '../support/campaign.ts';
import { downloadAdapters } from '../../src/cli/support/download-adapters.ts';
import { EXISTING_POLICIES } from '../../src/core/download/plan.ts';
import { parseResource, type Resource } from '../../src/core/download/resource.ts';
import { ALL_FILES } from '../../src/core/download/saved-request.ts';
import { download, planAll } from '../../src/workflows/client/download.ts';
import {
  settingsOf,
  type DownloadReport,
  type DownloadSettings,
  type FolderPlan,
} from '../../src/workflows/client/download-settings.ts';

const quiet: DownloadReport = {
  found() {},
  planned() {},
  advanced() {},
  settled() {},
  removed() {},
};

function resourceOf(text: string): Resource {
  const parsed = parseResource(text);
  if (parsed.kind !== 'resource') throw new Error(text);
  return parsed.resource;
}

const actionsOf = (plans: FolderPlan[]): unknown =>
  plans.flatMap(({ plan }) => plan.files.map(({ target, action }) => [target, action]));

test.each(EXISTING_POLICIES)('--existing %s', async (existing) => {
  const seed = Number(process.env['SEED'] ?? randomInt(1, 1_000_000));
  const chance = numbersFrom(seed);
  const names = ['a.nwb', 'b/c.nwb', 'b/d.nwb', 'e/f/g.nwb', 'h.txt'];
  const files = Object.fromEntries(names.map((name, at) => [name, Buffer.from(`right ${at}`)]));
  const archive = await downloadArchive(temporaryFolder(), files);
  const resources = [resourceOf('000001/draft')];

  for (let round = 0; round < pointCount(8, 100); round += 1) {
    const output = temporaryFolder();
    const folder = path.join(output, '000001');
    const settings: DownloadSettings = {
      ...settingsOf(ALL_FILES),
      output,
      existing,
      jobs: 3,
    };
    const adapters = downloadAdapters(archive.content, () => undefined);
    // Some rounds begin with an earlier download, of which files were then changed or removed.
    if (chance() < 0.5) await download(resources, settings, adapters, quiet);
    for (const name of names) {
      const place = path.join(folder, name);
      const what = chance();
      if (what < 0.35) continue;
      rmSync(place, { recursive: true, force: true });
      if (what < 0.5) continue;
      mkdirSync(path.dirname(place), { recursive: true });
      if (what < 0.6) mkdirSync(place);
      else
        writeFileSync(place, what < 0.8 ? files[name]! : what < 0.9 ? 'wrong X' : 'longer than it');
      if (what > 0.7 && what < 0.9)
        utimesSync(place, new Date('2025-01-13T15:20:00Z'), new Date('2025-01-13T15:20:00Z'));
    }
    const before = filesBelow(output);
    const planned = await planAll(resources, settings, adapters, quiet);
    expect(filesBelow(output), `SEED=${seed}: a plan writes nothing`).toEqual(before);

    const done = await download(resources, settings, adapters, quiet);
    expect(actionsOf(done.plans), `SEED=${seed}`).toEqual(actionsOf(planned));
    for (const { target, action } of planned[0]!.plan.files) {
      if (target === 'dandiset.yaml') continue;
      const place = path.join(folder, target);
      const now =
        existsSync(place) && !action.do.startsWith('ref') ? readFileSync(place, 'utf8') : undefined;
      if (action.do === 'fetch' || action.do === 'replace')
        expect(now, `SEED=${seed} ${target}`).toBe(files[target]!.toString());
      else expect(now ?? before.get(`000001/${target}`)).toBe(before.get(`000001/${target}`));
    }
    const failed = done.failures.map(({ file }) => file.target).sort();
    const refused = planned[0]!.plan.files
      .filter(({ action }) => action.do === 'refuse')
      .map(({ target }) => target);
    expect(failed, `SEED=${seed}`).toEqual(refused.sort());
  }
});
