// dandiset digest PATH…

import { Command, InvalidArgumentError } from 'commander';
import { DIGEST_ALGORITHMS, type DigestAlgorithm } from '../adapters/digests/digest-algorithms.ts';
import { digestsOfPath, type DigestTools } from '../adapters/digests/path-digests.ts';
import { openDigestCache } from '../adapters/digests/digest-cache.ts';
import { HashThreads } from '../adapters/digests/hash-threads.ts';
import { visibleJson, visibleText } from '../adapters/terminal/visible-text.ts';
import { checksumLine } from '../core/digests/checksum-line.ts';
import { ArchiveError } from '../core/error.ts';
import { printLines } from './support/output.ts';

const HELP = `
A file is read once, whichever digests are asked for, and digests of files above 1 MB are kept in
~/.cache/dandiset: a file that has not changed is not read again, unless with --no-cache. The digest
of a folder is that of a Zarr. Digests and output are those of "dandi digest", except that several
digests of one file have their names before them.

Examples:
  dandiset digest recording.nwb
  dandiset digest --digest sha256 --digest dandi-etag *.nwb --json
  dandiset digest --digest zarr-checksum image.ome.zarr
  dandiset digest --digest sha256 --sums *.nwb > files.sha256 && sha256sum -c files.sha256`;

interface Options {
  digest: DigestAlgorithm[];
  sums?: boolean;
  json?: boolean;
  cache: boolean;
}

async function run(places: string[], options: Options): Promise<void> {
  const algorithms = options.digest.length > 0 ? options.digest : (['dandi-etag'] as const);
  const [only] = algorithms;
  if (options.sums === true && (algorithms.length > 1 || only === 'dandi-etag')) {
    throw new ArchiveError('usage', '--sums writes one digest that sha256sum and its like know.', {
      hint: 'For example: --digest sha256 --sums',
    });
  }
  const cache = options.cache ? await openDigestCache() : undefined;
  let threads: HashThreads | undefined;
  const tools: DigestTools = {
    ...(cache === undefined ? {} : { cache }),
    threads: () => (threads ??= new HashThreads()),
  };
  let failed = 0;
  for (const place of places) {
    try {
      const digests = await digestsOfPath(place, algorithms, tools);
      if (options.json === true)
        printLines([visibleJson(JSON.stringify({ path: place, ...digests }))]);
      else if (options.sums === true) process.stdout.write(checksumLine(digests[only!]!, place));
      else
        for (const algorithm of algorithms) {
          const label = algorithms.length > 1 ? `${algorithm} ` : '';
          printLines([`${visibleText(place)}: ${label}${digests[algorithm]}`]);
        }
    } catch (error) {
      if (error instanceof ArchiveError && error.code === 'usage') throw error;
      failed += 1;
      const why = error instanceof Error ? error.message : String(error);
      process.stderr.write(`dandiset: ${visibleText(`${place}: ${why}`)}\n`);
    }
  }
  await threads?.close();
  if (failed > 0) process.exitCode = 1;
}

/** The verb `digest`. */
export function digestCommand(): Command {
  const collect = (value: string, before: DigestAlgorithm[]): DigestAlgorithm[] => {
    const found = DIGEST_ALGORITHMS.find((name) => name === value);
    if (found !== undefined) return [...before, found];
    throw new InvalidArgumentError(`Known digests are ${DIGEST_ALGORITHMS.join(', ')}.`);
  };
  return new Command('digest')
    .argument('<path...>', 'files, or folders of Zarrs')
    .option(
      '-d, --digest <name>',
      `${DIGEST_ALGORITHMS.join(', ')}; can be repeated (default: dandi-etag)`,
      collect,
      [],
    )
    .option('--no-cache', 'read every file, whatever is known of it')
    .option('--sums', 'in the form of sha256sum')
    .option('--json', 'a line of JSON for each path')
    .addHelpText('after', HELP)
    .action(run);
}
