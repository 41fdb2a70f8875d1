// Downloading a result: CSV, JSON, and identifiers for the clipboard.

import { element } from '../browser/dom.client.ts';
import type { ResultDetails } from './save-result.client.ts';

function button(words: string, click: () => void): HTMLElement {
  const made = element('button', { type: 'button' }, words);
  made.addEventListener('click', click);
  return made;
}

/**
 * Puts the download options of a result into an element; none for an empty result. `load` gives the details
 * of each Dandiset, and `fail` is called if they are unavailable.
 */
export function offerResultFiles(
  place: HTMLElement,
  identifiers: readonly string[],
  load: () => Promise<ResultDetails>,
  fail: (error: unknown) => void,
): void {
  if (identifiers.length === 0) {
    place.replaceChildren();
    return;
  }
  const save = async (form: 'csv' | 'json'): Promise<void> => {
    const [details, { saveResultFile }] = await Promise.all([
      load(),
      import('./save-result.client.ts'),
    ]);
    saveResultFile(form, details);
  };
  place.replaceChildren(
    button('CSV', () => void save('csv').catch(fail)),
    button('JSON', () => void save('json').catch(fail)),
    element('button', { type: 'button', 'data-copy': identifiers.join('\n') }, 'Copy identifiers'),
  );
}
