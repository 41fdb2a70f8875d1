// For every rule one archive that breaks it: the valid archive and one change.

import type { Broken } from './broken.ts';
import { BROKEN_ASSETS } from './broken-assets.ts';
import { BROKEN_FILES, BROKEN_SHAPE } from './broken-content.ts';
import { BROKEN_METADATA } from './broken-metadata.ts';
import { BROKEN_STATUS, BROKEN_VERSIONS } from './broken-versions.ts';
import { TestArchive } from './test-archive.ts';

/** Rule id → an archive that breaks the rule. */
export const BROKEN_ARCHIVES: ReadonlyMap<string, Broken> = new Map([
  ...BROKEN_SHAPE,
  ...BROKEN_FILES,
  ...BROKEN_METADATA,
  ...BROKEN_ASSETS,
  ...BROKEN_VERSIONS,
  ...BROKEN_STATUS,
]);

/** The valid archive with the change of one fixture. */
export function spoiled({ spoil }: Broken): TestArchive {
  const archive = new TestArchive();
  spoil(archive);
  return archive;
}
