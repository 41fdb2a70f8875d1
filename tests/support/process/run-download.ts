// `dandiset download` in this process, so that waits between attempts cost no time.

import { silentProgress } from '../../../src/adapters/terminal/transfer-progress.ts';
import { downloadAdapters } from '../../../src/cli/support/download-adapters.ts';
import { downloadReport } from '../../../src/cli/support/download-report.ts';
import { parseResource, type Resource } from '../../../src/core/download/resource.ts';
import { ALL_FILES } from '../../../src/core/download/saved-request.ts';
import { download } from '../../../src/workflows/client/download.ts';
import {
  settingsOf,
  type DownloadSettings,
} from '../../../src/workflows/client/download-settings.ts';

interface Event {
  event: string;
  path?: string;
  outcome?: string;
  code?: string;
  message?: string;
  [name: string]: unknown;
}

export interface DownloadRun {
  code: 0 | 1;
  events: Event[];
  end: Event;
  /** Outcome by path; of a failed file its code. */
  files: Record<string, string | undefined>;
}

const DEFAULTS: DownloadSettings = {
  ...settingsOf(ALL_FILES),
  output: '',
  existing: 'error',
  jobs: 4,
};

export interface RunOptions {
  settings?: Partial<DownloadSettings>;
  /** What `--path-type glob` says. */
  isGlob?: boolean;
  /** Milliseconds of silence after which a server is asked again. */
  silence?: number;
  mayRemove?: (paths: readonly string[]) => Promise<boolean>;
}

function resourceOf(text: string, isGlob: boolean): Resource {
  const parsed = parseResource(text, isGlob);
  if (parsed.kind !== 'resource') throw new Error(`${text} names nothing`);
  return parsed.resource;
}

/** Downloads what texts name; `archive` is the one of identifiers. @throws ArchiveError as the verb does */
export async function runDownload(
  archive: string,
  output: string,
  texts: readonly string[] = ['000001/draft'],
  { settings = {}, isGlob = false, silence = 20_000, mayRemove }: RunOptions = {},
): Promise<DownloadRun> {
  const events: Event[] = [];
  const report = downloadReport({
    progress: silentProgress,
    isJson: true,
    isDryRun: false,
    showsBars: false,
    command: 'dandiset download',
    print: (line) => events.push(JSON.parse(line) as Event),
  });
  const retries = { wait: async () => undefined, silence };
  const adapters = downloadAdapters(archive, () => undefined, retries, mayRemove);
  const resources = texts.map((text) => resourceOf(text, isGlob));
  const given = { ...DEFAULTS, ...settings, output };
  const code = report.end(await download(resources, given, adapters, report), false);
  const end = events.at(-1)!;
  const files = Object.fromEntries(
    events
      .filter(({ event }) => event === 'file')
      .map(({ path: name, outcome, code: why }) => [name, outcome === 'failed' ? why : outcome]),
  );
  return { code, events, end, files };
}
