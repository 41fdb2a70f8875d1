// The demo archive.
//   node scripts/demo.mjs             writes its records into content/ (they are committed)
//   node scripts/demo.mjs --check     says which committed records differ from what would be written
//   node scripts/demo.mjs --storage   makes the bytes the records name into storage/ (not in git)
//   --content DIR, --into DIR         another content folder, another storage folder
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readText } from '../src/adapters/content-files/content-tree.ts';
import { folderTree } from '../src/adapters/content-files/folder-tree.ts';
import { folderWriter } from '../src/adapters/content-files/folder-writer.ts';
import { readArchive } from '../src/adapters/content-files/read-archive.ts';
import { contentPlace } from '../src/core/records/layout.ts';
import { storeFolderOf } from '../src/adapters/object-store/folder-store.ts';
import { demoRecords } from './records.ts';
import { ensureStorage } from './storage.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    storage: { type: 'boolean', default: false },
    content: { type: 'string', default: path.join(root, 'content') },
    into: { type: 'string' },
  },
});
const DEMO_PREFIX = 'DEMO-DANDI';
const content = folderTree(options.content);
const archive = await readArchive(content);

async function makeStorage(): Promise<number> {
  if (archive.identifierPrefix !== DEMO_PREFIX) {
    console.log('The records are not those of the demo: their bytes are not made here.');
    return 0;
  }
  const folder = options.into ?? storeFolderOf(archive, options.content);
  if (folder === undefined) {
    console.error('The archive has no store in a folder; name one with --into DIR.');
    return 2;
  }
  const { assets, made, missing } = await ensureStorage(options.content, folder);
  if (made > 0) console.log(`Made ${made} objects of the demo in ${folder}.`);
  for (const key of missing)
    console.error(`The records name ${key}, which the demo does not make.`);
  if (missing.length > 0) return 1;
  console.log(`All bytes of ${assets} assets are there and agree with the records.`);
  return 0;
}

/** Paths whose file differs from what the stories produce, or that no story produces. */
async function differences(records: ReadonlyMap<string, string>): Promise<string[]> {
  const differing: string[] = [];
  for (const [file, text] of records) {
    if ((await readText(content, file)) !== text) differing.push(`${file} differs or is absent`);
  }
  // Other Dandisets may exist next to the demo's, but its own folders may contain nothing else.
  const own = new Set([...records.keys()].map((file) => file.split('/').slice(0, -2).join('/')));
  for (const folder of own) {
    if (!folder.startsWith('dandisets/')) continue;
    for (const entry of await content.list(folder)) {
      // What was read from the bytes is written by "dandiset index".
      if (contentPlace(entry.path).kind === 'derived') continue;
      if (!records.has(entry.path)) differing.push(`${entry.path} belongs to no story`);
    }
  }
  return [...new Set(differing)].sort();
}

async function main(): Promise<number> {
  if (options.storage) return makeStorage();
  const { tellAllStories } = await import('./stories/all-stories.ts');
  const records = demoRecords(await tellAllStories(), archive);
  const differing = await differences(records);
  if (options.check) {
    for (const line of differing) console.error(line);
    console.log(`${records.size} records of the demo, ${differing.length} differences.`);
    return differing.length === 0 ? 0 : 1;
  }
  const writer = folderWriter(options.content);
  for (const [file, text] of records) await writer.write(file, new TextEncoder().encode(text));
  const extra = differing.filter((line) => line.endsWith('belongs to no story'));
  for (const line of extra) console.error(line);
  console.log(`Wrote ${records.size} records of the demo into ${options.content}.`);
  return extra.length === 0 ? 0 : 1;
}

process.exitCode = await main();
