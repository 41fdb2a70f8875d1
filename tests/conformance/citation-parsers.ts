// Small readers of citation files, written from the formats' descriptions and not from our writers.

import { parse as parseYaml } from 'yaml';

/** A name as all formats can express it: `van der Kouwe, Andre, Jr.`, or a literal one. */
type Names = string[];

const COMMANDS: Record<string, string> = {
  textbackslash: '\\',
  textbraceleft: '{',
  textbraceright: '}',
  textasciitilde: '~',
  textasciicircum: '^',
};

/** What TeX would print for a value. */
function printed(value: string): string {
  return value
    .replace(/\\(text[a-z]+)\{\}/g, (_, name: string) => `\\u${COMMANDS[name]?.charCodeAt(0)};`)
    .replace(/\\([$&#_%])/g, (_, mark: string) => `\\u${mark.charCodeAt(0)};`)
    .replace(/[{}]/g, '')
    .replace(/\\u(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

/** The end of the braces that open at `start`; throws where they do not balance. */
function closing(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    else if (text[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error(`Braces do not balance: ${text.slice(start, start + 80)}`);
}

/** Splits where the separator is outside of braces, as BibTeX does. */
function splitOutside(text: string, separator: RegExp): string[] {
  const parts: string[] = [];
  let [from, at] = [0, 0];
  while (at < text.length) {
    if (text[at] === '{') at = closing(text, at);
    separator.lastIndex = at;
    const found = separator.exec(text)?.[0];
    if (found === undefined) at += 1;
    else {
      parts.push(text.slice(from, at));
      at += found.length;
      from = at;
    }
  }
  return [...parts, text.slice(from)];
}

export interface ParsedCitation {
  id: string;
  type: string;
  names: Names;
  fields: Map<string, string>;
}

/** One entry of BibTeX. */
export function parseBibtex(text: string): ParsedCitation {
  const [whole, type = '', id = ''] = /^@(\w+)\{([A-Za-z0-9_]+),\s*/.exec(text) ?? [];
  if (whole === undefined) throw new Error(`No entry: ${text.slice(0, 80)}`);
  const fields = new Map<string, string>();
  let names: Names = [];
  let at = whole.length;
  while (text[at] !== '}') {
    const start = /^(\w+) = /.exec(text.slice(at));
    if (start === null) throw new Error(`No field at: ${text.slice(at, at + 80)}`);
    at += start[0].length;
    const end = text[at] === '{' ? closing(text, at) + 1 : text.indexOf(',', at);
    const raw = text.slice(at, end);
    const value = raw.startsWith('{') ? raw.slice(1, -1) : raw;
    const name = start[1] ?? '';
    fields.set(name, name === 'url' || name === 'doi' ? value : printed(value));
    if (name === 'author') {
      names = splitOutside(value, / and /y).map((one) => {
        // In BibTeX the suffix is in the middle: "von Last, Jr, First".
        const parts = splitOutside(one, /, /y).map(printed);
        return (parts.length === 3 ? [parts[0], parts[2], parts[1]] : parts).join(', ');
      });
    }
    at = end + (/^,\s*/.exec(text.slice(end))?.[0].length ?? 0);
  }
  if (text.slice(at) !== '}\n') throw new Error('There is more than one entry.');
  return { id, type, names, fields };
}

/** One record of RIS. */
export function parseRis(text: string): ParsedCitation {
  const lines = text.split('\r\n');
  if (lines.at(-1) !== '' || lines.at(-2) !== 'ER  - ') throw new Error('The record has no end.');
  const fields = new Map<string, string>();
  const names: Names = [];
  for (const line of lines.slice(0, -2)) {
    const [, tag, value] = /^([A-Z][A-Z0-9]) {2}- ([^\r\n]+)$/.exec(line) ?? [];
    if (tag === undefined || value === undefined) throw new Error(`No tag: ${line}`);
    if (tag === 'AU') names.push(value);
    else fields.set(tag, fields.has(tag) ? `${fields.get(tag)}, ${value}` : value);
  }
  return { id: fields.get('ID') ?? '', type: fields.get('TY') ?? '', names, fields };
}

type TextMap = Partial<Record<string, string>>;

/** A list of one item of CSL-JSON. */
export function parseCslJson(text: string): ParsedCitation {
  const items = JSON.parse(text) as (Record<string, unknown> & { author?: TextMap[] })[];
  const [item = {}] = items;
  if (items.length !== 1) throw new Error(`There are ${items.length} items.`);
  const names = (item.author ?? []).map(
    ({ literal, family, given, suffix, 'non-dropping-particle': particle }) =>
      literal ??
      [[particle, family].filter(Boolean).join(' '), given, suffix].filter(Boolean).join(', '),
  );
  const fields = new Map(
    Object.entries(item).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[key, value]] : [],
    ),
  );
  const issued = item['issued'] as { 'date-parts': number[][] } | undefined;
  if (issued !== undefined) {
    const parts = (issued['date-parts'][0] ?? []).map((part) => String(part).padStart(2, '0'));
    fields.set('issued', parts.join('-'));
  }
  return { id: fields.get('id') ?? '', type: fields.get('type') ?? '', names, fields };
}

/** A CITATION.cff. */
export function parseCff(text: string): ParsedCitation & { value: unknown } {
  const value = parseYaml(text) as Record<string, unknown> & { authors: TextMap[] };
  const names = value.authors.map(
    (author) =>
      author['name'] ??
      [
        [author['name-particle'], author['family-names']].filter(Boolean).join(' '),
        author['given-names'],
        author['name-suffix'],
      ]
        .filter(Boolean)
        .join(', '),
  );
  const fields = new Map(
    Object.entries(value).flatMap(([key, one]): [string, string][] =>
      typeof one === 'string' ? [[key, one]] : [],
    ),
  );
  return { id: '', type: fields.get('type') ?? '', names, fields, value };
}
