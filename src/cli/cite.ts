// dandiset cite RESOURCE [--format FORMAT]

import { Argument, Command, Option } from 'commander';
import { folderTree } from '../adapters/content-files/folder-tree.ts';
import { readArchive } from '../adapters/content-files/read-archive.ts';
import { CITATION_FORMATS, citationFormat } from '../core/citations/index.ts';
import { ArchiveError } from '../core/error.ts';
import { isOwnAddress, parseDandiAddress } from '../core/identifiers/dandi-address.ts';
import { findDoi } from '../workflows/archive/find-doi.ts';
import { readCitedVersion } from '../workflows/archive/read-cited-version.ts';
import { printJson, printLines } from './support/output.ts';

const HELP = `
RESOURCE is an identifier or an address of this archive: DANDI:000004/0.220126.1852, 000004,
https://…/dandiset/000004/, a DOI in any form. Without a version the newest published one is cited. The text
printed by default is the citation that was frozen with the version. A draft is not citable and
leads to exit code 1; with --draft it is cited nevertheless, and marked in every format.

Examples:
  dandiset cite 000004
  dandiset cite 000004/0.220126.1852 --format apa
  dandiset cite 000004 --format bibtex >> references.bib
  dandiset cite --list`;

interface CiteOptions {
  format: string;
  draft?: boolean;
  content?: string;
  list?: boolean;
  json?: boolean;
}

function printFormats(asJson: boolean): void {
  const formats = CITATION_FORMATS.map(({ id, name, kind, file }) => ({ id, name, kind, file }));
  if (asJson) {
    printJson({ formats }, []);
  } else {
    printLines(
      formats.map(({ id, name, file }) =>
        `${id.padEnd(13)} ${name}${file === undefined || file === name ? '' : ` (${file})`}`.trimEnd(),
      ),
    );
  }
}

async function cite(resource: string, options: CiteOptions): Promise<void> {
  const tree = folderTree(options.content ?? (process.env['ARCHIVE_CONTENT'] || 'content'));
  const archive = await readArchive(tree);
  const { identifierPrefix: prefix, site, doiPrefix } = archive;
  const settings = { prefix, site, ...(doiPrefix === undefined ? {} : { doiPrefix }) };
  const address = (await findDoi(tree, resource)) ?? parseDandiAddress(resource, settings);
  if (address === undefined || !isOwnAddress(address, prefix)) {
    throw new ArchiveError('usage', `"${resource}" names no Dandiset of this archive.`, {
      hint: `Write it like ${prefix}:000004 or ${prefix}:000004/0.220126.1852, or as a DOI of its records.`,
    });
  }
  const isPublished = address.version !== undefined && address.version !== 'draft';
  if (options.draft === true && isPublished) {
    throw new ArchiveError('usage', `--draft contradicts the version in "${resource}".`);
  }
  const facts = await readCitedVersion({
    tree,
    archive,
    address,
    acceptsDraft: options.draft === true,
  });
  if (facts.status !== 'published') {
    const what = facts.status === 'draft' ? 'a draft, which can change at any time' : 'withdrawn';
    process.stderr.write(`${facts.identifier}/${facts.version} is ${what}.\n`);
  }
  // The facts hold no control characters, so the text is safe for a terminal as it is.
  const text = citationFormat(options.format)?.write(facts) ?? '';
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** The verb `cite`. */
export function citeCommand(): Command {
  const formats = new Option('-f, --format <format>', 'how to write the citation')
    .choices(CITATION_FORMATS.map(({ id }) => id))
    .default('text');
  return new Command('cite')
    .addArgument(new Argument('[resource]', 'identifier or address of a Dandiset or version'))
    .addOption(formats)
    .option('--draft', 'cite the draft although it can change')
    .option('--content <dir>', 'content folder (default: ARCHIVE_CONTENT or ./content)')
    .option('--list', 'list the formats')
    .option('--json', 'with --list: as JSON')
    .addHelpText('after', HELP)
    .action(async (resource: string | undefined, options: CiteOptions) => {
      if (options.list === true) {
        printFormats(options.json === true);
      } else if (resource === undefined) {
        throw new ArchiveError('usage', 'Which Dandiset or version is to be cited?', {
          hint: 'For example: dandiset cite 000004',
        });
      } else {
        await cite(resource, options);
      }
    });
}
