// Uploads a built site to a bucket: unchanged files stay, new or changed ones are uploaded in an order in
// which no page refers to a missing file, and on request leftover files are removed. The bucket itself is the
// only state, so an interrupted deployment is simply run again.

import type { ContentTree } from '../../adapters/content-files/content-tree.ts';
import type {
  ListedObject,
  ObjectHeaders,
  ObjectStore,
} from '../../adapters/object-store/object-store.ts';
import type { Reporter } from '../../adapters/terminal/progress.ts';
import { ArchiveError } from '../../core/error.ts';
import { DEPLOY_STEPS, deployStepOf, type DeployStep } from '../../core/hosting/deploy-order.ts';
import { problemOfPath } from '../../core/identifiers/asset-path.ts';
import { parseJson } from '../../core/json/json-text.ts';
import { ARCHIVE_FILE, type Archive } from '../../core/records/archive.ts';
import { toArchive } from '../../core/records/to-archive.ts';
import { countOf } from '../../core/text/format.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';

/** What a deployment works with. */
export interface DeployParts {
  /** The built site. */
  site: ContentTree;
  bucket: ObjectStore;
  /** The bytes of an object; undefined where there is none. */
  readStoredObject: (key: string) => Promise<Uint8Array | undefined>;
  /** Whether an object that the bucket lists holds these bytes, as far as the listing tells. */
  holds: (object: ListedObject, bytes: Uint8Array) => boolean;
  /** What a file is served with, by its path. */
  headersOf: (path: string) => ObjectHeaders;
  /** Key prefixes that do not belong to the site and are never removed. */
  kept: (archive: Archive) => readonly string[];
  /** Removes what is below the prefix and does not belong to the site. */
  removeStale?: boolean;
  /** Uploads unchanged files too. */
  putAll?: boolean;
  /** Only plans. */
  dryRun?: boolean;
  reporter?: Reporter;
}

/** A file to upload, and why. */
export interface PlannedPut {
  path: string;
  size: number;
  reason: 'new' | 'changed' | 'asked for';
  step: DeployStep;
}

/** What was done, or would be. */
export interface DeployReport {
  /** In upload order. */
  puts: PlannedPut[];
  /** Files that are already in the bucket. */
  same: number;
  /** Keys that do not belong to the site, sorted, without those of stores. */
  stale: string[];
  /** Whether those are removed. */
  removes: boolean;
}

const AT_A_TIME = 8;

/** Does the work for each item, several at a time. The first failure ends it. */
async function forEach<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) {
      try {
        await work(item);
      } catch (error) {
        next = items.length;
        throw error;
      }
    }
  };
  const workers = Array.from({ length: Math.min(AT_A_TIME, items.length) }, worker);
  const ended = await Promise.allSettled(workers);
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}

function archiveIn(bytes: Uint8Array | undefined): Archive | undefined {
  const parsed = parseJson(decodeUtf8(bytes ?? new Uint8Array()) ?? '');
  return parsed.ok ? toArchive(parsed.value).archive : undefined;
}

async function readSite(
  site: ContentTree,
): Promise<{ archive: Archive; files: Map<string, number> }> {
  const entries = await site.list('');
  const archive = archiveIn(await site.read(ARCHIVE_FILE));
  const files = new Map(entries.map(({ path, size }) => [path, size]));
  if (archive === undefined || !files.has('index.html')) {
    throw new ArchiveError('content-not-found', `There is no built site in ${site.name}.`, {
      hint: 'npm run build makes one, in dist.',
    });
  }
  const odd = entries.find(
    ({ path, kind }) => kind !== 'file' || problemOfPath(path) !== undefined,
  );
  if (odd !== undefined) {
    throw new ArchiveError('content-unreadable', `"${odd.path}" in ${site.name} is no plain file.`);
  }
  return { archive, files };
}

/**
 * Refuses a location that holds the site of another archive; returns whether it holds this archive's site.
 */
