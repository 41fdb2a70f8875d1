// JSON as text. Records come from elsewhere and must not change in transit: numbers keep their spelling, keys
// their order, repeated keys are noticed. JSON.parse loses all three, so layout is changed on the tokens of
// the text and values are only read from it.

/** Any JSON value, as JSON.parse gives it. */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue;
}

export interface JsonProblem {
  message: string;
  /** 1-based. */
  line: number;
  column: number;
}

export type ParsedJson = { ok: true; value: JsonValue } | { ok: false; problem: JsonProblem };

const BLANK_OR_NOT = /[^ \t\n\r]/g;
const PLAIN_TOKEN = /([{}[\],:])|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)|(true|false|null)/y;
const END_OF_RUN = /["\\\u0000-\u001f]/g;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

// Deeper than any real record by far; keeps a hostile file from exhausting the stack.
const MAX_DEPTH = 200;

class JsonSyntaxError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

type Token = {
  kind: '{' | '}' | '[' | ']' | ',' | ':' | 'string' | 'number' | 'word';
  text: string;
};

class Tokens {
  private readonly text: string;
  private position = 0;
  /** Where the last token begins. */
  start = 0;

  constructor(text: string) {
    this.text = text;
  }

  next(): Token | undefined {
    BLANK_OR_NOT.lastIndex = this.position;
    const begin = BLANK_OR_NOT.exec(this.text);
    if (begin === null) return undefined;
    this.start = begin.index;
    if (begin[0] === '"') {
      this.position = this.endOfString(begin.index);
      return { kind: 'string', text: this.text.slice(begin.index, this.position) };
    }
    PLAIN_TOKEN.lastIndex = begin.index;
    const match = PLAIN_TOKEN.exec(this.text);
    if (match === null) {
      throw new JsonSyntaxError(`unexpected ${JSON.stringify(begin[0])}`, begin.index);
    }
    this.position = PLAIN_TOKEN.lastIndex;
    if (match[1] !== undefined) return { kind: match[1] as Token['kind'], text: match[1] };
    return { kind: match[2] !== undefined ? 'number' : 'word', text: match[0] };
  }

  /** Runs of plain characters are skipped by a search, so a text of megabytes needs no stack. */
  private endOfString(start: number): number {
    let position = start + 1;
    for (;;) {
      END_OF_RUN.lastIndex = position;
      const stop = END_OF_RUN.exec(this.text);
      if (stop === null) throw new JsonSyntaxError('a text is not closed', start);
      if (stop[0] === '"') return stop.index + 1;
      ESCAPE.lastIndex = stop.index;
      if (!ESCAPE.test(this.text)) {
        const found = stop[0] === '\\' ? 'an unknown escape' : 'a bare control character';
        throw new JsonSyntaxError(`${found} in a text`, stop.index);
      }
      position = ESCAPE.lastIndex;
    }
  }

  need(): Token {
    const token = this.next();
    if (token === undefined) throw new JsonSyntaxError('the text ends too early', this.text.length);
    return token;
  }
}

// A message may quote a token of megabytes.
const MAX_MESSAGE = 200;

/** The 1-based line of an offset in a text. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1))
    line += 1;
  return line;
}

function problemAt(text: string, error: JsonSyntaxError): JsonProblem {
  const message =
    error.message.length > MAX_MESSAGE ? `${error.message.slice(0, MAX_MESSAGE)}…` : error.message;
  const lineStart = text.lastIndexOf('\n', error.offset - 1) + 1;
  return { message, line: lineAt(text, error.offset), column: error.offset - lineStart + 1 };
}

/** Rewrites `text` from its tokens: indented by `indent` blanks per level, or on one line for 0. */
function layOut(text: string, indent: number): string {
  const tokens = new Tokens(text);
  const out: string[] = [];
  const breakLine = (depth: number): void => {
    if (indent > 0) out.push('\n', ' '.repeat(indent * depth));
  };

  const container = (open: '{' | '[', depth: number): void => {
    const close = open === '{' ? '}' : ']';
    const keys = new Set<string>();
    out.push(open);
    let token = tokens.need();
    if (token.kind === close) {
      out.push(close);
      return;
    }
    for (;;) {
      breakLine(depth + 1);
      if (open === '{') {
        if (token.kind !== 'string') {
          throw new JsonSyntaxError(`expected a key, found ${token.text}`, tokens.start);
        }
        const key = JSON.parse(token.text) as string;
        if (keys.has(key))
          throw new JsonSyntaxError(`the key ${token.text} is there twice`, tokens.start);
        keys.add(key);
        out.push(token.text, indent > 0 ? ': ' : ':');
        const colon = tokens.need();
        if (colon.kind !== ':')
          throw new JsonSyntaxError(`expected ":", found ${colon.text}`, tokens.start);
        token = tokens.need();
      }
      value(token, depth + 1);
      token = tokens.need();
      if (token.kind === close) break;
      if (token.kind !== ',') {
        throw new JsonSyntaxError(`expected "," or "${close}", found ${token.text}`, tokens.start);
      }
      out.push(',');
      token = tokens.need();
    }
    breakLine(depth);
    out.push(close);
  };

  const value = (token: Token, depth: number): void => {
    if (depth > MAX_DEPTH)
      throw new JsonSyntaxError(`nested deeper than ${MAX_DEPTH}`, tokens.start);
    if (token.kind === '{' || token.kind === '[') container(token.kind, depth);
    else if (token.kind === 'string' || token.kind === 'number' || token.kind === 'word') {
      out.push(token.text);
    } else throw new JsonSyntaxError(`unexpected ${token.text}`, tokens.start);
  };

  value(tokens.need(), 0);
  const extra = tokens.next();
  if (extra !== undefined) throw new JsonSyntaxError('something follows the value', tokens.start);
  return out.join('');
}

export type LaidOut = { ok: true; text: string } | { ok: false; problem: JsonProblem };

function layOutSafely(text: string, indent: number): LaidOut {
  try {
    return { ok: true, text: layOut(text, indent) };
  } catch (error) {
    if (error instanceof JsonSyntaxError) return { ok: false, problem: problemAt(text, error) };
    throw error;
  }
}

/**
 * The same JSON laid out as records are: an indent of two blanks, no final line break. Keys, their order,
 * strings and numbers keep their exact characters. A repeated key is a problem.
 */
export function indentJson(text: string): LaidOut {
  return layOutSafely(text, 2);
}

/** The same JSON on one line without blanks, every token unchanged. */
export function compactJson(text: string): LaidOut {
  return layOutSafely(text, 0);
}

/** Reads a value; returns what is wrong, and where, instead of throwing. Nesting is bounded. */
export function parseJson(text: string): ParsedJson {
  try {
    const value = JSON.parse(text) as JsonValue;
    // The native parser is fast but accepts repeated keys and any depth: only a harmful depth is looked for
    // here; repeated keys are found by the checks on the text.
    if (!isDeeper(value, MAX_DEPTH)) return { ok: true, value };
  } catch {
    // The exact location comes from our own reading below.
  }
  const laidOut = compactJson(text);
  return laidOut.ok
    ? { ok: false, problem: { message: 'is not JSON that can be read', line: 1, column: 1 } }
    : laidOut;
}

/** Whether lists and objects are nested deeper than that. */
function isDeeper(value: JsonValue, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels < 0) return true;
  if (Array.isArray(value)) return value.some((inner) => isDeeper(inner, levels - 1));
  // Without a list of the keys: five times as fast, and every record that is read passes through here.
  for (const key in value) if (isDeeper(value[key] ?? null, levels - 1)) return true;
  return false;
}

