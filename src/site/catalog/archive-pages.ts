// The pages that are about the archive as a whole, below the site's root.

import { HANDBOOK } from '../handbook/handbook.ts';

/** Home, lists and the handbook. */
export const ARCHIVE_PAGES: readonly string[] = [
  '',
  'dandiset/',
  'search/',
  'offline/',
  'submit/',
  'submissions/',
  'handbook/',
  ...HANDBOOK.map(({ slug }) => `handbook/${slug}/`),
];
