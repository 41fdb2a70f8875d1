import { crawlTests } from '../site/crawl-tests.ts';
import { sitePrivacyTests } from '../site/privacy.ts';
import { describeWith } from '../support/needed-part.ts';
import { importedCorpus } from '../support/records/corpus.ts';
import { shared } from '../support/shared.ts';

describeWith(shared, 'links of the corpus archive', () => crawlTests('/', importedCorpus));
describeWith(shared, 'privacy and safety of the corpus archive', () =>
  sitePrivacyTests(importedCorpus),
);
