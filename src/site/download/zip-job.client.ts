// A ZIP file of verified files, made while their bytes arrive. Small files are verified before their entry begins, a
// few of them ahead. A large one is verified while it is written: if it fails in the middle its entry cannot be taken
// back, so it is named in a file of the ZIP, and on the page.

import { makeZip } from 'client-zip';
import type { BrowserFile } from '../../core/download/browser-download.ts';
import type { JobFailure, JobReport } from './download-job.ts';
import { reasonInWords, SMALL_FILE, twice, verifiedPieces } from './verified-file.client.ts';

/** How many files are requested at the same time. */
const AHEAD = 4;
const FAILED_FILES = 'FAILED-FILES.txt';

interface Entry {
  name: string;
  lastModified: Date;
  input: Uint8Array | AsyncIterable<Uint8Array>;
}

type Begun =
  | { kind: 'whole'; pieces: Uint8Array[] }
  | { kind: 'stream'; first: Uint8Array; rest: AsyncGenerator<Uint8Array> };

/** Everything of a small file, or the first bytes of a large one. */
async function begin(file: BrowserFile, report: JobReport, signal: AbortSignal): Promise<Begun> {
  const isSmall = file.size <= SMALL_FILE;
  let arrived = 0;
  const attempt = async (): Promise<Begun> => {
    const pieces = verifiedPieces(file, signal);
    if (!isSmall) {
      const { done, value } = await pieces.next();
      return { kind: 'stream', first: done === true ? new Uint8Array() : value, rest: pieces };
    }
    const whole: Uint8Array[] = [];
    for await (const piece of pieces) {
      whole.push(piece);
      arrived += piece.length;
      report.arrived(piece.length);
    }
    return { kind: 'whole', pieces: whole };
  };
  const takeBack = (): void => {
    report.arrived(-arrived);
    arrived = 0;
  };
  try {
    return await twice(attempt, signal, takeBack);
  } catch (error) {
    takeBack();
    throw error;
  }
}

async function* wholeInput(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

async function* streamInput(
  file: BrowserFile,
  { first, rest }: Extract<Begun, { kind: 'stream' }>,
  report: JobReport,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    report.arrived(first.length);
    yield first;
    for await (const piece of rest) {
      report.arrived(piece.length);
      yield piece;
    }
    report.settled(file.digest === undefined ? 'unverified' : 'verified');
  } catch (error) {
    if (signal.aborted) throw error;
    report.failed({ path: file.target, why: reasonInWords(error, file), isInZip: true });
  }
}

function listOfFailures(failures: readonly JobFailure[]): string {
  const lines = failures.map(
    ({ path, why, isInZip }) => `${isInZip === true ? 'WRONG ' : 'ABSENT'}  ${path}: ${why}\n`,
  );
  const head =
    'Files of this download that failed. WRONG: the file in this ZIP is not what was published and must not be used. ABSENT: it is not in this ZIP.\n\n';
  return head + lines.join('');
}

async function* entriesOf(
  files: readonly BrowserFile[],
  report: JobReport,
  signal: AbortSignal,
): AsyncGenerator<Entry> {
  const failures: JobFailure[] = [];
  const noted: JobReport = {
    ...report,
    failed(failure) {
      failures.push(failure);
      report.failed(failure);
    },
  };
  const begun = new Map<number, Promise<Begun>>();
  const start = (at: number): Promise<Begun> => {
    const file = files[at] as BrowserFile;
    const running = begun.get(at) ?? begin(file, noted, signal);
    begun.set(at, running);
    // It is awaited later.
    running.catch(() => undefined);
    return running;
  };
  for (const [at, file] of files.entries()) {
    // A large file has the line to itself; its bytes would be held in the browser's buffers until it is its turn.
    for (let next = at; next < Math.min(at + AHEAD, files.length); next += 1) {
      if (next > at && (files[next]?.size ?? 0) > SMALL_FILE) break;
      void start(next);
    }
    const entry = { name: file.target, lastModified: new Date(file.modified ?? Date.now()) };
    try {
      const found = await start(at);
      begun.delete(at);
      if (found.kind === 'whole') {
        yield { ...entry, input: wholeInput(found.pieces) };
        report.settled(file.digest === undefined ? 'unverified' : 'verified');
      } else yield { ...entry, input: streamInput(file, found, noted, signal) };
    } catch (error) {
      if (signal.aborted) throw error;
      begun.delete(at);
      noted.failed({ path: file.target, why: reasonInWords(error, file) });
    }
  }
  if (failures.length > 0) {
    const name = files.some(({ target }) => target === FAILED_FILES)
      ? `${crypto.randomUUID()}-${FAILED_FILES}`
      : FAILED_FILES;
    yield {
      name,
      lastModified: new Date(),
      input: new TextEncoder().encode(listOfFailures(failures)),
    };
  }
}

/** The ZIP file as a stream. It fails only when the signal is aborted. */
export function zipStream(
  files: readonly BrowserFile[],
  report: JobReport,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  return makeZip(entriesOf(files, report, signal));
}
