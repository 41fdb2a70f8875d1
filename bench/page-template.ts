// Plain templates, cut out of built pages by program: where a page shows a text of its view there is a hole,
// and where it shows a list there is one item to be repeated. Parts of a page that depend on a condition are
// as in the page that was cut, so that filled pages resemble the built ones on average.

/** A page or a part of one: literal text, holes, and lists. */
export type Template = readonly (string | Hole | List)[];

interface Hole {
  path: readonly string[];
  /** Which of the forms the text has in the page. */
  form: number;
}

interface List {
  path: readonly string[];
  item: Template;
}

/** Where a list is in a page, and the item that is repeated. */
interface Region {
  start: number;
  end: number;
  /** What every item begins with. */
  opening: string;
  item: string;
  like: unknown;
}

type Form = (text: string) => string;

function escaping(names: Readonly<Record<string, string>>): Form {
  return (text) => text.replace(/[&<>"']/g, (character) => names[character] ?? character);
}

/** How a text may be in a page: as text, in an attribute, as HTML. The first that fits is taken. */
const FORMS: readonly Form[] = [
  escaping({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }),
  escaping({ '&': '&#38;', '"': '&#34;' }),
  (text) => text,
];
/** Shorter texts occur in a page by chance. */
const SHORTEST = 3;
/** This many places are tried for the first item of a list. */
const MOST_STARTS = 20;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The texts of a view by path; those of lists by their indices. */
function textsOf(view: unknown, path: readonly string[] = []): [readonly string[], string][] {
  if (typeof view === 'string' || typeof view === 'number') return [[path, String(view)]];
  if (!isObject(view)) return [];
  return Object.entries(view).flatMap(([key, value]) => textsOf(value, [...path, key]));
}

/** The lists of a view by path, without nested lists. */
function listsOf(view: unknown, path: readonly string[] = []): [readonly string[], unknown[]][] {
  if (Array.isArray(view)) return [[path, view]];
  if (!isObject(view)) return [];
  return Object.entries(view).flatMap(([key, value]) => listsOf(value, [...path, key]));
}

function valueAt(view: unknown, path: readonly string[]): unknown {
  return path.reduce((value: unknown, key) => (isObject(value) ? value[key] : undefined), view);
}

/** The common suffix of two texts, starting at an opening tag. */
function sharedEnd(a: string, b: string): string {
  let length = 0;
  while (length < a.length && length < b.length && a.at(-1 - length) === b.at(-1 - length)) {
    length += 1;
  }
  const shared = a.slice(a.length - length);
  const tag = shared.search(/<[a-z]/);
  return tag < 0 ? '' : shared.slice(tag);
}

/** Where texts follow one another, starting from the place of the first. */
function inOrder(html: string, texts: readonly string[], first: number): number[] | undefined {
  const places: number[] = [];
  let from = first;
  for (const text of texts) {
    const place = html.indexOf(text, from);
    if (place < 0 || text.length < SHORTEST) return undefined;
    places.push(place);
    from = place + text.length;
  }
  return places;
}

/** The items of a list in a page if each is found by the text at a path, in a form. */
function regionBy(html: string, items: readonly unknown[], texts: readonly string[]): Region[] {
  const regions: Region[] = [];
  let first = html.indexOf(texts[0] ?? '');
  for (let tries = 0; first >= 0 && tries < MOST_STARTS; tries += 1) {
    const places = inOrder(html, texts, first) ?? [];
    const before = places.map((place) => html.slice(Math.max(0, place - 1000), place));
    const opening = before.slice(1).reduce(sharedEnd, before[0] ?? '');
    const starts = places.map((place) => place - opening.length);
    const pieces = starts.slice(1).map((start, at) => html.slice(starts[at], start));
    const closing = /(?:<\/[\w-]+>\s*)+$/.exec(pieces[0] ?? '')?.[0].trim() ?? '>';
    const end = html.indexOf(closing, places.at(-1)) + closing.length;
    const [start = 0] = starts;
    const bySize = pieces.map((item, at) => ({ item, like: items[at] }));
    bySize.sort((a, b) => a.item.length - b.item.length);
    const sample = bySize[Math.floor(bySize.length / 2)];
    if (opening !== '' && end > start && sample !== undefined)
      regions.push({ start, end, opening, ...sample });
    first = html.indexOf(texts[0] ?? '', first + 1);
  }
  return regions;
}

/** Where a page shows a list: where its items have most in common, and the shortest of such places. */
function regionOf(html: string, items: readonly unknown[]): Region | undefined {
  const [first] = items;
  if (items.length < 2) return undefined;
  const regions = textsOf(first).flatMap(([path]) =>
    FORMS.flatMap((form) =>
      regionBy(
        html,
        items,
        items.map((item) => form(String(valueAt(item, path) ?? ''))),
      ),
    ),
  );
  const sorted = regions.sort(
    (a, b) => b.opening.length - a.opening.length || a.end - a.start - (b.end - b.start),
  );
  return sorted[0];
}

function cutHoles(html: string, view: unknown): Template {
  const holes = new Map<string, Hole>();
  for (const [path, text] of textsOf(view)) {
    for (const [form, write] of FORMS.entries()) {
      const written = write(text);
      if (text.length >= SHORTEST && !holes.has(written)) holes.set(written, { path, form });
    }
  }
  const texts = [...holes.keys()].sort((a, b) => b.length - a.length);
  if (texts.length === 0) return [html];
  const any = texts.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('|');
  return html.split(new RegExp(`(${any})`)).map((piece) => holes.get(piece) ?? piece);
}

/** The template of a built page, cut by the view that it shows. */
export function cutTemplate(html: string, view: unknown): Template {
  const found = listsOf(view).flatMap(([path, items]) => {
    const region = regionOf(html, items);
    return region === undefined ? [] : [{ path, ...region }];
  });
  const template: (string | Hole | List)[] = [];
  let at = 0;
  for (const { path, start, end, item, like } of found.sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    template.push(...cutHoles(html.slice(at, start), view), {
      path,
      item: cutTemplate(item, like),
    });
    at = end;
  }
  return [...template, ...cutHoles(html.slice(at), view)];
}

/** Fills the holes of a template with the texts of a view. */
export function fillTemplate(template: Template, view: unknown): string {
  let html = '';
  for (const part of template) {
    if (typeof part === 'string') html += part;
    else if ('item' in part) {
      const items = valueAt(view, part.path);
      if (Array.isArray(items)) for (const one of items) html += fillTemplate(part.item, one);
    } else html += FORMS[part.form]?.(String(valueAt(view, part.path) ?? '')) ?? '';
  }
  return html;
}
