// The lists of a version for other programs, and what each is for; the page and its script say the same.

import { ARIA2_LIST, URL_LIST } from '../../core/download/download-lists.ts';
import { DATA_SUMS } from '../version/fixity-files.ts';

export const LIST_USES: ReadonlyMap<string, string> = new Map([
  [URL_LIST, 'one address a line, for wget, curl and download managers'],
  [ARIA2_LIST, 'for aria2c -i: with paths and checksums'],
  [DATA_SUMS, 'for sha256sum -c, in the folder of the files'],
]);
