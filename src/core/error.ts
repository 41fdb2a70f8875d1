// An error is an operation that failed, thrown. What is wrong in data is a problem (problem.ts).

/** Every code an ArchiveError may carry; codes are public and never renamed. */
export const ERROR_CODES = [
  'bytes-changed', // a place has other bytes than those that were opened
  'bytes-not-found', // there are no bytes at a path or an address
  'bytes-unreadable', // the bytes at a path or an address could not be read
  'bytes-wrong', // bytes do not have the digest that the record names
  'content-not-found', // the content folder or a required file is absent
  'content-unreadable', // a required record cannot be parsed
  'content-unwritable', // a file cannot be written where it belongs
  'nothing-found', // nothing matches what was asked for
  'source-not-recognised', // no importer recognises the shape of the source
  'source-unreadable', // the address of a source does not respond as required
  'doi-failed', // a DOI could not be registered
  'forge-failed', // the forge refused, or could not be reached
  'git-failed', // git reported an error, or there is no repository
  'store-failed', // the object store could not be read or written
  'usage', // the caller requested something that does not exist
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

// Tokens and credentials must not travel in messages: error texts end up in logs and reports.
const SECRETS: readonly [RegExp, string][] = [
  [/\b(gh[pousr]_|github_pat_)[A-Za-z0-9_]{8,}/g, '$1…'],
  [/(authorization:\s*(?:bearer|token|basic)\s+)[^\s"']{1,500}/gi, '$1…'],
  [/([?&](?:X-Amz-Signature|X-Amz-Credential|access_token|token)=)[^&\s"']{1,500}/gi, '$1…'],
  [/(https?:\/\/)[^/\s@:]{1,200}:[^/\s@]{1,200}@/g, '$1…@'],
];

/** The text with tokens, credentials and signed-address parts redacted. */
export function redactSecrets(text: string): string {
  return SECRETS.reduce((result, [pattern, into]) => result.replace(pattern, into), text);
}

/** A failed operation: what failed, on which subject, and what to do next. */
export class ArchiveError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(redactSecrets(message), options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'ArchiveError';
    this.code = code;
    this.hint = options.hint === undefined ? undefined : redactSecrets(options.hint);
  }
}

/** Whether a caught value is an ArchiveError, of one code if a code is given. */
export function isArchiveError(value: unknown, code?: ErrorCode): value is ArchiveError {
  return value instanceof ArchiveError && (code === undefined || value.code === code);
}
