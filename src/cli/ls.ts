// dandiset ls [RESOURCE|PATH…]

import { existsSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { localEntries } from '../adapters/download-folder/local-entries.ts';
import { LISTED_FIELDS, type ListedEntry } from '../core/download/listing.ts';
import { parseResource } from '../core/download/resource.ts';
import { ArchiveError } from '../core/error.ts';
import { listEntries } from '../workflows/client/list-entries.ts';
import { downloadAdapters } from './support/download-adapters.ts';
import { checkNamedArchive, parseResources } from './support/parse-resources.ts';
import { LIST_FORMATS, printEntries, type ListFormat } from './support/print-entries.ts';

const HELP = `
A Dandiset is one entry, with -r all of its files. A folder shows what is directly in it, with -r
everything below. A path that leads into a Zarr lists the files of the Zarr. Files on this machine
are listed the same way.

Where it differs from "dandi ls", on purpose: -r lists the files without the Dandiset, and a path into
a Zarr its files without the Zarr, so that sums over the lines are right; each has its digests. Names
of formats: jsonl is json_lines there. The metadata in a local file are not read.

Fields: ${LISTED_FIELDS.join(', ')}.

Examples:
  dandiset ls https://dandiarchive.org/dandiset/000027
  dandiset ls -r DANDI:000027/draft --format csv > files.csv
  dandiset ls 'https://lab.example.org/dandiset/000004/draft/files?location=sub-01/'
  dandiset ls dandi://dandi/000108@draft/sub-1/image.ome.zarr/0/
  dandiset ls -r my-dandiset --fields path,size --format jsonl`;

interface Options {
  recursive?: boolean;
  format?: ListFormat;
  fields?: (keyof ListedEntry)[];
  zarr?: boolean;
  pathType: 'exact' | 'glob';
  archive?: string;
}

function parseFields(text: string): (keyof ListedEntry)[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !(LISTED_FIELDS as readonly string[]).includes(name));
  if (unknown === undefined) return names as (keyof ListedEntry)[];
  throw new InvalidArgumentError(`There is no field "${unknown}": ${LISTED_FIELDS.join(', ')}.`);
}

async function entriesOf(text: string, options: Options): Promise<ListedEntry[]> {
  const recursive = options.recursive === true;
  const isGlob = options.pathType === 'glob';
  // A path is meant where there is one, unless the text can only be an identifier.
  if (parseResource(text, isGlob).kind === 'unknown' || text.startsWith('.')) {
    const local = existsSync(text)
      ? await localEntries(text, recursive, options.zarr === true)
      : undefined;
    if (local !== undefined) return local;
  }
  const [resource] = await parseResources([text], isGlob);
  checkNamedArchive(resource === undefined ? [] : [resource], options.archive);
  const adapters = downloadAdapters(options.archive, () => undefined);
  const insideZarrs = options.zarr === true;
  return resource === undefined ? [] : listEntries(resource, adapters, { recursive, insideZarrs });
}

async function run(texts: string[], options: Options): Promise<void> {
  const entries: ListedEntry[] = [];
  for (const text of texts) entries.push(...(await entriesOf(text, options)));
  const format = options.format ?? (process.stdout.isTTY ? 'table' : 'jsonl');
  printEntries(entries, format, options.fields);
  if (entries.length === 0) throw new ArchiveError('nothing-found', 'There is nothing to list.');
}

/** The verb `ls`. */
export function lsCommand(): Command {
  return new Command('ls')
    .argument('<resource...>', 'address, identifier or path')
    .option('-r, --recursive', 'everything below')
    .addOption(
      new Option('-f, --format <format>', 'default: table on a terminal, else jsonl').choices(
        LIST_FORMATS,
      ),
    )
    .option('-F, --fields <names>', 'fields, with commas between them', parseFields)
    .option('--zarr', 'with -r: the files of Zarrs too')
    .addOption(
      new Option('--path-type <type>', 'how a path in the resource is meant')
        .choices(['exact', 'glob'])
        .default('exact'),
    )
    .option('-i, --archive <place>', 'archive of identifiers (default: DANDISET_ARCHIVE)')
    .addHelpText('after', HELP)
    .action(run);
}
