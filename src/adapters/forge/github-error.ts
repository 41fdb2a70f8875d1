// Errors for what GitHub refuses, with a hint what to do next. They never contain a token.

import { ArchiveError, redactSecrets } from '../../core/error.ts';

/** The status of a response that was a refusal; undefined for other failures. */
export function statusOf(error: unknown): number | undefined {
  const { status, response } = error as { status?: unknown; response?: unknown };
  // Octokit gives a request that got no response the status 500.
  return typeof status === 'number' && response !== undefined ? status : undefined;
}

function wordsOf(error: unknown): string {
  const data = (error as { response?: { data?: { message?: unknown } } }).response?.data;
  const message = data?.message ?? (error instanceof Error ? error.message : String(error));
  return redactSecrets(String(message)).slice(0, 300);
}

function hintFor(error: unknown): string {
  const headers = (error as { response?: { headers?: Record<string, unknown> } }).response?.headers;
  switch (statusOf(error)) {
    case 401:
      return 'The token is wrong or no longer valid. Make a new one and set DANDISET_TOKEN.';
    case 403:
    case 429:
      return String(headers?.['x-ratelimit-remaining']) === '0' ||
        headers?.['retry-after'] !== undefined
        ? 'The forge asks to wait: try again later.'
        : 'The token may not do this. It needs the right to write contents and pull requests.';
    case 404:
      return 'The forge has no such repository, or does not show it to this token.';
    case undefined:
      return 'The forge could not be reached. Try again, or use --bundle and submit the file later.';
    default:
      return 'Use --bundle to make a file that can be submitted another way.';
  }
}

/** A refusal or failure as an error; the token is redacted wherever it occurs. */
export function forgeError(what: string, error: unknown, token: string | undefined): ArchiveError {
  if (error instanceof ArchiveError) return error;
  const status = statusOf(error);
  const answer = status === undefined ? '' : ` (${status})`;
  const words = `${what} failed${answer}: ${wordsOf(error)}`;
  const clean = token === undefined || token === '' ? words : words.replaceAll(token, '…');
  // The failure itself is not attached as the cause: it contains the request with its headers.
  return new ArchiveError('forge-failed', clean, { hint: hintFor(error) });
}