/** Whether a value, nested values included, has more values than that. */
export function hasMoreValues(value: JsonValue, most: number): boolean {
  let left = most;
  const exceeds = (inner: JsonValue): boolean => {
    left -= 1;
    if (left < 0) return true;
    if (typeof inner !== 'object' || inner === null) return false;
    if (Array.isArray(inner)) return inner.some(exceeds);
    for (const key in inner) if (exceeds(inner[key] ?? null)) return true;
    return false;
  };
  return exceeds(value);
}

/** Whether a value is a JSON object (not an array, not null). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a key if the value is an object that has it as its own, else undefined. */
export function member(value: unknown, key: string): JsonValue | undefined {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The text of a key, not trimmed; undefined if absent or not a text. */
export function textMember(value: unknown, key: string): string | undefined {
  const found = member(value, key);
  return typeof found === 'string' ? found : undefined;
}

/** The list of a key; a lone value counts as a list of one, absence as an empty list. */
export function listMember(value: unknown, key: string): JsonValue[] {
  const found = member(value, key);
  if (found === undefined || found === null) return [];
  return Array.isArray(found) ? found : [found];
}

/** A whole number of at least zero under a key; undefined if absent or anything else. */
export function countMember(value: unknown, key: string): number | undefined {
  const found = member(value, key);
  return typeof found === 'number' && Number.isSafeInteger(found) && found >= 0 ? found : undefined;
}
