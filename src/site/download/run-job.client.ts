// A job in its worker.

import type { DownloadJob, JobEvent } from './download-job.ts';

export interface RunningJob {
  cancel(): void;
}

/** Starts a job; `report` gets its events, of which `done` or `stopped` is the last. */
export function runJob(job: DownloadJob, report: (event: JobEvent) => void): RunningJob {
  const worker = new Worker(new URL('./download-worker.client.ts', import.meta.url), {
    type: 'module',
  });
  const end = (event: JobEvent): void => {
    worker.terminate();
    report(event);
  };
  worker.addEventListener('message', ({ data }: MessageEvent<JobEvent>) => {
    if (data.kind === 'done' || data.kind === 'stopped') end(data);
    else report(data);
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    end({ kind: 'stopped', why: 'The part of the page that downloads could not run.' });
  });
  worker.postMessage(job);
  return { cancel: () => worker.postMessage('cancel') };
}
