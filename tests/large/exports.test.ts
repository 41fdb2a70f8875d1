// Exports of the corpus, by the same demands as those of the demo.

import { draftSuite, exportSuite, referenceSuite } from '../conformance/export-suites.ts';
import { describeWith } from '../support/needed-part.ts';
import { pythonExports } from '../support/process/python.ts';
import { importedCorpus } from '../support/records/corpus.ts';
import { shared } from '../support/shared.ts';
import { draftDatasets, publishedExports } from '../support/sites/published-exports.ts';

describeWith(shared, 'exports of the corpus', () => {
  exportSuite(async () => publishedExports(await importedCorpus()), 164);
  draftSuite(async () => draftDatasets(await importedCorpus()), 293);
});

describeWith([shared, pythonExports], 'exports of the corpus and the tools of the field', () => {
  referenceSuite(async () => publishedExports(await importedCorpus()), 164);
});
