// Files written into a folder of the reader's disk. Bytes go to a file with a name of its own beside the place, which
// gets the final name when they are verified. What is there already is kept if it is right.

import { blobBytes } from '../../adapters/bytes/blob-bytes.ts';
import { piecesOf } from '../../adapters/bytes/bytes-stream.ts';
import type { BrowserFile } from '../../core/download/browser-download.ts';
import type { FolderJob, JobReport } from './download-job.ts';
import { streamDigest } from './stream-digest.client.ts';
import { reasonInWords, SMALL_FILE, twice, verifiedPieces } from './verified-file.client.ts';

/** How many files are requested at the same time: each large one takes up to 100 MB of a browser's memory. */
const SMALL_AT_ONCE = 4;
const LARGE_AT_ONCE = 1;

/** A refusal of one file, in words that follow its path. */
class Refusal extends Error {}

/** `move` is not in every browser. */
type MovableFile = FileSystemFileHandle & { move?: (name: string) => Promise<void> };

function isNamed(error: unknown, ...names: string[]): boolean {
  return error instanceof DOMException && names.includes(error.name);
}

/** Whether nothing more can be written, whatever the file. */
function endsJob(error: unknown): boolean {
  return isNamed(error, 'QuotaExceededError', 'NotAllowedError', 'NoModificationAllowedError');
}

/** The folders below the chosen one, each opened once. */
class Folders {
  readonly #known = new Map<string, Promise<FileSystemDirectoryHandle>>();

  constructor(top: FileSystemDirectoryHandle) {
    this.#known.set('', Promise.resolve(top));
  }

  async #made(path: string): Promise<FileSystemDirectoryHandle> {
    const slash = path.lastIndexOf('/');
    const above = await this.open(path.slice(0, Math.max(0, slash)));
    try {
      return await above.getDirectoryHandle(path.slice(slash + 1), { create: true });
    } catch (error) {
      if (isNamed(error, 'TypeMismatchError'))
        throw new Refusal(`there is a file where the folder ${path} is needed`);
      if (error instanceof TypeError) throw new Refusal(`the browser refuses the name ${path}`);
      throw error;
    }
  }

  open(path: string): Promise<FileSystemDirectoryHandle> {
    const known = this.#known.get(path) ?? this.#made(path);
    this.#known.set(path, known);
    return known;
  }
}

async function present(
  folder: FileSystemDirectoryHandle,
  name: string,
): Promise<FileSystemFileHandle | undefined> {
  try {
    return await folder.getFileHandle(name);
  } catch (error) {
    if (isNamed(error, 'NotFoundError')) return undefined;
    if (isNamed(error, 'TypeMismatchError')) throw new Refusal('there is a folder in its place');
    if (error instanceof TypeError) throw new Refusal('the browser refuses its name');
    throw error;
  }
}

/** Whether a file on the disk has the wanted bytes; without a digest its size decides. */
async function isRight(
  handle: FileSystemFileHandle,
  { size, digest }: BrowserFile,
): Promise<boolean> {
  const file = await handle.getFile();
  if (file.size !== size) return false;
  if (digest === undefined) return true;
  const found = await streamDigest(digest.algorithm, size);
  for await (const piece of piecesOf(blobBytes(file).stream())) found.update(piece);
  return found.digest() === digest.value;
}

/** Gives a finished file its name. Where the browser cannot, its bytes are copied. */
async function rename(
  folder: FileSystemDirectoryHandle,
  part: MovableFile,
  name: string,
): Promise<void> {
  try {
    if (part.move !== undefined) return await part.move(name);
  } catch (error) {
    if (endsJob(error)) throw error;
  }
  const file = await part.getFile();
  const writable = await (await folder.getFileHandle(name, { create: true })).createWritable();
  // The file appears with all of its bytes when it is closed, or not at all.
  await file.stream().pipeTo(writable);
  await folder.removeEntry(part.name);
}

async function fetchInto(
  folder: FileSystemDirectoryHandle,
  name: string,
  [at, file]: readonly [number, BrowserFile],
  report: JobReport,
  signal: AbortSignal,
): Promise<void> {
  // The same in every run, so that the next one overwrites what an interrupted one left, and no two files share it.
  const partName = `.dandiset-${file.digest?.value.slice(0, 16) ?? file.size}-${at}.part`;
  let arrived = 0;
  const takeBack = (): void => {
    report.arrived(-arrived);
    arrived = 0;
  };
  const attempt = async (): Promise<void> => {
    const part: MovableFile = await folder.getFileHandle(partName, { create: true });
    const writable = await part.createWritable();
    try {
      for await (const piece of verifiedPieces(file, signal)) {
        await writable.write(piece as Uint8Array<ArrayBuffer>);
        arrived += piece.length;
        report.arrived(piece.length);
      }
      await writable.close();
    } catch (error) {
      await writable.abort().catch(() => undefined);
      await folder.removeEntry(partName).catch(() => undefined);
      throw error;
    }
    await rename(folder, part, name);
  };
  try {
    await twice(attempt, signal, takeBack);
  } catch (error) {
    takeBack();
    throw error;
  }
}

/**
 * Writes the files of a job; each is settled or reported as failed.
 *
 * @throws the reason why nothing more can be written, and that of the signal
 */
export async function writeFolder(
  { files, folder, replaces }: FolderJob,
  report: JobReport,
  signal: AbortSignal,
): Promise<void> {
  const folders = new Folders(folder);
  const one = async (at: number, file: BrowserFile): Promise<void> => {
    const slash = file.target.lastIndexOf('/');
    const name = file.target.slice(slash + 1);
    const into = await folders.open(file.target.slice(0, Math.max(0, slash)));
    const there = await present(into, name);
    if (there !== undefined && (await isRight(there, file))) {
      report.arrived(file.size);
      return report.settled('kept');
    }
    if (there !== undefined && !replaces)
      throw new Refusal('a different file of this name is there, and was left as it is');
    await fetchInto(into, name, [at, file], report, signal);
    report.settled(file.digest === undefined ? 'unverified' : 'verified');
  };
  const ended = new AbortController();
  const worker = async (waiting: Iterator<[number, BrowserFile]>): Promise<void> => {
    for (let next = waiting.next(); next.done !== true; next = waiting.next()) {
      const [at, file] = next.value;
      signal.throwIfAborted();
      if (ended.signal.aborted) return;
      try {
        await one(at, file);
      } catch (error) {
        signal.throwIfAborted();
        if (endsJob(error)) {
          ended.abort();
          throw error;
        }
        const why = error instanceof Refusal ? error.message : reasonInWords(error, file);
        report.failed({ path: file.target, why });
      }
    }
  };
  const numbered = [...files.entries()];
  const all = async (isSmall: boolean, atOnce: number): Promise<void> => {
    const waiting = numbered.filter(([, { size }]) => size <= SMALL_FILE === isSmall).values();
    await Promise.all(Array.from({ length: atOnce }, () => worker(waiting)));
  };
  await all(true, SMALL_AT_ONCE);
  await all(false, LARGE_AT_ONCE);
}
