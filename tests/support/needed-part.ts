// Parts that a test needs and a machine may lack: the reference material, Python, a browser. Their tests are
// skipped with a message where the part is absent, and fail where everything is required.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'vitest';

/** The root folder of this repository. */
export const repository = path.resolve(import.meta.dirname, '../..');

export interface NeededPart {
  /** Where it is; a path that may be used only where `absent` is undefined. */
  path: string;
  /** Why it cannot be used here, in a few words; undefined if it can. */
  absent: string | undefined;
  /** Whether its absence is intended here, so that even REQUIRE_ALL accepts it. */
  isRefused?: boolean;
}

/** The folder store of the demo. */
export const demoBytes: NeededPart = {
  path: path.join(repository, 'storage'),
  absent: existsSync(path.join(repository, 'storage', 'blobs'))
    ? undefined
    : 'no bytes of the demo in storage/ (npm run demo -- --storage)',
};

/** Whether an absent part is a failure instead of a reason to skip: REQUIRE_ALL=1. */
export function everythingIsRequired(): boolean {
  return process.env['REQUIRE_ALL'] === '1';
}

/**
 * `describe` for tests that need parts. The suite is also collected where it is skipped: use the part inside
 * of tests and hooks, never between them.
 */
export function describeWith(
  parts: NeededPart | readonly NeededPart[],
  title: string,
  suite: () => void,
): void {
  const missing = [parts].flat().find((part) => part.absent !== undefined);
  if (missing === undefined) {
    describe(title, suite);
  } else if (everythingIsRequired() && missing.isRefused !== true) {
    test(title, () => {
      throw new Error(`REQUIRE_ALL is set, and there is ${missing.absent}`);
    });
  } else {
    // The test runner lists what was skipped with this reason.
    describe.skip(`${title} (skipped: ${missing.absent})`, suite);
  }
}
