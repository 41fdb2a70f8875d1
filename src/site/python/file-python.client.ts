// How one file is opened in Python, and in MATLAB: lines to copy and to save.

import { baseName } from '../../core/identifiers/asset-path.ts';
import { matlabLines } from '../../core/snippets/matlab-lines.ts';
import { pythonSnippet, type OpenedFile } from '../../core/snippets/python-snippet.ts';
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

/** The parts that show it. */
export function filePython(file: OpenedFile): HTMLElement[] {
  const snippet = pythonSnippet(file);
  const matlab = matlabLines(file);
  const install = `pip install ${snippet.packages.map((name) => (name.includes('[') ? `"${name}"` : name)).join(' ')}`;
  return [
    ...(snippet.packages.length === 0 ? [] : lines(install, 'what to install')),
    ...lines(snippet.code, 'the lines of Python'),
    saveButtons(snippet, plainName(file.path)),
    ...(matlab === undefined
      ? []
      : [element('h3', {}, 'MATLAB'), ...lines(matlab, 'the lines of MATLAB')]),
  ];
}
