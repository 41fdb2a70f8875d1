// All words of the archive's texts, cut into files by their beginning. They tell a word that is not
// there from one that is, which the full text itself cannot, and offer the nearest.

import { nearestWords } from './nearest-words.ts';

/** The part of the list a word is in; a part is one file. */
export function wordPart(word: string): string {
  const first = word[0] ?? '';
  return /[a-z0-9]/.test(first) ? first : 'other';
}

/** Every part there can be. */
export const WORD_PARTS: readonly string[] = [...'abcdefghijklmnopqrstuvwxyz0123456789', 'other'];

/** The parts of a list that have words, as texts: sorted, one word a line. */
export function encodeWords(words: Iterable<string>): Map<string, string> {
  const parts = new Map<string, string[]>();
  for (const word of [...new Set(words)].sort()) {
    const part = wordPart(word);
    parts.set(part, [...(parts.get(part) ?? []), word]);
  }
  return new Map([...parts].map(([part, list]) => [part, `${list.join('\n')}\n`]));
}

/** Words of the parts that were read. */
export class WordList {
  private readonly parts = new Map<string, readonly string[]>();

  /** Adds a part; an absent one has no words. */
  add(part: string, text: string): void {
    this.parts.set(
      part,
      text.split('\n').filter((word) => word !== ''),
    );
  }

  holds(part: string): boolean {
    return this.parts.has(part);
  }

  /** Whether some text has the word, or one that begins with it. */
  has(word: string): boolean {
    const list = this.parts.get(wordPart(word)) ?? [];
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle] ?? '') < word) low = middle + 1;
      else high = middle;
    }
    return list[low]?.startsWith(word) ?? false;
  }

  /** The words most like one that is not there. */
  nearest(word: string, most = 3): string[] {
    return nearestWords(word, [...this.parts.values()].flat(), most);
  }
}
