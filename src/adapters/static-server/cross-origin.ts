// What scripts of other sites may read. Published records, their bytes and the program itself are public
// wherever they are; drafts of an archive on somebody's own machine are private (docs/threat-model.md).

import { parsePublishedVersion } from '../../core/identifiers/version-id.ts';

export const OPEN_TO_ALL = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers':
    'ETag, Content-Range, Content-Length, Accept-Ranges, Last-Modified',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/** Folders of program files, none of which contains a record. */
const PROGRAM: ReadonlySet<string | undefined> = new Set(['_astro', 'cli']);

const isPublished = (version: string | undefined): boolean =>
  parsePublishedVersion(version ?? '') !== undefined;

/** Whether an address of the site, without its base path, may be read by scripts of any site. */
export function isOpenToAll(names: readonly string[]): boolean {
  const [first, second, , fourth, fifth = ''] = names;
  if (first === 'server-info') return true;
  if (first === 'api') {
    // The documents of a draft and of its files; lists do say that there is one.
    const isOfVersion = second === 'dandisets' && fourth === 'versions' && fifth !== '';
    return !isOfVersion || isPublished(fifth) || /^page-\d+$/.test(fifth);
  }
  if (first === 'dandiset') {
    const isFile = names.length > 3 && !/\.html$/i.test(names.at(-1) ?? '');
    return isFile && isPublished(names[2]);
  }
  return PROGRAM.has(first);
}
