// Fills empty fields from a file that is dropped or chosen: CSL-JSON, or dataset_description.json.

import { prefilled, readPrefill } from '../../../core/editing/prefill.ts';
import type { RecordNode } from '../../../core/editing/record-tree.ts';
import { formFieldWords } from '../../../core/editing/form-words.ts';
import { parseJson } from '../../../core/json/json-text.ts';
import { element } from '../../browser/dom.client.ts';

const LARGEST = 5_000_000;

/** The part; `tree` gives the record as it is, `take` gets the filled one. */
export function prefillPart(
  order: readonly string[],
  tree: () => RecordNode,
  take: (filled: RecordNode) => void,
): HTMLElement {
  const status = element('p', { role: 'status', class: 'small' });
  const input = element('input', {
    type: 'file',
    id: 'prefill-file',
    accept: '.json,application/json',
    'aria-describedby': 'prefill-help',
  });
  const takeFile = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const parsed = file.size > LARGEST ? undefined : parseJson(await file.text());
    const prefill = parsed?.ok === true ? readPrefill(parsed.value) : undefined;
    if (prefill === undefined) {
      status.textContent = `${file.name} is neither CSL-JSON nor a dataset_description.json.`;
      return;
    }
    const { tree: filled, fields } = prefilled(tree(), prefill, order);
    take(filled);
    const names = fields.map((name) => formFieldWords('Dandiset', name).label.toLowerCase());
    status.textContent =
      fields.length === 0
        ? `Nothing of ${prefill.source} was missing here.`
        : `Filled from ${prefill.source}: ${names.join(', ')}. Undo takes it back.`;
  };
  input.addEventListener('change', () => {
    void takeFile(input.files?.[0]);
    input.value = '';
  });
  const zone = element(
    'details',
    { class: 'prefill' },
    element('summary', {}, 'Fill in from a file'),
    element(
      'p',
      { class: 'help', id: 'prefill-help' },
      'The metadata of a DOI as CSL-JSON (doi.org gives it for "Accept: application/vnd.citationstyles.csl+json"), or the dataset_description.json of a BIDS data set. Drop it here or choose it. Only empty fields are filled.',
    ),
    element('label', { for: 'prefill-file', class: 'visually-hidden' }, 'File to fill in from'),
    input,
    status,
  );
  zone.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
  });
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    void takeFile(event.dataTransfer?.files[0]);
  });
  return zone;
}
