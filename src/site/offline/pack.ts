// Packs: many small files of the site in one, for a browser that saves the archive for offline use. A pack is
// a line of JSON, `[[path, length], …]`, and the files one after the other; packed with gzip. Used by the
// build, the page that saves packs, and the service worker that reads them.

/** A pack that can be fetched: `offline/<name>.pack`. */
export interface PackPart {
  /** Made from its content, so that a part that has not changed has the same name. */
  name: string;
  /** The first path in it; parts are sorted by path and do not overlap. */
  first: string;
  /** Bytes to transfer. */
  bytes: number;
}

/** What can be saved of one build: `offline/packs.json`. */
export interface Packs {
  build: string;
  parts: PackPart[];
  /** Folders of redacted versions: `dandiset/000004/0.220126.1852/`. */
  redacted: string[];
}

/** A file that goes into a pack. */
export interface PackedFile {
  /** Below the site's root, without leading slash. */
  path: string;
  contents: Uint8Array;
}

/** Where the list of parts is below the site's root. */
export const PACKS_FILE = 'offline/packs.json';

/** Where a part is below the site's root. Not named `.gz`: some hosts would unpack it in transit. */
export function partFile(name: string): string {
  return `offline/${name}.pack`;
}

/** Whether a part is needed to search; all others hold pages. */
export function isSearchPart({ first }: Pick<PackPart, 'first'>): boolean {
  return /^(?:pagefind|search)\//.test(first);
}

/** Whether bytes are packed with gzip; a host may have unpacked them. */
export function isPacked(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The files as one, not compressed yet. */
export function packFiles(files: readonly PackedFile[]): Uint8Array {
  const table = files.map(({ path, contents }) => [path, contents.length]);
  const chunks = [
    new TextEncoder().encode(`${JSON.stringify(table)}\n`),
    ...files.map(({ contents }) => contents),
  ];
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** The files of an unpacked part, in their order. */
function* filesInPart(part: Uint8Array): Generator<PackedFile> {
  const end = part.indexOf(0x0a);
  const table = JSON.parse(new TextDecoder().decode(part.subarray(0, end))) as [string, number][];
  let at = end + 1;
  for (const [path, length] of table) {
    yield { path, contents: part.subarray(at, at + length) };
    at += length;
  }
}

/** A file of an unpacked part; undefined if it is not in it. */
export function fileInPart(part: Uint8Array, path: string): Uint8Array | undefined {
  for (const file of filesInPart(part)) if (file.path === path) return file.contents;
  return undefined;
}

/** The part without some of its files; undefined where it has none of them. */
export function withoutFiles(
  part: Uint8Array,
  isGone: (path: string) => boolean,
): Uint8Array | undefined {
  const files = [...filesInPart(part)];
  const left = files.filter(({ path }) => !isGone(path));
  return left.length === files.length ? undefined : packFiles(left);
}

/** The one part that a path can be in; undefined where it comes before all of them. */
export function packPartOf(parts: readonly PackPart[], path: string): PackPart | undefined {
  return parts.findLast(({ first }) => first <= path);
}
