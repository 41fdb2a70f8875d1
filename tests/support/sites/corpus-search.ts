// The search of the corpus without a browser: words by their index, phrases by looking through the texts.

import { folderTree } from '../../../src/adapters/content-files/folder-tree.ts';
import { isOwnAddress } from '../../../src/core/identifiers/dandi-address.ts';
import { parsePastedAddress } from '../../../src/core/identifiers/pasted-address.ts';
import { correctedQuery } from '../../../src/core/search/corrected-query.ts';
import { byFrequency, nearestWords } from '../../../src/core/search/nearest-words.ts';
import { frontDecode } from '../../../src/core/search/front-coding.ts';
import { parseQuery } from '../../../src/core/search/query.ts';
import { runSearch, type SearchOutcome } from '../../../src/core/search/run-search.ts';
import type { SearchIndex } from '../../../src/core/search/search-index.ts';
import type { SynonymNames } from '../../../src/core/search/synonyms.ts';
import { matchTerms } from '../../../src/core/search/text-search.ts';
import { encodeWords, type WordIndex } from '../../../src/core/search/word-index.ts';
import { foldedWords } from '../../../src/core/text/fold.ts';
import { loadCatalog } from '../../../src/site/catalog/catalog.ts';
import { searchDocuments } from '../../../src/site/search/search-documents.ts';
import { importedCorpus } from '../records/corpus.ts';
import { indexOf, namesOf, wordsIndexOf } from './small-search.ts';

export class CorpusSearch {
  readonly index: SearchIndex;
  private readonly words: WordIndex;
  private readonly names: SynonymNames;
  private readonly spellings: string[];
  private readonly texts: string[];

  private constructor(documents: Awaited<ReturnType<typeof searchDocuments>>) {
    this.index = indexOf(documents);
    this.words = wordsIndexOf(documents);
    this.names = namesOf(documents);
    this.spellings = frontDecode(encodeWords(documents).spellings);
    this.texts = documents.map(({ lines, looseLines }) => {
      const phrases = lines.slice(0, lines.length - looseLines);
      return ` ${foldedWords(phrases.join('\n')).join(' ')}`;
    });
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

  private nearest(word: string): string[] {
    return byFrequency(
      nearestWords(word, [...this.spellings, ...this.names.words()], 8),
      this.words,
    );
  }

  /** What a text finds; if that is nothing because of a typing error, what its correction finds. */
  async search(text: string): Promise<SearchOutcome> {
    const query = parseQuery(text);
    const address = parsePastedAddress(text, { prefix: 'DANDI' });
    const number =
      address !== undefined && isOwnAddress(address, 'DANDI') ? address.number : undefined;
    const exact = this.index.rows.findIndex((row) => row.number === number);
    const { matches, unknown } = await matchTerms(
      query.terms,
      this.words,
      this.names,
      async (phrase) => this.phrase(phrase),
    );
    const outcome = runSearch(this.index, {
      query,
      matches,
      order: 'best',
      exact: exact < 0 ? undefined : exact,
    });
    if (outcome.rows.length > 0) return outcome;
    const nearest = new Map([...unknown.values()].flat().map((one) => [one, this.nearest(one)]));
    const corrected = correctedQuery(text, unknown, nearest);
    return corrected === undefined ? outcome : this.search(corrected.text);
  }

  /** The numbers of what a text finds, in order. */
  async found(text: string): Promise<string[]> {
    return (await this.search(text)).rows.map((row) => this.index.rows[row]?.number ?? '');
  }
}
