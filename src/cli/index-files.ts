// dandiset index [WHAT…]

import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import type { ContentTree } from '../adapters/content-files/content-tree.ts';
import { folderTree } from '../adapters/content-files/folder-tree.ts';
import { readArchive } from '../adapters/content-files/read-archive.ts';
import { folderStore } from '../adapters/object-store/folder-store.ts';
import { listStore } from '../adapters/object-store/list-store.ts';
import type { ObjectStore } from '../adapters/object-store/object-store.ts';
import { openStores } from '../adapters/object-store/open-stores.ts';
import { ArchiveError } from '../core/error.ts';
import type { DandisetNumber } from '../core/identifiers/dandiset-id.ts';
import type { Archive } from '../core/records/archive.ts';
import type { AssetRecord } from '../core/records/asset.ts';
import { contentPlace } from '../core/records/layout.ts';
import { checkIndexes } from '../workflows/indexing/check-indexes.ts';
import { indexFiles } from '../workflows/indexing/index-files.ts';
import { filesToIndex, type JobShard } from '../workflows/indexing/index-plan.ts';
import { assetsOfDandiset, type RecordingSources } from '../workflows/indexing/list-recordings.ts';
import { indexRecordings } from './indexing/index-recordings.ts';
import { indexAdapters } from './indexing/index-adapters.ts';
import { indexReport } from './indexing/index-report.ts';
import { indexSingleFiles, REFERENCE_FORMS, type ReferenceForm } from './indexing/index-single.ts';
import { contentFolder, namedAddress } from './support/named-version.ts';
import { singleFileOf, type SingleFile } from './indexing/single-file.ts';
import { storePlaces } from './support/store-places.ts';
import { zarrTreeOf } from './indexing/zarr-trees.ts';

const HELP = `
Of a file or an address: prints what is in it, read by ranges; --output writes its index, --as the
references that fsspec and zarr read, or LINDI. Of Dandisets of this archive, by default all: makes the
indexes that are missing, in the first store that can be written to, and the list of what was recorded,
which derived.json then names. An index is made from the bytes alone, so that it can be made anew at any
time; before one is written, three of its chunks are compared with the file.

Examples:
  dandiset index recording.nwb
  dandiset index https://lab.example.org/storage/blobs/0a1/b2c/0a1b2c… --as kerchunk > refs.json
  dandiset index                        # all of the archive in ./content
  dandiset index 000004 --again
  dandiset index --shard 3/16           # one job of a matrix
  dandiset index --recordings --push    # only the lists, once all shards are done
  dandiset index 000004 --check 1000`;

