import { expect, test } from 'vitest';
import { diskError } from './disk-error.ts';

test.each([
  ['ENOSPC', /the disk is full/, /Free some space/],
  ['EDQUOT', /the disk is full/, /Free some space/],
  ['EACCES', /may not be written to/, undefined],
  ['EROFS', /may not be written to/, undefined],
  ['ENAMETOOLONG', /too long for this disk/, /shorter path/],
  ['EIO', /EIO: input/, undefined],
])('%s is said in words', (code, message, hint) => {
  const cause = Object.assign(new Error(`${code}: input/output error`), { code });
  const error = diskError(cause, 'a.nwb');
  expect(error.message).toMatch(message);
  expect(error.message).toContain('a.nwb could not be written');
  if (hint === undefined) expect(error.hint).toBeUndefined();
  else expect(error.hint).toMatch(hint);
  expect(error.cause).toBe(cause);
});
