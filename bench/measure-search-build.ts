// What the search index costs to build and to save: time, memory, files, bytes.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { isSearchPart, PACKS_FILE, type Packs } from '../src/site/offline/pack.ts';
import { writeOfflineFiles } from '../src/site/offline/offline-files.ts';

export interface SearchBuild {
  archive: string;
  dandisets: number;
  seconds: number;
  /** Most bytes held by the building process and by Pagefind's, which it starts; NaN where unknown. */
  memory: number;
  files: number;
  /** Bytes to save the search for offline use. */
  offline: number;
}

/** The most memory that a process and its children ever held; only Linux reports it. */
function memoryOf(pid: number, most: Map<number, number>): void {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return;
  const [, kilobytes] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(status, 'utf8')) ?? [];
  if (kilobytes !== undefined) most.set(pid, Number(kilobytes) * 1024);
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  for (const child of children.split(' ').filter(Boolean)) memoryOf(Number(child), most);
}

/** Builds the index of a content folder, or of a number of synthetic Dandisets, into a folder. */
export async function measureSearchBuild(
  archive: string,
  source: string,
  output: string,
): Promise<SearchBuild> {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const script = path.join(import.meta.dirname, 'build-search.ts');
  const child = spawn(process.execPath, ['--no-warnings', script, output, source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const most = new Map<number, number>();
  const watching = setInterval(() => {
    try {
      memoryOf(child.pid ?? 0, most);
    } catch {
      // It ended meanwhile.
    }
  }, 100);
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(watching);
  if (code !== 0) throw new Error(`The search index of ${archive} could not be built`);
  const { seconds, dandisets } = JSON.parse(printed) as { seconds: number; dandisets: number };
  const files = readdirSync(output, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  ).length;
  await writeOfflineFiles(output, { stores: [] });
  const { parts } = JSON.parse(readFileSync(path.join(output, PACKS_FILE), 'utf8')) as Packs;
  return {
    archive,
    dandisets,
    seconds,
    memory: most.size === 0 ? NaN : [...most.values()].reduce((sum, one) => sum + one, 0),
    // Without the documents, which the bench saves next to it.
    files: files - 1,
    offline: parts.filter(isSearchPart).reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