interface Options {
  content?: string;
  output?: string;
  as?: ReferenceForm;
  again?: boolean;
  check?: number;
  shard?: JobShard;
  recordings?: boolean;
  push?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

function parseShard(text: string): JobShard {
  const [, part, of] = /^(\d{1,5})\/(\d{1,5})$/.exec(text) ?? [];
  const shard = { part: Number(part), of: Number(of) };
  if (shard.part >= 1 && shard.part <= shard.of) return shard;
  throw new InvalidArgumentError('Write the part and their number, like 3/16.');
}

function parseCount(text: string): number {
  if (text === 'all') return Number.MAX_SAFE_INTEGER;
  if (/^\d{1,7}$/.test(text) && Number(text) >= 1) return Number(text);
  throw new InvalidArgumentError('Write a number of chunks, or "all".');
}

function parseForm(text: string): ReferenceForm {
  const form = REFERENCE_FORMS.find((one) => one === text);
  if (form !== undefined) return form;
  throw new InvalidArgumentError(`Known forms are ${REFERENCE_FORMS.join(' and ')}.`);
}

/** Numbers of Dandisets that the arguments name; all of the archive without any. */
async function numbersOf(
  named: readonly string[],
  archive: Archive,
  tree: ContentTree,
): Promise<DandisetNumber[]> {
  if (named.length > 0)
    return [...new Set(named.map((text) => namedAddress(text, archive).number))];
  const found = new Set<DandisetNumber>();
  for (const { path: file } of await tree.list('dandisets')) {
    const place = contentPlace(file);
    if (place.kind === 'version') found.add(place.number);
  }
  return [...found];
}

function targetStore(archive: Archive, content: string, { output }: Options): ObjectStore {
  if (output !== undefined) return folderStore(output);
  const store = openStores(archive, { content, env: process.env });
  if (store === undefined)
    throw new ArchiveError('store-failed', 'No store of archive.json can be reached from here.', {
      hint: 'Make the folder of the store, or name one for the indexes with --output.',
    });
  if (store.readOnly !== undefined)
    throw new ArchiveError('store-failed', store.readOnly, {
      hint: 'To write the indexes into a folder instead, name it with --output.',
    });
  return store;
}

async function indexArchive(named: readonly string[], options: Options): Promise<void> {
  const content = contentFolder(options.content);
  const tree = folderTree(content);
  const archive = await readArchive(tree);
  const places = { stores: storePlaces(archive, content) };
  const store = targetStore(archive, content, options);
  const adapters = indexAdapters(store);
  const lists = listStore(openStores(archive, { content }) ?? store);
  const numbers = await numbersOf(named, archive, tree);
  const dandisets = new Map<DandisetNumber, AssetRecord[]>();
  for (const number of numbers)
    dandisets.set(number, await assetsOfDandiset(number, { tree, lists }));
  const { files, unnamed } = filesToIndex([...dandisets.values()].flat(), places, options.shard);
  const report = indexReport(options.json === true, unnamed);
  if (options.check !== undefined) await checkIndexes(files, options.check, adapters, report.done);
  else {
    const { again = false, dryRun = false, push } = options;
    if (options.recordings !== true)
      await indexFiles(files, adapters, { again, dryRun, done: report.done });
    // Each part of a matrix knows its own files alone.
    if (options.shard === undefined && options.output === undefined) {
      const readZarr: RecordingSources['readZarr'] = (asset) => zarrTreeOf(asset, places);
      const sources = { ...adapters, tree, lists, readZarr };
      await indexRecordings(dandisets, content, sources, { dryRun, push }, report);
    }
  }
  process.exitCode = report.end({ content: path.resolve(content) });
}

async function run(what: string[], options: Options): Promise<void> {
  const singles: SingleFile[] = [];
  const named: string[] = [];
  for (const text of what) {
    const single = await singleFileOf(text);
    if (single === undefined) named.push(text);
    else singles.push(single);
  }
  if (singles.length > 0 && named.length > 0)
    throw new ArchiveError('usage', 'Name files, or Dandisets, and not both at once.');
  if (singles.length > 0) process.exitCode = await indexSingleFiles(singles, options);
  else if (options.as !== undefined)
    throw new ArchiveError('usage', '--as is for a file: name it by its path or address.');
  else await indexArchive(named, options);
}

/** The verb `index`. */
export function indexCommand(): Command {
  return new Command('index')
    .argument('[what...]', 'files, addresses of files, or Dandisets of the archive (default: all)')
    .option(
      '-c, --content <dir>',
      'content folder of the archive (default: ARCHIVE_CONTENT, or ./content)',
    )
    .option('-o, --output <dir>', 'write indexes into this folder, and not into the store')
    .option('--as <form>', `print references: ${REFERENCE_FORMS.join(' or ')}`, parseForm)
    .option('--again', 'make those anew that are there')
    .option(
      '--check <chunks>',
      'compare so many chunks of each index with its file, or "all"',
      parseCount,
    )
    .option('--shard <i/n>', 'one part of the files, for jobs that run side by side', parseShard)
    .option('--recordings', 'make no index, only the lists of recordings from those that are there')
    .option('--push', 'commit and push what derived.json names, as the workflow does')
    .option('--dry-run', 'say what would be done')
    .option('--json', 'a line of JSON for each file, then one with the totals')
    .addHelpText('after', HELP)
    .action(run);
}
