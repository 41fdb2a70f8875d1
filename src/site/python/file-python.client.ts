// How one file is opened in Python, and in MATLAB: lines to copy and to save.

import { baseName } from '../../core/identifiers/asset-path.ts';
import { isHdf5Name } from '../../core/identifiers/file-names.ts';
import { indexedSnippet } from '../../core/snippets/indexed-snippet.ts';
import { matlabLines } from '../../core/snippets/matlab-lines.ts';
import {
  pythonSnippet,
  type OpenedFile,
  type PythonSnippet,
} from '../../core/snippets/python-snippet.ts';
import { copyButton, element } from '../browser/dom.client.ts';
import { saveButtons } from './save-python.client.ts';

function lines(text: string, what: string): HTMLElement[] {
  return [element('pre', {}, text), element('p', {}, copyButton(text, what))];
}

/** A name for a file to save that every system takes. */
function plainName(path: string): string {
  const name = baseName(path)
    .replace(/\.[^.]*$/, '')
    .replace(/[^\w-]+/g, '_')
    .slice(0, 80);
  return `open_${name}`;
}

function programParts(snippet: PythonSnippet, name: string): HTMLElement[] {
  const install = `pip install ${snippet.packages.map((one) => (one.includes('[') ? `"${one}"` : one)).join(' ')}`;
  return [
    ...(snippet.packages.length === 0 ? [] : lines(install, 'what to install')),
    ...lines(snippet.code, 'the lines of Python'),
    saveButtons(snippet, name),
  ];
}

/** The program that reads it by its index; nothing for other files than HDF5 in a store. */
function byIndex(file: OpenedFile): HTMLElement[] {
  const snippet = isHdf5Name(file.path) ? indexedSnippet(file) : undefined;
  if (snippet === undefined) return [];
  return [
    element(
      'details',
      {},
      element('summary', {}, 'By its index, with Zarr'),
      element(
        'p',
        {},
        'Reads numbers without searching the file for where they are. The file needs an index in the store.',
      ),
      ...programParts(snippet, `${plainName(file.path)}_by_index`),
    ),
  ];
}

/** The parts that show it. */
export function filePython(file: OpenedFile): HTMLElement[] {
  const matlab = matlabLines(file);
  return [
    ...programParts(pythonSnippet(file), plainName(file.path)),
    ...byIndex(file),
    ...(matlab === undefined
      ? []
      : [element('h3', {}, 'MATLAB'), ...lines(matlab, 'the lines of MATLAB')]),
  ];
}
