// The one reader of DOIs, in every form that people paste: bare, `doi:…`, addresses at doi.org or through a
// library's proxy, encoded, doubled, with the end of a sentence behind. It gives the bare, decoded DOI; links
// are encoded from that.

// Longer texts are no DOI: the longest in use have some 200 characters.
const MAX_LENGTH = 2000;
// How often a prefix or a layer of encoding is removed: `doi:https://doi.org/https%3A%2F%2Fdoi.org%2F10.…`.
const MOST_PREFIXES = 5;

// Proxies of libraries write the host as a part of their own: doi-org.library.example.
const HOST = String.raw`(?:dx[.-]|www[.-])?doi(?:\.org|-org(?=\.))(?:\.[a-z\d-]{1,63}){0,8}`;
const PREFIX = new RegExp(
  String.raw`^(?:(?:https?:)?//${HOST}/+|${HOST}/+|(?:info:|urn:)?doi(?:\s*[:=]\s*|\s+|/))`,
  'i',
);
const DOI = /^10\.\d{4,9}(?:\.\d{1,9})*\/./su;
// Blanks, controls and quotation marks are in no DOI, nor are marks that reorder or hide text.
const UNFIT = /[\s\p{Cc}\p{Cs}"“”\u200b\u2028-\u202e\u2060-\u2069\ufeff]/u;
// The angle brackets of a SICI: `<167::AID-CNE1>`.
const SICI_PART = /<[^<>/]*:[^<>/]*>/g;
// The check character of a SICI may be `#`: `…>3.0.CO;2-#`.
const SICI_CHECK = /;\d-$/;
const OPENING = /^[\s<([{"'“‘«]+/u;
const CLOSING = new Set([...'.,;:!?\'"’”»…', ' ', '\t', '\n', '\r']);
const BRACKETS: ReadonlyMap<string, string> = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
  ['>', '<'],
]);
const ENTITIES: readonly [RegExp, string][] = [
  [/&lt;/gi, '<'],
  [/&gt;/gi, '>'],
  [/&amp;/gi, '&'],
];

/** Percent-encoded text decoded; what is no valid encoding stays as it is. */
function decoded(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}

/** What follows the prefixes, still encoded; undefined where no DOI begins there. */
function withoutPrefixes(text: string): string | undefined {
  let rest = text;
  for (let count = 0; count <= MOST_PREFIXES; count += 1) {
    if (/^10[.%]/.test(rest)) return rest;
    const next = rest.replace(PREFIX, '');
    rest = next === rest ? decoded(rest) : next;
  }
  return undefined;
}

/** Without a query and a fragment. */
function withoutQuery(text: string): string {
  const end = text.search(/[?#]/);
  if (end < 0) return text;
  return text[end] === '#' && SICI_CHECK.test(text.slice(0, end))
    ? text.slice(0, end + 1)
    : text.slice(0, end);
}

/** Without the marks that a sentence, a quotation or a bracket has left behind it. */
function withoutClosing(text: string): string {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const count = (character: string): number => counts.get(character) ?? 0;
  let end = text.length;
  for (; end > 0; end -= 1) {
    const last = text[end - 1] ?? '';
    const opening = BRACKETS.get(last);
    const isLeftOver = opening === undefined ? CLOSING.has(last) : count(last) > count(opening);
    if (!isLeftOver) break;
    counts.set(last, count(last) - 1);
  }
  return text.slice(0, end);
}

/** The bare, decoded DOI (`10.1234/abc`) that a text is in any of its forms, or undefined. */
export function parseDoi(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  let given = text.trim().replace(OPENING, '');
  for (const [entity, character] of ENTITIES) given = given.replace(entity, character);
  const rest = withoutPrefixes(given);
  if (rest === undefined) return undefined;
  const doi = withoutClosing(decoded(withoutQuery(rest)));
  if (!DOI.test(doi) || UNFIT.test(doi)) return undefined;
  return /[<>]/.test(doi.replace(SICI_PART, '')) ? undefined : doi;
}

const PLACEHOLDER = /10\.(?:48324|80507)\/dandi\.123456(?!\d)/i;

/**
 * Whether the DOI of a record itself is the placeholder that DANDI put there only to pass validation:
 * `dandi.123456` after a prefix of DANDI's. Related resources have other registrants' DOIs.
 */
export function isPlaceholderDoi(doi: string): boolean {
  return doi.search(PLACEHOLDER) === 0;
}

/** Whether a text, such as a citation, contains that placeholder. */
export function holdsPlaceholderDoi(text: string): boolean {
  return PLACEHOLDER.test(text);
}

// What an address of a DOI shows as it is. Everything else, and a quotation mark, is encoded.
const ENCODED = /[^\w.~!$&()*+,;=:@/-]+/gu;

/** The address a bare DOI is shown and linked as. */
export function doiAddress(doi: string): string {
  const path = doi.replace(ENCODED, (part) =>
    encodeURIComponent(part.replace(/\p{Cs}/gu, '\ufffd')).replaceAll("'", '%27'),
  );
  return `https://doi.org/${path}`;
}

/** Whether a text is a DOI in a form that every program reads: bare, `doi:10.…`, `https://doi.org/10.…`. */
export function isOrdinaryDoiForm(text: string): boolean {
  const doi = parseDoi(text);
  if (doi === undefined) return false;
  return text === doiAddress(doi) || text.replace(/^doi:/i, '') === doi;
}
