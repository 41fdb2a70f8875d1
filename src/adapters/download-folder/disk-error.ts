// Why a disk does not take what has to be written, in words.

import { ArchiveError } from '../../core/error.ts';

/** The error for a disk that does not take what has to be written. */
export function diskError(cause: unknown, what: string): ArchiveError {
  if (cause instanceof ArchiveError) return cause;
  const { code, message } = cause as NodeJS.ErrnoException;
  const say = (why: string, hint?: string): ArchiveError =>
    new ArchiveError('content-unwritable', `${what} could not be written: ${why}.`, {
      cause,
      ...(hint === undefined ? {} : { hint }),
    });
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return say('the disk is full', 'Free some space and run the same command again.');
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return say('the folder may not be written to');
    case 'ENAMETOOLONG':
      return say('its path is too long for this disk', 'Choose a folder with a shorter path.');
    default:
      return say(message ?? String(cause));
  }
}
