// dandiset storage check URL

import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { askOnce } from '../adapters/bytes/ask-once.ts';
import { visibleText } from '../adapters/terminal/visible-text.ts';
import { ArchiveError } from '../core/error.ts';
import { corsConfiguration, publicReadPolicy } from '../core/hosting/bucket-documents.ts';
import { caddyStoreLines, nginxStoreLines } from '../core/hosting/file-server-lines.ts';
import type { StoreFinding } from '../core/hosting/store-findings.ts';
import { ARCHIVE_FILE } from '../core/records/archive.ts';
import { bucketOfAddress, parseS3Address, type S3Place } from '../core/records/s3-place.ts';
import { countOf } from '../core/text/format.ts';
import { checkStore, speaksS3, type KnownObject } from '../workflows/archive/check-store.ts';
import { objectsOfContent, objectsOfResource } from './support/known-objects.ts';
import { contentFolder } from './support/named-version.ts';
import { printJson, printLines, usesColour } from './support/output.ts';

const HELP = `
Asks the store what readers, browsers and strangers ask: ranges, lengths, ETags, requests from pages
of other sites, compressed answers, uploads on their way, a listing, a write. For what is wrong it
prints the settings that fix it. It leaves nothing in the store: the write has no bytes and a
condition that cannot hold.

It needs a file that is there: --key, or --from with an identifier, or the records in content/.

Examples:
  dandiset storage check https://lab-archive.s3.amazonaws.com/
  dandiset storage check https://data.lab.example.org/ --key blobs/0a1/b2c/0a1b2c…
  dandiset storage check https://data.lab.example.org/ --from https://lab.example.org/dandiset/000004
  dandiset storage check https://s3.example.org/lab/ --bucket s3://lab --json`;

interface Options {
  key: string[];
  from?: string;
  archive?: string;
  content?: string;
  closedKey: string[];
  bucket?: S3Place;
  json?: boolean;
}

const MARKS = { right: 'ok', wrong: 'wrong', unknown: 'unknown' } as const;
const COLOURS = { right: '32', wrong: '31', unknown: '33' } as const;

function parseUrl(text: string): string {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text))
    throw new InvalidArgumentError('Write the address of the store, beginning with https://.');
  const url = new URL(text);
  if (url.search !== '' || url.username !== '')
    throw new InvalidArgumentError('Write it without a question mark, a name and a password.');
  return url.href.replace(/\/*$/, '/');
}

function parseBucket(text: string): S3Place {
  const place = parseS3Address(text);
  if (place === undefined) throw new InvalidArgumentError('Write it as s3://bucket/prefix.');
  return place;
}

async function knownObjects(options: Options): Promise<[KnownObject, ...KnownObject[]]> {
  const content = contentFolder(options.content);
  const found = options.key.map((key): KnownObject => ({ key }));
  if (found.length === 0 && options.from !== undefined)
    found.push(...(await objectsOfResource(options.from, options.archive)));
  else if (found.length === 0 && existsSync(path.join(content, ARCHIVE_FILE)))
    found.push(...(await objectsOfContent(content)));
  const [first, ...rest] = found;
  if (first !== undefined) return [first, ...rest];
  throw new ArchiveError('usage', 'There is no file to ask for.', {
    hint: 'Name one that is there with --key blobs/…, or a Dandiset that has some with --from.',
  });
}

function tableLines(findings: readonly StoreFinding[]): string[] {
  const width = Math.max(...findings.map(({ check }) => check.length));
  return findings.map(({ check, outcome, says }) => {
    const mark = MARKS[outcome].padEnd(7);
    const shown = usesColour() ? `\u001b[${COLOURS[outcome]}m${mark}\u001b[0m` : mark;
    return `${shown}  ${check.padEnd(width)}  ${visibleText(says)}`;
  });
}

/** The settings that fix what is wrong, each once, by the name of the file that they belong into. */
function fixesFor(findings: readonly StoreFinding[], url: string, bucket: S3Place | undefined) {
  const wanted = new Set(findings.map(({ fix }) => fix));
  const fixes = new Map<string, string>();
  const written = (value: object): string => JSON.stringify(value, null, 2);
  if (bucket !== undefined) {
    const { bucket: name, prefix } = bucket;
    if (wanted.has('policy')) fixes.set('policy.json', written(publicReadPolicy(name, prefix)));
    if (wanted.has('cors')) fixes.set('cors.json', written(corsConfiguration()));
  } else if (['policy', 'cors', 'server'].some((fix) => wanted.has(fix as 'policy'))) {
    const { pathname } = new URL(url);
    fixes.set('nginx', nginxStoreLines(pathname));
    fixes.set('Caddyfile', caddyStoreLines(pathname));
  }
  return fixes;
}

function fixLines(fixes: ReadonlyMap<string, string>, bucket: S3Place | undefined): string[] {
  const lines = [...fixes].flatMap(([name, text]) => ['', `${name}:`, '', text.trimEnd()]);
  const puts = [
    ['policy.json', 'put-bucket-policy', '--policy'],
    ['cors.json', 'put-bucket-cors', '--cors-configuration'],
  ] as const;
  const commands = puts
    .filter(([file]) => fixes.has(file))
    .map(
      ([file, verb, option]) =>
        `aws s3api ${verb} --bucket ${bucket?.bucket} ${option} file://${file}`,
    );
  return commands.length === 0 ? lines : [...lines, '', ...commands];
}

async function runCheck(url: string, options: Options): Promise<void> {
  const objects = await knownObjects(options);
  const questions = {
    url,
    objects,
    closedKeys: options.closedKey,
    ask: askOnce,
    unusedName: `check-${randomUUID()}`,
  };
  const findings = await checkStore(questions);
  const isBucket = options.bucket !== undefined || (await speaksS3(questions));
  const bucket = isBucket ? (options.bucket ?? bucketOfAddress(url)) : undefined;
  const fixes = fixesFor(findings, url, bucket);
  const wrong = findings.filter(({ outcome }) => outcome === 'wrong').length;
  if (options.json === true) {
    printJson({ url, key: objects[0].key, findings, fixes: Object.fromEntries(fixes) }, []);
  } else {
    printLines([...tableLines(findings), ...fixLines(fixes, bucket), '']);
    const open = findings.filter(({ outcome }) => outcome === 'unknown').length;
    printLines([`${countOf(findings.length, 'check')}: ${wrong} wrong, ${open} unknown.`]);
  }
  process.exitCode = wrong > 0 ? 1 : 0;
}

/** The verb `storage`. */
export function storageCommand(): Command {
  const collect = (value: string, before: string[]): string[] => [...before, value];
  const check = new Command('check')
    .description('ask a store what readers, browsers and strangers ask')
    .argument('<url>', 'public address of the store', parseUrl)
    .option('-k, --key <key>', 'key of a file that is there; can be repeated', collect, [])
    .option('--from <resource>', 'identifier or address of a Dandiset whose files are there')
    .option('-i, --archive <place>', 'archive of that identifier (default: DANDISET_ARCHIVE)')
    .option('--content <dir>', 'content folder (default: ARCHIVE_CONTENT or ./content)')
    .option('--closed-key <key>', 'key below incoming/ or staging/ that is there', collect, [])
    .option('--bucket <place>', 'bucket behind it: s3://bucket/prefix', parseBucket)
    .option('--json', 'print the findings and fixes as JSON')
    .addHelpText('after', HELP)
    .action(runCheck);
  return new Command('storage').addCommand(check).addHelpText('after', HELP);
}
