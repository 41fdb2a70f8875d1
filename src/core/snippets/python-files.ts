// Lines of Python as files: a script that installs what it needs, and a notebook.

import { pythonString } from './literals.ts';
import type { PythonSnippet } from './python-snippet.ts';

const OLDEST_PYTHON = '>=3.11';

/**
 * The script for `uv run` and `pipx run`, which read from its head what to install.
 *
 * The form: PEP 723, "Inline script metadata".
 */
export function pythonScript({ packages, code }: PythonSnippet): string {
  const head = [
    '# /// script',
    `# requires-python = "${OLDEST_PYTHON}"`,
    `# dependencies = [${packages.map(pythonString).join(', ')}]`,
    '# ///',
  ];
  return `${head.join('\n')}\n${code}`;
}

/** The text of a notebook: each line but the last ends in a line break, as its form asks for. */
function sourceOf(text: string): string[] {
  return text.trimEnd().split(/(?<=\n)/);
}

/** The notebook (nbformat 4.5) that installs the packages and runs the lines. */
export function pythonNotebook({ packages, code }: PythonSnippet): string {
  const cell = (id: string, text: string): object => ({
    cell_type: 'code',
    execution_count: null,
    id,
    metadata: {},
    outputs: [],
    source: sourceOf(text),
  });
  const install = `%pip install --quiet ${packages.map(pythonString).join(' ')}`;
  const notebook = {
    cells: [...(packages.length === 0 ? [] : [cell('install', install)]), cell('open', code)],
    metadata: {
      kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
      language_info: { name: 'python' },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}
