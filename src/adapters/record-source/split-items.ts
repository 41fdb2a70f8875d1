// Splits lists of assets into their items while they stream, so that a list of gigabytes is never one string.
// Items keep their characters; their meaning is read elsewhere.

import { BrokenFile, MAX_RECORD, sourceText, withoutMark } from './source-files.ts';

export interface ListItem {
  text: string;
  /** 1-based line of the file the item begins on. */
  line: number;
}

type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** Gathers the bytes of one item across chunks, bounded. */
class ItemBytes {
  private parts: Uint8Array[] = [];
  private size = 0;
  line = 1;

  add(part: Uint8Array): void {
    if (part.length === 0) return;
    this.parts.push(part);
    this.size += part.length;
    if (this.size > MAX_RECORD) {
      throw new BrokenFile('source-too-large', `holds a record of more than ${MAX_RECORD} bytes`, {
        line: this.line,
      });
    }
  }

  /** The item's text; starts a new one. */
  take(): string {
    const text = sourceText(Buffer.concat(this.parts), this.line);
    this.parts = [];
    this.size = 0;
    return text;
  }
}

async function* withoutFirstMark(chunks: Chunks): AsyncGenerator<Uint8Array> {
  let first = true;
  for await (const chunk of chunks) {
    yield first ? withoutMark(chunk) : chunk;
    first = false;
  }
}

async function* allLines(chunks: Chunks): AsyncGenerator<ListItem> {
  const item = new ItemBytes();
  for await (const chunk of withoutFirstMark(chunks)) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      item.add(chunk.subarray(start, end));
      const { line } = item;
      yield { text: item.take(), line };
      item.line = line + 1;
      start = end + 1;
    }
    item.add(chunk.subarray(start));
  }
  yield { text: item.take(), line: item.line };
}

/** The lines of a file, without blank ones. @throws BrokenFile */
export async function* splitLines(chunks: Chunks): AsyncGenerator<ListItem> {
  for await (const line of allLines(chunks)) if (line.text.trim() !== '') yield line;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);
const BLANK = new Set([0x20, 0x09, 0x0a, 0x0d]);
const LIST_BEGIN = 0x5b;
const LIST_END = 0x5d;

/**
 * The elements of a file that is one JSON list. Looks only at brackets, quotes and commas; whether an element
 * is JSON is left to the reader of its text. @throws BrokenFile
 */
export async function* splitJsonList(chunks: Chunks): AsyncGenerator<ListItem> {
  const item = new ItemBytes();
  let [line, depth, elements] = [1, 0, 0];
  let [inText, escaped, inItem, ended] = [false, false, false, false];

  for await (const chunk of withoutFirstMark(chunks)) {
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] as number;
      if (byte === 10) line += 1;
      if (inText) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inText = false;
        continue;
      }
      if (BLANK.has(byte)) continue;
      if (ended)
        throw new BrokenFile('source-broken-json', 'goes on after the end of the list', { line });
      if (depth === 0) {
        if (byte !== LIST_BEGIN)
          throw new BrokenFile('source-broken-json', 'does not hold a JSON list', { line });
        depth = 1;
        continue;
      }
      const isEnd = depth === 1 && CLOSE.has(byte);
      if (isEnd || (depth === 1 && byte === COMMA)) {
        if (isEnd && byte !== LIST_END)
          throw new BrokenFile('source-broken-json', 'has a "}" too many', { line });
        ended = isEnd;
        // `[]` has no element; any other gap between brackets and commas has an empty one.
        if (isEnd && elements === 0 && !inItem) continue;
        if (!inItem)
          throw new BrokenFile('source-broken-json', 'has a comma without an element', { line });
        item.add(chunk.subarray(start, at));
        const begun = item.line;
        yield { text: item.take(), line: begun };
        elements += 1;
        inItem = false;
        continue;
      }
      if (!inItem) {
        inItem = true;
        item.line = line;
        start = at;
      }
      if (byte === QUOTE) inText = true;
      else if (OPEN.has(byte)) depth += 1;
      else if (CLOSE.has(byte)) depth -= 1;
    }
    if (inItem) item.add(chunk.subarray(start));
  }
  if (!ended) throw new BrokenFile('source-broken-json', 'ends before the list does', { line });
}

/**
 * The items of a YAML file that is one block list at the left margin, each as YAML of its own. Inside such a
 * list nothing else can begin with `-` there, so lines are enough to split it. A file of another shape
 * becomes one item with `whole: true`. @throws BrokenFile
 */
export async function* splitYamlList(chunks: Chunks): AsyncGenerator<ListItem & { whole?: true }> {
  let lines: string[] = [];
  let [begin, size] = [1, 0];
  let whole = false;
  for await (const { text, line } of allLines(chunks)) {
    const isItem: boolean = !whole && /^-(?:\s|$)/.test(text);
    if (lines.length === 0 && /^(?:\s*$|---\s*$|%|#)/.test(text)) continue;
    if (isItem && lines.length > 0) {
      yield { text: lines.join('\n'), line: begin };
      [lines, size] = [[], 0];
    }
    if (lines.length === 0) {
      whole = !isItem;
      begin = line;
    }
    lines.push(isItem ? ` ${text.slice(1)}` : text);
    size += text.length;
    if (size > MAX_RECORD) {
      throw new BrokenFile('source-too-large', `holds a record of more than ${MAX_RECORD} bytes`, {
        line: begin,
      });
    }
  }
  if (lines.length > 0) yield { text: lines.join('\n'), line: begin, ...(whole ? { whole } : {}) };
}
