// `dandiset index` of files by themselves: what is in them, their indexes, references for other programs.

import { ArchiveError } from '../../core/error.ts';
import { folderStore } from '../../adapters/object-store/folder-store.ts';
import { readDataTree } from '../../adapters/hdf5/open-hdf5.ts';
import { visibleJson, visibleText } from '../../adapters/terminal/visible-text.ts';
import type { DataTree } from '../../core/data-tree/data-tree.ts';
import { kerchunkReferences } from '../../core/file-index/kerchunk-references.ts';
import { lindiReferences } from '../../core/file-index/lindi-references.ts';
import { describeContents } from '../../core/nwb/describe-contents.ts';
import type { FileContents, RecordedObject } from '../../core/nwb/file-contents.ts';
import { indexFiles } from '../../workflows/indexing/index-files.ts';
import { makeFileIndex } from '../../workflows/indexing/make-file-index.ts';
import { indexAdapters } from './index-adapters.ts';
import { indexReport } from './index-report.ts';
import { printLines } from '../support/output.ts';
import { digestOfSingle, openSingle, treeOfZarr, type SingleFile } from './single-file.ts';

export const REFERENCE_FORMS = ['kerchunk', 'lindi'] as const;
export type ReferenceForm = (typeof REFERENCE_FORMS)[number];

/** LINDI has the rows of compound tables in its references; pynwb does not follow a link to them. */
const LINDI_LIMITS = { value: 1024 * 1024, attribute: 4 * 1024 * 1024 };

interface SingleOptions {
  output?: string;
  as?: ReferenceForm;
  again?: boolean;
  check?: number;
  json?: boolean;
}

function lineOf({ path, type, shape, unit }: RecordedObject): string {
  const facts = [type, shape?.join(' × '), unit].filter((one) => one !== undefined);
  return `  ${path}  ${facts.join(', ')}`;
}

function describeLines(name: string, { sentences, recorded }: FileContents): string[] {
  return [name, ...sentences.map((one) => `  ${one}`), ...recorded.map(lineOf)];
}

async function treeOf(file: SingleFile): Promise<DataTree> {
  if (file.isZarr) return treeOfZarr(file);
  return readDataTree(await openSingle(file));
}

async function describe(file: SingleFile, { json }: SingleOptions): Promise<void> {
  const tree = await treeOf(file);
  const contents = describeContents(tree);
  if (json === true)
    printLines([
      visibleJson(JSON.stringify({ path: file.name, ...contents, omitted: tree.omitted })),
    ]);
  else printLines([...describeLines(file.name, contents), ...tree.omitted].map(visibleText));
}

/** Writes the indexes of files into a folder. */
async function writeIndexes(
  files: readonly SingleFile[],
  folder: string,
  { again = false, json = false }: SingleOptions,
): Promise<number> {
  const report = indexReport(json, []);
  const adapters = indexAdapters(folderStore(folder));
  for (const file of files) {
    if (file.isZarr) {
      report.say(`${file.name}: a Zarr has its own index, the metadata in it.`);
      continue;
    }
    const { size } = await openSingle(file);
    const sha256 = await digestOfSingle(file);
    const one = { sha256, size, path: file.name, addresses: [file.place] };
    await indexFiles([one], adapters, { again, done: report.done });
  }
  return report.end({ folder });
}

async function printReferences(file: SingleFile, form: ReferenceForm): Promise<void> {
  if (file.isZarr)
    throw new ArchiveError('usage', `${file.name} is a Zarr, which needs no references.`);
  const bytes = await openSingle(file);
  const adapters = indexAdapters(folderStore('.'));
  // The digest is of no use here: what is printed names the address.
  const named = { sha256: '0'.repeat(64), size: bytes.size };
  const limits = form === 'lindi' ? LINDI_LIMITS : {};
  const { index, tables } = await makeFileIndex(bytes, named, adapters, limits);
  const references = form === 'lindi' ? lindiReferences : kerchunkReferences;
  process.stdout.write(`${JSON.stringify(references(index.tree, tables, file.place))}\n`);
}

/** Does with files what the options say; the exit code. */
export async function indexSingleFiles(
  files: readonly SingleFile[],
  options: SingleOptions,
): Promise<number> {
  if (options.check !== undefined)
    throw new ArchiveError('usage', '--check is for the indexes of an archive.');
  const [first, ...rest] = files;
  if (options.as !== undefined) {
    if (first === undefined || rest.length > 0)
      throw new ArchiveError('usage', '--as is for one file at a time.');
    await printReferences(first, options.as);
    return 0;
  }
  if (options.output !== undefined) return writeIndexes(files, options.output, options);
  let code = 0;
  for (const file of files) {
    try {
      await describe(file, options);
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      process.stderr.write(`dandiset: ${visibleText(`${file.name}: ${error.message}`)}\n`);
      code = 1;
    }
  }
  return code;
}
