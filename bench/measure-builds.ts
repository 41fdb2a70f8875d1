// How long a build takes and how much memory it holds, with Astro and with the plain renderer.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { nodeOptionsFor } from '../scripts/build-memory.mjs';
import { repository } from '../tests/support/needed-part.ts';

export interface Build {
  seconds: number;
  /** Most bytes held at once by the building process. */
  memory: number;
  /** Pages and their bytes, without those that only one of the renderers makes. */
  pages: number;
  bytes: number;
}

export interface BuildComparison {
  archive: string;
  /** Upper limit, as a multiple of the plain renderer's time. */
  budget: number;
  astro: Build;
  plain: Build;
}

type Renderer = 'astro' | 'plain';

const OWN_TO_ASTRO = /^(?:api|handbook|submit|submissions|edit|search|offline)\//;

/** Bytes of each page of a built site that both renderers write, by path. */
export function comparedPages(dist: string): Map<string, number> {
  return new Map(
    readdirSync(dist, { recursive: true, encoding: 'utf8' })
      .filter((name) => path.basename(name) === 'index.html' && !OWN_TO_ASTRO.test(name))
      .map((name) => [name, statSync(path.join(dist, name)).size]),
  );
}

function pagesOf(dist: string): { pages: number; bytes: number } {
  const sizes = comparedPages(dist);
  return { pages: sizes.size, bytes: [...sizes.values()].reduce((sum, size) => sum + size, 0) };
}

function build(renderer: Renderer, content: string, cache: string): Build {
  const dist = path.join(cache, `dist-${renderer}`);
  const memoryFile = path.join(cache, 'memory.txt');
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  const hook = path.join(import.meta.dirname, 'report-memory.mjs');
  const script =
    renderer === 'astro'
      ? [path.join(repository, 'node_modules', 'astro', 'bin', 'astro.mjs'), 'build']
      : [path.join(import.meta.dirname, 'plain-renderer.ts')];
  const start = performance.now();
  const result = spawnSync(process.execPath, ['--no-warnings', '--import', hook, ...script], {
    cwd: repository,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    env: {
      ...process.env,
      ARCHIVE_CONTENT: content,
      OUT_DIR: dist,
      BUILT: path.join(cache, 'dist-astro'),
      BASE_PATH: '/',
      SITE_EXTRAS: 'off',
      BENCH_MEMORY: memoryFile,
      ASTRO_TELEMETRY_DISABLED: '1',
      NODE_ENV: 'production',
      NODE_OPTIONS: nodeOptionsFor(content),
    },
  });
  const seconds = (performance.now() - start) / 1000;
  if (result.status !== 0) {
    throw new Error(`The ${renderer} build failed:\n${result.stderr}${result.stdout.slice(-3000)}`);
  }
  return { seconds, memory: Number(readFileSync(memoryFile, 'utf8')), ...pagesOf(dist) };
}

/** The median. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

function middle(builds: readonly Build[]): Build {
  const of = (key: keyof Build): number => median(builds.map((one) => one[key]));
  return { seconds: of('seconds'), memory: of('memory'), pages: of('pages'), bytes: of('bytes') };
}

/** Builds an archive with both renderers alternately, so that load on the machine affects both. */
export function compareBuilds(
  order: { archive: string; content: string; budget: number; runs: number; cache: string },
  tell: (sentence: string) => void,
): BuildComparison {
  const builds: Record<Renderer, Build[]> = { astro: [], plain: [] };
  for (let run = 1; run <= order.runs; run += 1) {
    for (const renderer of ['astro', 'plain'] as const) {
      const one = build(renderer, order.content, order.cache);
      builds[renderer].push(one);
      tell(`${order.archive}, ${renderer}, run ${run}: ${one.seconds.toFixed(1)} s`);
    }
  }
  const { archive, budget } = order;
  return { archive, budget, astro: middle(builds.astro), plain: middle(builds.plain) };
}
