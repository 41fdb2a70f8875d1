// What the refusals of an S3-compatible service mean, and what to do. Bucket and key are named;
// nothing of the request's headers is, and no text of the service, which may repeat them.
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html

import { ArchiveError } from '../../core/error.ts';
import { isRegion } from '../../core/records/s3-place.ts';
import { textsOf } from './listing-xml.ts';

interface Asked {
  bucket: string;
  /** The address of the bucket. */
  address: string;
}

interface Refused {
  status: number;
  header(name: string): string | null;
  code: string;
  /** The XML of the response; empty for HEAD. */
  text: string;
}

const RIGHTS = {
  GET: 's3:GetObject',
  HEAD: 's3:GetObject',
  PUT: 's3:PutObject',
  POST: 's3:PutObject',
  DELETE: 's3:DeleteObject',
};
const VERBS = { GET: 'read', HEAD: 'read', PUT: 'write', POST: 'write', DELETE: 'remove' };

/** What is wrong with the credentials, by code: message and hint. */
const CREDENTIALS = new Map<string, [message: string, hint: string]>([
  [
    'InvalidAccessKeyId',
    ['does not know this access key', 'AWS_ACCESS_KEY_ID is wrong, or is one of another endpoint.'],
  ],
  [
    'SignatureDoesNotMatch',
    [
      'refuses the signature',
      'AWS_SECRET_ACCESS_KEY is not the secret of AWS_ACCESS_KEY_ID, or the endpoint changes requests on their way.',
    ],
  ],
  [
    'ExpiredToken',
    ['says that the credentials have expired', 'Get new ones; AWS_SESSION_TOKEN too.'],
  ],
  [
    'InvalidToken',
    [
      'refuses the session token',
      'AWS_SESSION_TOKEN belongs to other credentials; unset it or renew all.',
    ],
  ],
]);

function otherRegion({ header, text }: Refused): string | undefined {
  const named = header('x-amz-bucket-region') ?? textsOf(text, 'Region')[0];
  return named !== undefined && isRegion(named) ? named : undefined;
}

function clockMessage({ header }: Refused): string {
  const theirs = Date.parse(header('date') ?? '');
  const minutes = Math.round((Date.now() - theirs) / 60_000);
  if (Number.isNaN(minutes) || minutes === 0)
    return 'The clocks of this machine and of the store differ';
  const way = minutes > 0 ? 'ahead of' : 'behind';
  return `The clock of this machine is ${Math.abs(minutes)} minutes ${way} that of the store`;
}

/** The error for an unsuccessful response. `attempts` is the number of requests. */
export function refusal(
  { bucket, address }: Asked,
  { method, key }: { method: keyof typeof RIGHTS; key?: string },
  refused: Refused,
  attempts: number,
): ArchiveError {
  const { status, code } = refused;
  const place = key === undefined ? `s3://${bucket}` : `s3://${bucket}/${key}`;
  const failed = (message: string, hint?: string): ArchiveError =>
    new ArchiveError('store-failed', message, hint === undefined ? {} : { hint });

  const credentials = CREDENTIALS.get(code);
  if (credentials !== undefined)
    return failed(`The store of ${place} ${credentials[0]} (${code}).`, credentials[1]);
  if (code === 'RequestTimeTooSkewed')
    return failed(`${clockMessage(refused)}, so it refuses ${place} (${code}).`, 'Set the clock.');
  if (code === 'NoSuchBucket')
    return failed(
      `There is no bucket "${bucket}" (${address}).`,
      'Make it first, or fix its name or the endpoint.',
    );
  const isMoved = status === 301 || status === 307 || code === 'AuthorizationHeaderMalformed';
  const region = isMoved || status === 400 ? otherRegion(refused) : undefined;
  if (region !== undefined)
    return failed(
      `The bucket "${bucket}" lies in another region, ${region}.`,
      `Set AWS_REGION=${region}.`,
    );
  if (isMoved)
    return failed(
      `The bucket "${bucket}" is not at ${address} (${status}).`,
      'Set AWS_REGION to its region, or AWS_ENDPOINT_URL to its endpoint.',
    );
  if (status === 403 || status === 401) {
    const right = key === undefined ? 's3:ListBucket' : RIGHTS[method];
    const verb = key === undefined ? 'list' : VERBS[method];
    return failed(
      `These credentials may not ${verb} ${place} (${code || status}).`,
      `The key needs the right ${right}${method === 'HEAD' ? ' and s3:ListBucket' : ''}.`,
    );
  }
  const tries = attempts > 1 ? `, also when asked ${attempts} times` : '';
  return failed(`The store answers ${status}${code && ` (${code})`} for ${place}${tries}.`);
}

/** The error of a service that gives no response. */
export function unreachable(address: string, cause: unknown, attempts: number): ArchiveError {
  let found = cause;
  while (found instanceof Error && found.cause !== undefined) found = found.cause;
  const { code, message } = found as NodeJS.ErrnoException;
  const reason = message || code || String(found);
  return new ArchiveError(
    'store-failed',
    `${address} gives no answer (${reason}), also when asked ${attempts} times.`,
    { hint: 'Is the endpoint right, and can this machine reach it?', cause },
  );
}
