// The worker that downloads: requests, digests and writing are off the page's own thread. It runs one job, and is
// ended with it. A worker from a file does not have the content security policy of its page: the page needs no
// permission to run WebAssembly, and which addresses may be requested is decided by `browserFiles`.

import type { DownloadJob, JobEvent, JobReport } from './download-job.ts';
import { writeFolder } from './folder-job.client.ts';
import { zipStream } from './zip-job.client.ts';

/** Milliseconds between two reports of progress. */
const PAUSE = 200;

const worker = globalThis as unknown as {
  postMessage(event: JobEvent): void;
  onmessage: ((event: MessageEvent<DownloadJob | 'cancel'>) => void) | null;
};
const control = new AbortController();

function wordsOf(error: unknown): string {
  if (error instanceof DOMException && error.name === 'QuotaExceededError')
    return 'The disk is full.';
  if (error instanceof DOMException && error.name === 'NotAllowedError')
    return 'The browser does not allow to write there.';
  return error instanceof Error ? error.message : String(error);
}

/** Collects a stream in pieces that the browser may move to the disk. */
async function collected(stream: ReadableStream<Uint8Array>): Promise<Blob> {
  return new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>, {
    headers: { 'Content-Type': 'application/zip' },
  }).blob();
}

async function run(job: DownloadJob): Promise<void> {
  const counts = { verified: 0, unverified: 0, kept: 0 };
  let settled = 0;
  let bytes = 0;
  let reported = 0;
  const progress = (): void => {
    reported = Date.now();
    worker.postMessage({ kind: 'progress', files: settled, bytes });
  };
  const moved = (): void => {
    if (Date.now() - reported >= PAUSE) progress();
  };
  const report: JobReport = {
    arrived(more) {
      bytes += more;
      moved();
    },
    settled(how) {
      counts[how] += 1;
      settled += 1;
      moved();
    },
    failed(failure) {
      settled += 1;
      worker.postMessage({ kind: 'failed', failure });
      moved();
    },
  };
  try {
    let zip: Blob | undefined;
    if (job.kind === 'folder') await writeFolder(job, report, control.signal);
    else {
      const stream = zipStream(job.files, report, control.signal);
      if (job.target === undefined) zip = await collected(stream);
      // Written beside the chosen file, which it replaces when it is closed.
      else await stream.pipeTo(await job.target.createWritable());
    }
    progress();
    worker.postMessage({ kind: 'done', ...counts, ...(zip === undefined ? {} : { zip }) });
  } catch (error) {
    worker.postMessage({
      kind: 'stopped',
      why: control.signal.aborted ? 'Cancelled.' : wordsOf(error),
    });
  }
}

worker.onmessage = ({ data }) => {
  if (data === 'cancel') control.abort(new DOMException('Cancelled.', 'AbortError'));
  else void run(data);
};
