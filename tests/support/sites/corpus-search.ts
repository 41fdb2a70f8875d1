// The search of the corpus without a browser: words by their index, phrases by looking through the texts.

import { folderTree } from '../../../src/adapters/content-files/folder-tree.ts';
import { isOwnAddress, parseDandiAddress } from '../../../src/core/identifiers/dandi-address.ts';
import { parseQuery } from '../../../src/core/search/query.ts';
import { runSearch, type SearchOutcome } from '../../../src/core/search/run-search.ts';
import type { SearchIndex } from '../../../src/core/search/search-index.ts';
import type { SynonymNames } from '../../../src/core/search/synonyms.ts';
import { matchTerms } from '../../../src/core/search/text-search.ts';
import type { WordIndex } from '../../../src/core/search/word-index.ts';
import { foldedWords } from '../../../src/core/text/fold.ts';
import { loadCatalog } from '../../../src/site/catalog/catalog.ts';
import { searchDocuments } from '../../../src/site/search/search-documents.ts';
import { importedCorpus } from '../records/corpus.ts';
import { indexOf, namesOf, wordsIndexOf } from './small-search.ts';

export class CorpusSearch {
  readonly index: SearchIndex;
  private readonly words: WordIndex;
  private readonly names: SynonymNames;
  private readonly texts: string[];

  private constructor(documents: Awaited<ReturnType<typeof searchDocuments>>) {
    this.index = indexOf(documents);
    this.words = wordsIndexOf(documents);
    this.names = namesOf(documents);
    this.texts = documents.map(({ lines }) => ` ${foldedWords(lines.join('\n')).join(' ')}`);
  }

  static async read(): Promise<CorpusSearch> {
    const catalog = await loadCatalog({
      tree: folderTree(await importedCorpus()),
      base: '/',
      readStoredList: async () => undefined,
    });
    return new CorpusSearch(await searchDocuments(catalog));
  }

  private phrase(sought: readonly string[]): Set<number> {
    const text = ` ${sought.join(' ')}`;
    return new Set(this.texts.flatMap((one, row) => (one.includes(text) ? [row] : [])));
  }

  /** What a text finds. */
  async search(text: string): Promise<SearchOutcome> {
    const query = parseQuery(text);
    const address = parseDandiAddress(text, { prefix: 'DANDI' });
    const number =
      address !== undefined && isOwnAddress(address, 'DANDI') ? address.number : undefined;
    const exact = this.index.rows.findIndex((row) => row.number === number);
    const { matches } = await matchTerms(query.terms, this.words, this.names, async (phrase) =>
      this.phrase(phrase),
    );
    return runSearch(this.index, {
      query,
      matches,
      order: 'best',
      exact: exact < 0 ? undefined : exact,
    });
  }

  /** The numbers of what a text finds, in order. */
  async found(text: string): Promise<string[]> {
    return (await this.search(text)).rows.map((row) => this.index.rows[row]?.number ?? '');
  }
}
