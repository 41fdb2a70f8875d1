// npm run bench: measures what the site costs to build and to load, and what the check costs, compared with
// other programs that do the same. Prints the results; fails only if something could not be measured.

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { browser } from '../tests/support/sites/browser.ts';
import { builtSite, demoContent } from '../tests/support/sites/built-site.ts';
import { importedCorpus } from '../tests/support/records/corpus.ts';
import { repository } from '../tests/support/needed-part.ts';
import { python } from '../tests/support/process/python.ts';
import { shared } from '../tests/support/shared.ts';
import { compareBuilds, median, type BuildComparison } from './measure-builds.ts';
import { measureCheck, type CheckMeasure } from './measure-check.ts';
import { measureForm, type FormMeasure } from './measure-form.ts';
import { measureFiles, type FilesMeasure } from './measure-files.ts';
import { measurePages, type PageMeasure } from './measure-pages.ts';
import { measureSearch, type SearchMeasure } from './measure-search.ts';
import { syntheticArchive } from './synthetic-archive.ts';

const HELP = `npm run bench -- [--quick] [--runs N] [--versions N] [--json]

Measures what the site costs to build and to load, to search and to write in, and the check to run,
beside a plain renderer of the same pages, Pagefind's own interface and dandischema. Takes some tens of minutes.

  --quick        one run of each build instead of the median of several
  --runs N       runs of each build (default: 3)
  --versions N   versions in the synthetic archive (default: 10000)
  --json         print the measures as JSON
  --help         print this

Downloads are measured by "npm run bench -- transfers", looking into files by "npm run bench -- look" (see their --help).

Examples:
  npm run bench -- --quick --versions 1000
  npm run --silent bench -- --json > measures.json`;

