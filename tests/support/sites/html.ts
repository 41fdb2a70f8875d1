// Parses built pages, enough to find what a reader sees. Their HTML is Astro's own, so no error recovery is
// needed.

export interface Tag {
  name: string;
  attributes: ReadonlyMap<string, string>;
  /** What follows up to the end tag, for script, style and title; otherwise ''. */
  text: string;
}

const NAMED = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
]);

/** Text with its character references resolved. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(parseInt(hex as string, 16));
    return NAMED.get(name as string) ?? whole;
  });
}

const TAG = /<!--[^]*?-->|<([a-z][a-z0-9-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi;
const ATTRIBUTE = /([^\s"'=/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
const RAW = new Set(['script', 'style', 'title']);

/** Every start tag in order of the page. */
export function tagsOf(html: string): Tag[] {
  const tags: Tag[] = [];
  const pattern = new RegExp(TAG);
  for (let match = pattern.exec(html); match !== null; match = pattern.exec(html)) {
    const name = match[1]?.toLowerCase();
    if (name === undefined) continue;
    const attributes = new Map<string, string>();
    for (const [, key = '', ...values] of (match[2] ?? '').matchAll(ATTRIBUTE)) {
      const value = values.find((one) => one !== undefined) ?? '';
      attributes.set(key.toLowerCase(), decodeEntities(value));
    }
    let text = '';
    if (RAW.has(name)) {
      const end = html.indexOf(`</${name}`, pattern.lastIndex);
      text = html.slice(pattern.lastIndex, end);
      pattern.lastIndex = end;
    }
    tags.push({ name, attributes, text });
  }
  return tags;
}

/** The visible text of a page or a part of one, as one line. */
export function textOf(html: string): string {
  return decodeEntities(
    html
      .replace(/<(script|style)\b[^]*?<\/\1>/g, ' ')
      .replace(/<!--[^]*?-->/g, ' ')
      .replace(/<\/?[a-z](?:[^>"']|"[^"]*"|'[^']*')*>/gi, ' '),
  )
    .replace(/\s+/g, ' ')
    .trim();
}

/** The terms of a page's description lists with their descriptions. */
export function factsOf(html: string): Map<string, string> {
  return new Map(
    [...html.matchAll(/<dt>(.*?)<\/dt>\s*<dd>(.*?)<\/dd>/gs)].map(([, term = '', said = '']) => [
      textOf(term),
      textOf(said),
    ]),
  );
}

/** The addresses a page loads or links to, as written, with their kind. */
export function addressesOf(html: string): { href: string; tag: Tag }[] {
  return tagsOf(html).flatMap((tag) =>
    ['href', 'src', 'action'].flatMap((attribute) => {
      const href = tag.attributes.get(attribute);
      return href === undefined ? [] : [{ href, tag }];
    }),
  );
}
