// Lines of Python as files to save.

import { pythonNotebook, pythonScript } from '../../core/snippets/python-files.ts';
import type { PythonSnippet } from '../../core/snippets/python-snippet.ts';
import { element } from '../browser/dom.client.ts';
import { saveFile } from '../browser/save-file.client.ts';

function saveButton(text: string, save: () => void): HTMLElement {
  const button = element('button', { type: 'button' }, text);
  button.addEventListener('click', save);
  return button;
}

/** Buttons that save the lines as a script and as a notebook; `name` is without an ending. */
export function saveButtons(snippet: PythonSnippet, name: string): HTMLElement {
  return element(
    'p',
    { class: 'small' },
    saveButton('Script', () =>
      saveFile(pythonScript(snippet), `${name}.py`, 'text/x-python;charset=utf-8'),
    ),
    ' ',
    saveButton('Notebook', () =>
      saveFile(pythonNotebook(snippet), `${name}.ipynb`, 'application/x-ipynb+json'),
    ),
    ' ',
    element('code', {}, `uv run ${name}.py`),
    ' installs what the script needs and runs it.',
  );
}
