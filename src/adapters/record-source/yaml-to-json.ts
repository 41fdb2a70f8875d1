// YAML records as JSON text. They were written in two dialects (YAML 1.1 and 1.2), which disagree on the
// meaning of `yes`, `017` or `2021-01-01`; here a plain scalar is a number, boolean or null only if it is
// spelled as in JSON, and text otherwise. Numbers keep their spelling.

import { LineCounter, isAlias, isMap, isNode, isPair, isScalar, isSeq, parseDocument } from 'yaml';
import { quote } from '../../core/text/quote.ts';

export type YamlRead = { ok: true; json: string } | { ok: false; message: string; line: number };

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;
// Both dialects accept these spellings, and quote them where they are meant as text.
const WORDS = new Map([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, 'null'] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, 'true'] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, 'false'] as const),
]);

const MAX_DEPTH = 200;
/** With deeper indentation or bracket nesting than this, the YAML package itself runs out of memory. */
const MAX_NESTING = 2000;
/** Aliases may repeat parts of a record, but not blow it up ("billion laughs"). */
const MAX_GROWTH = 10;
const GROWTH_ALLOWANCE = 100_000;

const TEXT_TAG = 'tag:yaml.org,2002:str';
const CONTAINER_TAGS = new Set([undefined, 'tag:yaml.org,2002:map', 'tag:yaml.org,2002:seq']);

class YamlProblem extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Where a node begins, or else where its parent does. */
function offsetOf(node: unknown, outer: number): number {
  return isNode(node) ? (node.range?.[0] ?? outer) : outer;
}

function looksTooDeep(text: string): boolean {
  let [open, column, leading] = [0, 0, true];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x0a) {
      [column, leading] = [0, true];
    } else if (leading && (code === 0x20 || code === 0x2d || code === 0x3f || code === 0x09)) {
      column += 1;
    } else leading = false;
    if (code === 0x5b || code === 0x7b) open += 1;
    else if ((code === 0x5d || code === 0x7d) && open > 0) open -= 1;
    if (open > MAX_NESTING || column > MAX_NESTING) return true;
  }
  return false;
}

/** Writes the nodes of a document as JSON, with everything that could grow kept within bounds. */
class JsonWriter {
  private readonly out: string[] = [];
  private readonly anchors = new Map<string, unknown>();
  /** Number of aliases through which the current node is repeated. */
  private aliases = 0;
  private readonly limit: number;
  private size = 0;

  constructor(sourceLength: number) {
    this.limit = sourceLength * MAX_GROWTH + GROWTH_ALLOWANCE;
  }

  /** The whole document. */
  text(contents: unknown): string {
    this.node(contents, 0, 0);
    return this.out.join('');
  }

  private put(text: string, offset: number): void {
    this.out.push(text);
    this.size += text.length;
    if (this.size > this.limit)
      throw new YamlProblem('grows beyond all measure through its aliases', offset);
  }

  private node(node: unknown, depth: number, outer: number): void {
    const offset = offsetOf(node, outer);
    // Nodes come in the order of the file, so a name refers to the anchor seen last; what an alias repeats
    // defines no new anchor.
    if (isNode(node) && !isAlias(node) && node.anchor !== undefined && this.aliases === 0) {
      this.anchors.set(node.anchor, node);
    }
    if (depth > MAX_DEPTH) throw new YamlProblem(`is nested deeper than ${MAX_DEPTH}`, offset);
    if (isAlias(node)) {
      const target = this.anchors.get(node.source);
      if (target === undefined)
        throw new YamlProblem(`names ${quote(`*${node.source}`)}, which is nowhere`, offset);
      this.aliases += 1;
      this.node(target, depth + 1, offset);
      this.aliases -= 1;
    } else if (isScalar(node)) {
      this.put(scalarText(node.value, node.type, node.tag, offset), offset);
    } else if (isMap(node) || isSeq(node)) {
      if (!CONTAINER_TAGS.has(node.tag))
        throw new YamlProblem(`has the unknown tag ${quote(node.tag ?? '')}`, offset);
      if (isMap(node)) this.map(node.items, depth, offset);
      else this.list(node.items, depth, offset);
    } else if (node === null || node === undefined) this.put('null', offset);
    else throw new YamlProblem('holds something that is no YAML value', offset);
  }

  private map(items: readonly unknown[], depth: number, outer: number): void {
    const keys = new Set<string>();
    this.put('{', outer);
    for (const pair of items) {
      if (!isPair(pair)) throw new YamlProblem('has an entry without a key', outer);
      const offset = offsetOf(pair.key, outer);
      if (!isScalar(pair.key) || typeof pair.key.value !== 'string') {
        throw new YamlProblem('has a key that is no text', offset);
      }
      const key = pair.key.value;
      if (keys.has(key)) throw new YamlProblem(`has the key ${quote(key)} twice`, offset);
      this.put(`${keys.size === 0 ? '' : ','}${JSON.stringify(key)}:`, offset);
      keys.add(key);
      this.node(pair.value, depth + 1, offset);
    }
    this.put('}', outer);
  }

  private list(items: readonly unknown[], depth: number, offset: number): void {
    this.put('[', offset);
    items.forEach((item, index) => {
      if (index > 0) this.put(',', offset);
      this.node(item, depth + 1, offset);
    });
    this.put(']', offset);
  }
}

function scalarText(
  value: unknown,
  type: string | undefined,
  tag: string | undefined,
  offset: number,
): string {
  const text = String(value);
  if (tag !== undefined && tag !== TEXT_TAG && tag !== '!') {
    throw new YamlProblem(`has the unknown tag ${quote(tag)}`, offset);
  }
  if (type !== 'PLAIN' || tag !== undefined) return JSON.stringify(text);
  return WORDS.get(text) ?? (NUMBER.test(text) ? text : JSON.stringify(text));
}

/** A YAML document as JSON text on one line, or what is wrong and where. */
export function yamlToJson(text: string): YamlRead {
  if (looksTooDeep(text)) return { ok: false, message: 'is nested too deeply', line: 1 };
  const lineCounter = new LineCounter();
  // The failsafe schema leaves every scalar as text; keys are compared here, since the package
  // compares each with each.
  const document = parseDocument(text, {
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    lineCounter,
  });
  const lineOf = (offset: number): number => Math.max(1, lineCounter.linePos(offset).line);
  const [error] = document.errors;
  if (error !== undefined) {
    return { ok: false, message: `is not YAML: ${error.message}`, line: lineOf(error.pos[0]) };
  }
  try {
    return { ok: true, json: new JsonWriter(text.length).text(document.contents) };
  } catch (problem) {
    if (!(problem instanceof YamlProblem)) throw problem;
    return { ok: false, message: problem.message, line: lineOf(problem.offset) };
  }
}