function readOptions() {
  try {
    return parseArgs({
      options: {
        runs: { type: 'string', default: '3' },
        versions: { type: 'string', default: '10000' },
        quick: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    process.exit(2);
  }
}

const values = readOptions();
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const runs = values.quick ? 1 : Number(values.runs);
const versions = Number(values.versions);
if (!(Number.isInteger(runs) && runs > 0 && Number.isInteger(versions) && versions > 0)) {
  console.error('--runs and --versions are whole numbers above 0.');
  process.exit(2);
}

const cache = path.join(repository, '.cache', 'bench');
mkdirSync(cache, { recursive: true });
const tell = (sentence: string): void => console.error(sentence);

const MEMORY_BUDGET = 1e9;
/** Sizes of the synthetic archives to search. */
const SEARCHED = [3000, 10_000];
const mb = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
const kb = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

function printTable(rows: readonly (readonly string[])[]): void {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  for (const row of rows) {
    console.log(
      row
        .map((cell, at) => cell.padEnd(widths?.[at] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}

function printBuilds(builds: readonly BuildComparison[]): void {
  console.log(`\nBuild of all pages, search index and files beside them off; median of ${runs}`);
  const rows = builds.flatMap(({ archive, astro, plain }) =>
    [['Astro', astro] as const, ['plain', plain] as const].map(([renderer, one]) => [
      archive,
      renderer,
      `${one.seconds.toFixed(1)} s`,
      mb(one.memory),
      String(one.pages),
      mb(one.bytes),
    ]),
  );
  printTable([['archive', 'renderer', 'time', 'memory', 'pages', 'HTML'], ...rows]);
  for (const { archive, budget, astro, plain } of builds) {
    const ratio = (astro.seconds / plain.seconds).toFixed(1);
    const bytes = (Math.abs(plain.bytes / astro.bytes - 1) * 100).toFixed(1);
    console.log(
      `${archive}: ${ratio} x the plain renderer (budget ${budget} x; ${plain.pages} of ${astro.pages} pages, bytes within ${bytes} %); memory ${mb(astro.memory)} (budget ${mb(MEMORY_BUDGET)})`,
    );
  }
}

interface FilesCost extends FilesMeasure {
  archive: string;
  /** Times what the pages of the same archive take. */
  ratio: number;
}

function printFiles(costs: readonly FilesCost[]): void {
  console.log('\nExports and API, made and written beside the pages');
  for (const { archive, seconds, files, bytes, ratio } of costs) {
    console.log(
      `${archive}: ${files} files, ${mb(bytes)}, ${seconds.toFixed(1)} s: ${ratio.toFixed(2)} x the pages (budget 1 x)`,
    );
  }
}

function printCheck({
  assets,
  records,
  check,
  firstCheck,
  rules,
  dandischema,
}: CheckMeasure): void {
  const { models, schema_and_models: both } = dandischema;
  console.log(
    `\nCheck of the corpus, ${assets} assets, beside dandischema.validate of its ${dandischema.records} records in memory; seconds of processor time, warm, imports left out`,
  );
  const row = (what: string, seconds: number): string[] => [
    what,
    seconds.toFixed(2),
    `${(seconds / both.seconds).toFixed(3)} x`,
    `${(seconds / models.seconds).toFixed(2)} x`,
  ];
  printTable([
    ['', 'time', 'of schema and models', 'of models only'],
    row('check: files read and parsed, every rule, digests', check),
    row(`its rules of the schema alone, ${records} records in memory`, rules),
    row('dandischema, JSON Schema and models, as DANDI asks it', both.seconds),
    row('dandischema, models only', models.seconds),
  ]);
  console.log(
    `Budget of the check: 0.1 x dandischema for the same work, which is schema and models. Not warm, it takes ${firstCheck.toFixed(1)} s.`,
  );
}

function printForm(forms: readonly FormMeasure[]): void {
  console.log(
    '\nForm, 4 x slower CPU: from a key or click to the frame that shows it, median and 95th percentile; its work, x that of a key in a bare text field',
  );
  const [first] = forms;
  const rows = (first?.actions ?? []).map(({ what }, at) => [
    what,
    ...forms.map(({ actions }) => {
      const { median: middle, slowest, work } = actions[at]?.delay ?? { median: NaN, slowest: NaN };
      const times = `${middle.toFixed(0)} ms, ${slowest.toFixed(0)} ms`;
      if (work === undefined) return times;
      const ratio = (work / (actions[1]?.delay.work ?? NaN)).toFixed(1);
      return `${times}; ${work.toFixed(0)} ms, ${ratio} x`;
    }),
  ]);
  printTable([['contributors', ...forms.map((one) => String(one.contributors))], ...rows]);
  console.log('Budget of a key: 50 ms at the 95th percentile.');
}

function printPages(name: string, pages: readonly PageMeasure[]): void {
  console.log(
    `\nPages of ${name}: brotli, first visit; first paint on slow 4G with a 4 x slower CPU, median of 5`,
  );
  const rows = pages.map((page) => [
    page.what,
    page.address,
    kb(page.bytes),
    kb(page.html),
    kb(page.scripts),
    String(page.requests),
    Number.isNaN(page.firstPaint) ? 'no browser' : `${page.firstPaint.toFixed(2)} s`,
  ]);
  printTable([['page', 'address', 'all', 'HTML', 'script', 'requests', 'first paint'], ...rows]);
  console.log('Budget of a version page: 40 kB, 15 kB of script, 8 requests, 1 s.');
}

function printSearches(searches: readonly SearchMeasure[], pages: number): void {
  console.log('\nIndex of the search');
  for (const { archive, dandisets, seconds, memory, files, offline } of searches) {
    const ratio = (seconds / pages).toFixed(2);
    const ofPages = archive === 'corpus' ? `, ${ratio} x its pages (budget 0.5 x)` : '';
    const each = Math.round(offline / dandisets);
    console.log(
      `${archive}: ${seconds.toFixed(1)} s${ofPages}; memory ${mb(memory)}; ${files} files; ${kb(offline)} to keep offline, ${each} bytes a Dandiset (budget 2000)`,
    );
  }
  console.log(
    `\nA search on slow 4G with a 4 x slower CPU, nothing in the cache, beside Pagefind's own interface; median of ${runs}`,
  );
  const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
  const rows = searches.flatMap(({ archive, costs }) =>
    costs.map(({ who, opened, typed, key }) => [
      archive,
      who,
      kb(opened.bytes),
      String(opened.requests),
      seconds(opened.milliseconds),
      seconds(typed),
      seconds(key),
    ]),
  );
  const titles = ['archive', 'page', 'first search', 'requests', 'opened', 'typed', 'one more key'];
  printTable([titles, ...rows]);
  console.log('Budget of a first search: 150 kB with the corpus.');
}

const corpus = shared.absent === undefined ? await importedCorpus() : undefined;
if (corpus === undefined) tell(`Without the corpus: ${shared.absent}.`);
if (browser.absent !== undefined) tell(`Without first paint and the form: ${browser.absent}.`);

const orders = [
  {
    archive: `${versions} versions`,
    content: syntheticArchive(cache, versions),
    budget: 10,
  },
  ...(corpus === undefined ? [] : [{ archive: 'corpus', content: corpus, budget: 25 }]),
];
const builds = orders.map((order) => compareBuilds({ ...order, runs, cache }, tell));

const files: FilesCost[] = [];
for (const [at, { archive, content }] of orders.entries()) {
  const measures: FilesMeasure[] = [];
  for (let run = 0; run < runs; run += 1) measures.push(await measureFiles(content, cache));
  const seconds = median(measures.map((one) => one.seconds));
  const ratio = seconds / (builds[at]?.astro.seconds ?? NaN);
  const { files: count = 0, bytes = 0 } = measures[0] ?? {};
  files.push({ archive, ratio, seconds, files: count, bytes });
}

if (python.absent !== undefined) tell(`Without dandischema: ${python.absent}.`);
const check =
  corpus === undefined || python.absent !== undefined ? undefined : await measureCheck(corpus);

const content = corpus ?? demoContent;
const site = await builtSite({ content });
await site.close();
const pages = await measurePages(site.dist, { content }, browser.absent === undefined);
const searches: SearchMeasure[] = [];
for (const [archive, source] of [
  ...(corpus === undefined ? [] : [['corpus', corpus] as const]),
  ...SEARCHED.map((count) => [`${count} Dandisets`, String(count)] as const),
]) {
  const order = { archive, source, cache, runs };
  const shown = { dist: site.dist, options: { content } };
  searches.push(await measureSearch(order, shown, browser.absent === undefined));
}
const form = browser.absent === undefined ? await measureForm(cache, corpus) : [];

if (values.json)
  console.log(JSON.stringify({ runs, builds, files, check, pages, searches, form }, null, 2));
else {
  printBuilds(builds);
  printFiles(files);
  if (check !== undefined) printCheck(check);
  printPages(corpus === undefined ? 'the demo archive' : 'the corpus', pages);
  printSearches(searches, builds.at(-1)?.astro.seconds ?? NaN);
  if (form.length > 0) printForm(form);
}
