// A row of the table of what DANDI's client does and what `dandiset` does, as data.

/** What an address names. */
export interface Named {
  instance: string;
  number: string | null;
  version: string | null;
  kind: 'all' | 'folder' | 'path' | 'prefix' | 'glob' | 'id';
  path: string | null;
}

/** An address and what it names; `error`: nothing. `HERE` is the address of the test's archive. */
export interface ParseCase {
  text: string;
  isGlob?: boolean;
  names: Named | 'error';
}

/** A file as it is before a download; `mtime` is its time. */
export type Before = Record<string, string | { text: string; mtime: string }>;

/** Whether everything was there, and the files afterwards: right ones by name, others as `NAME=TEXT`. */
export interface Outcome {
  ok: boolean;
  files: string[];
}

/** A download; `HERE` is the address of the test's archive. */
export interface DownloadCase extends Outcome {
  urls: string[];
  before?: Before;
  /** Runs it twice, and the second run counts. */
  twice?: true;
  existing?: 'error' | 'skip' | 'overwrite' | 'overwrite-different' | 'refresh';
  preserveTree?: true;
  only?: 'assets' | 'metadata';
  isGlob?: true;
  zarr?: string[];
  sync?: true;
  /** What the message of a failure says; of ours. */
  says?: RegExp;
  /** Where the Python client differs; false: it is not run, as `note` says. */
  python?: Outcome | false;
}

/** A command of ours, as a user runs it in a folder with these files. */
export interface CommandCase {
  args: string[];
  files?: Record<string, string>;
  code: number;
  says: RegExp;
}

/** Files that are digested by both clients. */
export interface DigestCase {
  files: Record<string, string>;
  path: string;
  digests: Record<string, string>;
}

export interface ClientRow {
  row: number;
  behaviour: string;
  /** `=` the same, `≠` different on purpose, `–` does not apply. */
  we: '=' | '≠' | '–';
  /** Why it differs or does not apply, or why the Python client is not run. */
  note?: string;
  /** What `--help` of a verb says about the difference. */
  help?: readonly [verb: string, says: RegExp];
  parse?: ParseCase[];
  download?: DownloadCase[];
  command?: CommandCase[];
  digest?: DigestCase[];
  /** Tests elsewhere that assert it: file and the beginning of a title. */
  asserted?: readonly (readonly [file: string, title: string])[];
}
