// The README among a version's files, as its page shows it: laid out where its bytes are on this machine when
// the page is made, else read from the store when the reader opens it.

import { baseName } from '../../core/identifiers/asset-path.ts';
import { blobKeyPath } from '../../core/records/asset.ts';
import { formatBytes } from '../../core/text/format.ts';
import { renderMarkdownFile } from '../../core/text/markdown.ts';
import { shownPath } from '../../core/text/shown-path.ts';
import { shownText } from '../../core/text/shown-text.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import { storeAddress } from '../catalog/addresses.ts';
import type { Catalog, VersionEntry } from '../catalog/catalog.ts';
import { addressOfKey } from '../files/file-shards.ts';
import { formatState } from '../files/file-state.ts';

export interface ReadmeView {
  name: string;
  /** `3.1 kB`. */
  size: string;
  /** Where the whole file is shown. */
  href: string;
  /** Laid out Markdown, or plain text; undefined where the page's script reads it. */
  html: string | undefined;
  text: string | undefined;
  /** Only the beginning is on the page. */
  isCut: boolean;
  /** What the script needs to read it. */
  source: { path: string; bytes: number; address: string; store: string };
}

/** In characters: more of it would weigh on the page. */
const MOST_ON_PAGE = 4000;
/** In bytes; a larger one is read by the script. */
const LARGEST = 100_000;

async function bytesOf(
  { readLocalBlob }: Catalog,
  key: string,
  size: number,
): Promise<string | undefined> {
  const path = blobKeyPath(key);
  if (readLocalBlob === undefined || path === undefined || size > LARGEST) return undefined;
  const bytes = await readLocalBlob(path, LARGEST);
  const text = bytes?.length === size ? decodeUtf8(bytes) : undefined;
  return text === undefined || text.includes('\0') ? undefined : text.replace(/^\ufeff/, '');
}

/** The beginning of a text, up to the end of a paragraph if there is one near. */
function beginning(text: string): string {
  if (text.length <= MOST_ON_PAGE) return text;
  const cut = text.slice(0, MOST_ON_PAGE);
  const paragraph = cut.lastIndexOf('\n\n');
  return paragraph > MOST_ON_PAGE / 2 ? cut.slice(0, paragraph) : cut;
}

/** The README of a version; undefined if it has none, or nobody can read it. */
export async function readmeView(
  catalog: Catalog,
  { number, version, status, summary }: VersionEntry,
): Promise<ReadmeView | undefined> {
  const { readme } = summary;
  const [first] = catalog.archive.stores;
  if (readme === undefined || first === undefined || status === 'withdrawn') return undefined;
  const { path, size, key } = readme;
  const store = storeAddress(catalog.base, first);
  const address = addressOfKey(key, store);
  if (address === undefined || size === 0) return undefined;
  const text = await bytesOf(catalog, key, size);
  const shown = text === undefined ? undefined : beginning(text);
  const isMarkdown = /\.md$/i.test(path);
  return {
    name: shownPath(baseName(path)),
    size: formatBytes(size),
    href: `${catalog.base}dandiset/${number}/${version}/files/${formatState({ location: path })}`,
    html: shown !== undefined && isMarkdown ? renderMarkdownFile(shown) : undefined,
    text: shown !== undefined && !isMarkdown ? shownText(shown) : undefined,
    isCut: shown !== undefined && shown !== text,
    source: { path, bytes: size, address, store },
  };
}
