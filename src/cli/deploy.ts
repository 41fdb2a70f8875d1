// dandiset deploy: the built site into a bucket.

import { Command, InvalidArgumentError } from 'commander';
import { folderTree } from '../adapters/content-files/folder-tree.ts';
import { objectHolds } from '../adapters/object-store/object-holds.ts';
import type { ObjectHeaders } from '../adapters/object-store/object-store.ts';
import { readStoredObject } from '../adapters/object-store/read-object.ts';
import { s3Credentials, s3PlaceIn } from '../adapters/object-store/s3-client.ts';
import { keySigner } from '../adapters/object-store/s3-signer.ts';
import { s3Store } from '../adapters/object-store/s3-store.ts';
import { mediaTypeOf } from '../core/hosting/media-type.ts';
import { visibleText } from '../adapters/terminal/visible-text.ts';
import { ArchiveError } from '../core/error.ts';
import { keysOfStores } from '../core/hosting/deploy-order.ts';
import { headersOfFile } from '../core/hosting/headers-file.ts';
import {
  formatS3Address,
  isRegion,
  isS3Endpoint,
  parseS3Address,
  type S3Place,
} from '../core/records/s3-place.ts';
import { countOf, formatBytes } from '../core/text/format.ts';
import { deploy, type DeployReport } from '../workflows/archive/deploy.ts';
import { printJson, printLines, progressReporter } from './support/output.ts';

const HELP = `
Puts only what is new or has changed, told by size and MD5: what pages load first, then pages, then the
service worker. It can be stopped anywhere and run again. Each file gets its media type and how long
browsers keep it; the documents of the API are JSON, although they are called index.html.

With --delete, what lies below the prefix and is not of the site is removed at the end: only where
a site of this archive was put before, and never blobs/, zarr/, lists/ or another store of archive.json.

The bucket has to exist and to serve its objects; rules for identifiers are in
hosting/s3-website.json of the site.

Environment:
  AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY   key that may list, read, write and remove there
  AWS_SESSION_TOKEN                          with credentials for a time
  AWS_REGION                                 region of the bucket (default: us-east-1)
  AWS_ENDPOINT_URL                           a service other than AWS, such as https://s3.example.org;
                                             https://{bucket}.s3.example.org asks by host name

Examples:
  dandiset deploy --to s3://lab-archive --dry-run
  dandiset deploy dist --to s3://lab-archive --delete
  dandiset deploy --to s3://lab/archive --endpoint http://localhost:9000`;

interface DeployOptions {
  to: S3Place;
  endpoint?: string;
  region?: string;
  delete?: boolean;
  all?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

function parseTo(text: string): S3Place {
  const place = parseS3Address(text);
  if (place === undefined) throw new InvalidArgumentError('Write it as s3://bucket/prefix.');
  return place;
}

function parseEndpoint(text: string): string {
  if (isS3Endpoint(text)) return text;
  throw new InvalidArgumentError('Write it as https://s3.example.org.');
}

function parseRegion(text: string): string {
  if (isRegion(text)) return text;
  throw new InvalidArgumentError('Write it as eu-central-1.');
}

function headersOf(path: string): ObjectHeaders {
  const rules = headersOfFile(path);
  return {
    contentType: rules['Content-Type'] ?? mediaTypeOf(path),
    cacheControl: rules['Cache-Control'] ?? 'no-cache',
  };
}

/** What was or would be uploaded and removed, line by line, then the totals. */
function reportLines(report: DeployReport, to: string, dryRun: boolean): string[] {
  const { puts, same, stale, removes } = report;
  const bytes = formatBytes(puts.reduce((sum, { size }) => sum + size, 0));
  const lines = dryRun
    ? [
        ...puts.map(({ path, reason }) => `put     ${visibleText(path)} (${reason})`),
        ...(removes ? stale.map((key) => `remove  ${visibleText(key)}`) : []),
      ]
    : [];
  lines.push(
    `${dryRun ? 'Would put' : 'Put'} ${countOf(puts.length, 'file')} (${bytes}) at ${to}; ${countOf(same, 'file')} there already.`,
  );
  if (stale.length > 0) {
    const objects = countOf(stale.length, 'object');
    if (removes) lines.push(`${dryRun ? 'Would remove' : 'Removed'} ${objects}.`);
    else lines.push(`${objects} not of this site; --delete removes what is left over.`);
  }
  return lines;
}

async function runDeploy(dist: string, options: DeployOptions): Promise<void> {
  const { to, endpoint, region, dryRun = false, delete: removeStale = false } = options;
  const given = { ...(endpoint && { endpoint }), ...(region && { region }) };
  const place = s3PlaceIn({ ...to, ...given }, process.env);
  const credentials = s3Credentials(process.env);
  if (credentials === undefined) {
    throw new ArchiveError('store-failed', 'There are no credentials to write to a bucket with.', {
      hint: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    });
  }
  const bucket = s3Store(place, keySigner(place, credentials));
  const report = await deploy({
    site: folderTree(dist),
    bucket,
    readStoredObject: (key) => readStoredObject(bucket, key),
    holds: objectHolds,
    headersOf,
    kept: (archive) => keysOfStores(archive, place),
    removeStale,
    putAll: options.all === true,
    dryRun,
    reporter: progressReporter(),
  });
  const address = formatS3Address(place);
  if (options.json === true) printJson({ to: address, ...report, dryRun }, []);
  else printLines(reportLines(report, address, dryRun));
}

/** The verb `deploy`. */
export function deployCommand(): Command {
  return new Command('deploy')
    .argument('[dist]', 'the built site', process.env['OUT_DIR'] ?? 'dist')
    .requiredOption('--to <address>', 'bucket, and prefix in it: s3://bucket/prefix', parseTo)
    .option('--endpoint <address>', 'service other than AWS', parseEndpoint)
    .option('--region <name>', 'region of the bucket', parseRegion)
    .option('--delete', 'remove what is left over of earlier sites')
    .option('--all', 'put every file, also what is there (after types or headers have changed)')
    .option('--dry-run', 'print what would be done, and do nothing')
    .option('--json', 'print the report as JSON')
    .addHelpText('after', HELP)
    .action(runDeploy);
}
