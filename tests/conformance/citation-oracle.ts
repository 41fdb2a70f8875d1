// Citations as citeproc makes them from the styles of the CSL project, to compare ours with. The styles come
// from the Python environment: their licence does not allow them in this repository.

import { createRequire } from 'node:module';
import path from 'node:path';
import type { CslItem } from '../../src/core/citations/csl-json.ts';
import { python } from '../support/process/python.ts';
import { runProgram } from '../support/process/run-cli.ts';

interface Engine {
  setOutputFormat(name: 'text'): void;
  updateItems(ids: string[]): void;
  makeBibliography(): [settings: unknown, entries: string[]];
}

interface Citeproc {
  Engine: new (
    sys: { retrieveLocale(name: string): string; retrieveItem(id: string): CslItem | undefined },
    style: string,
    locale: string,
  ) => Engine;
}

const citeproc = createRequire(import.meta.url)('citeproc') as Citeproc;

export interface ReferenceData {
  styles: Record<string, string>;
  locales: Record<string, string>;
  /** The JSON schema of the Citation File Format 1.2.0. */
  cff: object;
}

/** Styles, locales and the schema of CFF, from the Python environment. */
export async function referenceData(): Promise<ReferenceData> {
  const script = path.join(import.meta.dirname, 'reference_data.py');
  const { stdout, stderr, code } = await runProgram(python.path, [script]);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as ReferenceData;
}

/** What citeproc makes of items, one text per item, without the number of the list. */
export function citeprocTexts(
  { styles, locales }: ReferenceData,
  { style, locale }: { style: string; locale: string },
  items: readonly CslItem[],
): string[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  const engine = new citeproc.Engine(
    {
      retrieveLocale: (name) => locales[name] ?? '',
      // It modifies its input.
      retrieveItem: (id) => structuredClone(byId.get(id)),
    },
    styles[style] ?? '',
    locale,
  );
  engine.setOutputFormat('text');
  return items.map(({ id }) => {
    engine.updateItems([id]);
    const [entry = ''] = engine.makeBibliography()[1];
    return entry.trim().replace(/^(?:1\. |\[1\] )/, '');
  });
}