async function isOurs(
  { bucket, readStoredObject }: DeployParts,
  archive: Archive,
): Promise<boolean> {
  const there = archiveIn(await readStoredObject(ARCHIVE_FILE));
  if (there === undefined) return false;
  if (there.identifierPrefix === archive.identifierPrefix) return true;
  throw new ArchiveError(
    'store-failed',
    `At ${bucket.name} lies the site of another archive, ${there.identifierPrefix}.`,
    { hint: 'Give this one a bucket or a prefix of its own.' },
  );
}

/** Plans a deployment. Nothing is written. */
async function planDeployment(parts: DeployParts): Promise<DeployReport> {
  const { site, bucket, reporter, removeStale: removes = false } = parts;
  const { archive, files } = await readSite(site);
  const objects = new Map<string, ListedObject>();
  for await (const object of bucket.list()) objects.set(object.key, object);
  const ours = objects.size > 0 && (await isOurs(parts, archive));

  const puts: PlannedPut[] = [];
  reporter?.start('Comparing', files.size);
  await forEach([...files], async ([path, size]) => {
    reporter?.step(path);
    const object = objects.get(path);
    const bytes = object?.size === size ? await site.read(path) : undefined;
    const isThere = object !== undefined && bytes !== undefined && parts.holds(object, bytes);
    if (isThere && parts.putAll !== true) return;
    const reason = isThere ? 'asked for' : object === undefined ? 'new' : 'changed';
    puts.push({ path, size, reason, step: deployStepOf(path) });
  });
  reporter?.finish();
  const rank = ({ step }: PlannedPut): number => DEPLOY_STEPS.indexOf(step);
  puts.sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));

  const kept = parts.kept(archive);
  const stale = [...objects.keys()]
    .filter((key) => !files.has(key) && problemOfPath(key) === undefined)
    .filter((key) => !kept.some((beginning) => key.startsWith(beginning)))
    .sort();
  if (removes && stale.length > 0 && !ours) {
    throw new ArchiveError(
      'store-failed',
      `At ${bucket.name} lie ${countOf(stale.length, 'object')} that no site of this archive left there, such as "${stale[0]}".`,
      { hint: 'Leave --delete out, or give the site a bucket or a prefix of its own.' },
    );
  }
  return { puts, same: files.size - puts.length, stale, removes };
}

/**
 * Makes a bucket hold a built site. Files are compared by size and MD5; a page is uploaded after all it
 * loads, removal comes last.
 *
 * @throws ArchiveError `content-not-found` where there is no built site, `store-failed` where the bucket
 * refuses; what was uploaded until then stays, and is not uploaded again by the next run.
 */
export async function deploy(parts: DeployParts): Promise<DeployReport> {
  const { site, bucket, headersOf, reporter, dryRun = false } = parts;
  const report = await planDeployment(parts);
  if (dryRun) return report;
  const removals = report.removes ? report.stale : [];
  let done = 0;
  try {
    reporter?.start('Putting', report.puts.length + removals.length);
    for (const step of DEPLOY_STEPS) {
      const ofStep = report.puts.filter((put) => put.step === step);
      await forEach(ofStep, async ({ path }) => {
        reporter?.step(path);
        const bytes = await site.read(path);
        if (bytes === undefined)
          throw new ArchiveError('content-not-found', `"${path}" went away meanwhile.`);
        await bucket.write(path, [bytes], { ...headersOf(path), size: bytes.length });
        done += 1;
      });
    }
    await forEach(removals, async (key) => {
      reporter?.step(key);
      await bucket.remove(key);
    });
  } catch (cause) {
    if (!(cause instanceof ArchiveError) || done === 0) throw cause;
    const so = `${done} of ${countOf(report.puts.length, 'file')} were put; run it again for the rest.`;
    const hint = cause.hint === undefined ? so : `${cause.hint} ${so}`;
    throw new ArchiveError(cause.code, cause.message, { hint, cause });
  } finally {
    reporter?.finish();
  }
  return report;
}
