// What a page and its worker say to each other about a download.

import type { BrowserFile, FileFailure } from '../../core/download/browser-download.ts';

export interface ZipJob {
  kind: 'zip';
  /** Of the file, without its extension. */
  name: string;
  files: BrowserFile[];
  /** Where it is written while bytes arrive; absent: it is collected and passed back. */
  target?: FileSystemFileHandle;
}

export interface FolderJob {
  kind: 'folder';
  files: BrowserFile[];
  folder: FileSystemDirectoryHandle;
  /** Whether files that are there and differ are replaced. */
  replaces: boolean;
}

export type DownloadJob = ZipJob | FolderJob;

/** How far a job is: what it has settled, and the bytes that have arrived. */
export interface JobProgress {
  files: number;
  bytes: number;
}

/** A file that is in the ZIP under its name, but with wrong bytes, since it failed after its beginning was written. */
export interface JobFailure extends FileFailure {
  isInZip?: boolean;
}

export type JobEvent =
  | ({ kind: 'progress' } & JobProgress)
  | { kind: 'failed'; failure: JobFailure }
  /** Everything is settled; `kept` files were there already. */
  | { kind: 'done'; kept: number; verified: number; unverified: number; zip?: Blob }
  /** It ended early, such as on a full disk; nothing more is written. */
  | { kind: 'stopped'; why: string };

/** What a job reports while it runs. */
export interface JobReport {
  arrived(bytes: number): void;
  settled(how: 'verified' | 'unverified' | 'kept'): void;
  failed(failure: JobFailure): void;
}
