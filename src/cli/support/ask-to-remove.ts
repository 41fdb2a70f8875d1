// The question before files are removed.

import { Questions } from '../../adapters/terminal/questions.ts';
import { visibleText } from '../../adapters/terminal/visible-text.ts';
import { isZarrName } from '../../core/identifiers/file-names.ts';
import { countOf } from '../../core/text/format.ts';

const MOST_SHOWN = 20;

/** The files and Zarrs that paths are of: a Zarr is one, whatever it holds. */
function assetsOf(paths: readonly string[]): string[] {
  const names = paths.map((path) => {
    const parts = path.split('/');
    const zarr = parts.slice(0, -1).findIndex(isZarrName);
    return zarr < 0 ? path : `${parts.slice(0, zarr + 1).join('/')}/`;
  });
  return [...new Set(names)];
}

/** Asks whether files may be removed; `list` shows all of them first. */
export async function askToRemove(
  paths: readonly string[],
  questions = new Questions(),
): Promise<boolean> {
  const assets = assetsOf(paths);
  const lines = (shown: readonly string[]): string =>
    shown.map((path) => `  ${visibleText(path)}\n`).join('');
  const more = assets.length - MOST_SHOWN;
  let text = lines(assets.slice(0, MOST_SHOWN)) + (more > 0 ? `  … and ${more} more\n` : '');
  try {
    for (;;) {
      const answer = await questions.ask({
        text: `${text}Remove ${countOf(assets.length, 'local file')}? yes, no or list`,
        proposal: 'no',
        problemWith: (given) =>
          /^(?:y|yes|n|no|l|list)$/i.test(given) ? undefined : 'Write yes, no or list.',
      });
      if (!/^l/i.test(answer)) return /^y/i.test(answer);
      text = lines(paths);
    }
  } finally {
    questions.close();
  }
}
