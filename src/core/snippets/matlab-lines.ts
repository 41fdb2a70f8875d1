// Lines for MATLAB. It reads no ranges over plain https, so a file is downloaded first.

import { baseName } from '../identifiers/asset-path.ts';
import { matlabString } from './literals.ts';
import type { OpenedFile } from './python-snippet.ts';

const OPENERS: readonly (readonly [pattern: RegExp, line: string])[] = [
  [/\.nwb$/i, 'nwb = nwbRead(file)  % MatNWB'],
  [/\.(?:h5|hdf5|hdf|he5)$/i, 'h5disp(file)'],
  [/\.(?:csv|tsv)$/i, "data = readtable(file, 'FileType', 'text')"],
  [/\.nii(?:\.gz)?$/i, 'data = niftiread(file)'],
  [/\.(?:tiff?|png|jpe?g)$/i, 'data = imread(file)'],
];

/** The lines that open a file; undefined where MATLAB has nothing for its type. */
export function matlabLines({ path, url }: OpenedFile): string | undefined {
  const opener = OPENERS.find(([pattern]) => pattern.test(path))?.[1];
  if (opener === undefined) return undefined;
  const name = baseName(path).replace(/[^\w.+-]/g, '_');
  return `file = websave(${matlabString(name)}, ${matlabString(url)});\n${opener}\n`;
}
