// `dandiset index`: the list of what the files of each Dandiset recorded, in the store and named by derived.json.

import { readText } from '../../adapters/content-files/content-tree.ts';
import { folderWriter } from '../../adapters/content-files/folder-writer.ts';
import { sha256OfBytes } from '../../adapters/digests/file-digests.ts';
import { originOf } from '../../adapters/git/origin-of.ts';
import { systemRepository } from '../../adapters/git/system-repository.ts';
import { listStore } from '../../adapters/object-store/list-store.ts';
import { dandisetFolder, type DandisetNumber } from '../../core/identifiers/dandiset-id.ts';
import { DERIVED_FILE, withRecordings } from '../../core/records/derived.ts';
import type { AssetRecord } from '../../core/records/asset.ts';
import { countOf } from '../../core/text/format.ts';
import { listRecordings, type RecordingSources } from '../../workflows/indexing/list-recordings.ts';
import { pushDerived } from '../../workflows/indexing/push-derived.ts';
import { authorFromEnvironment } from '../support/commit-author.ts';
import type { IndexReport } from './index-report.ts';

/** Writes the list of a Dandiset's recordings, and its digest into derived.json; what it names now, if that is new. */
async function writeRecordings(
  number: DandisetNumber,
  assets: readonly AssetRecord[],
  content: string,
  sources: RecordingSources,
  isDryRun: boolean,
  report: IndexReport,
): Promise<[place: string, sha256: string] | undefined> {
  const { text, files, uncovered } = await listRecordings(assets, sources);
  if (files === 0) return undefined;
  const bytes = new TextEncoder().encode(text);
  const sha256 = sha256OfBytes(bytes);
  const place = `${dandisetFolder(number)}/${DERIVED_FILE}`;
  const before = await readText(sources.tree, place);
  const after = withRecordings(before, sha256);
  const lines = text.split('\n').length - 1;
  const rest = uncovered === 0 ? '' : `; ${countOf(uncovered, 'file')} without an index`;
  report.say(`${number}: ${countOf(lines, 'recording')} of ${countOf(files, 'file')}${rest}`);
  if (isDryRun) return undefined;
  // A clone of the records names lists that its own store lacks.
  const lists = listStore(sources.store);
  if (!(await lists.has(sha256))) await lists.write(sha256, [bytes]);
  if (before === after) return undefined;
  await folderWriter(content).write(place, new TextEncoder().encode(after));
  return [place, sha256];
}

/** Commits what has changed in derived.json on the newest state of the branch. */
async function push(recordings: ReadonlyMap<string, string>, report: IndexReport): Promise<void> {
  const token = process.env['GITHUB_TOKEN'];
  const repository = systemRepository({
    folder: process.cwd(),
    address: await originOf(process.cwd()),
    branch: process.env['GITHUB_REF_NAME'] || 'main',
    content: 'content',
    ...(token === undefined || token === '' ? {} : { token }),
  });
  const commit = await pushDerived(recordings, repository, authorFromEnvironment());
  if (commit !== undefined) report.say(`Pushed as ${commit}.`);
}

/** Writes the lists of these Dandisets, given with the assets of all of their versions, where they are new. */
export async function indexRecordings(
  dandisets: ReadonlyMap<DandisetNumber, readonly AssetRecord[]>,
  content: string,
  sources: RecordingSources,
  {
    dryRun = false,
    push: isPushed = false,
  }: { dryRun?: boolean | undefined; push?: boolean | undefined },
  report: IndexReport,
): Promise<void> {
  const changed = new Map<string, string>();
  for (const [number, assets] of dandisets) {
    const written = await writeRecordings(number, assets, content, sources, dryRun, report);
    if (written !== undefined) changed.set(...written);
  }
  if (isPushed && changed.size > 0) await push(changed, report);
}
