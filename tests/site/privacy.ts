// What a built site must not contain: e-mail addresses and placeholder DOIs outside the byte-exact records,
// and anything that runs and is not one of the site's own files.

import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CLIENT_FILE } from '../../src/core/download/client-command.ts';
import { builtSite, type BuiltSite } from '../support/sites/built-site.ts';
import { ADDRESS_IN_PATH } from '../support/records/hostile-records.ts';
import { decodeEntities, tagsOf, type Tag } from '../support/sites/html.ts';
import { isApiRecord, isPage } from '../support/sites/site-pages.ts';

const RECORDS = new Set(['dandiset.json', 'assets.jsonl', 'assets.ref.json', 'manifest.json']);
/** Wider than what the site replaces: also hosts of any ending, entities, `%40`. */
export const EMAIL = /[^\s<>()[\]{}"',;:=/]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+/giu;
// Addresses have an @ in them too, but no site's file names a user before it.
const NO_EMAIL = /^(?:\S*\/)?\d{6}@/;
/** In any of its spellings. */
export const PLACEHOLDER_DOI = /dandi\.123456(?!\d)|0\.123456\.1234/i;

interface SiteText {
  name: string;
  text: string;
}

/** Every file of a site except records, as a reader or a program would read it. */
function* siteTexts(dist: string): Generator<SiteText> {
  for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    const isRecord = RECORDS.has(path.basename(name)) && name.startsWith('dandiset');
    // Code of the search library, as published.
    const isLibrary = /^pagefind\/(?:pagefind[^/]*\.(?:js|css)|wasm\.[^/]*)$/.test(name);
    // Packs hold copies of files that are checked themselves; a table of bytes has a separate test.
    const isCopy = /^offline\/.*\.pack$|\.parquet$/.test(name);
    // Scripts are made from sources alone; packed tables of characters in them look like addresses.
    const isScript = /^_astro\/[^/]*\.js$/.test(name);
    // The program itself, with the licences of its parts as their authors signed them.
    const isProgram = name === CLIENT_FILE;
    if (
      isRecord ||
      isApiRecord(name) ||
      isLibrary ||
      isProgram ||
      isCopy ||
      isScript ||
      !/\.[a-z_]+$/.test(name)
    )
      continue;
    const bytes = readFileSync(path.join(dist, name));
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const text = (isPacked ? gunzipSync(bytes) : bytes).toString('utf8');
    yield { name, text: decodeEntities(text).replaceAll('%40', '@').replaceAll('\\u0040', '@') };
  }
}

/** What is wrong with a tag that could run something; undefined for all others. */
export function runningFault({ name, attributes, text }: Tag): string | undefined {
  for (const [key, value] of attributes) {
    if (key.startsWith('on')) return `${name} ${key}`;
    if (key === 'style') return `${name} style`;
    const isForward = key === 'content' && attributes.has('http-equiv');
    if (isForward || ['href', 'src', 'action', 'formaction'].includes(key)) {
      if (
        /(?:^|url=)\s*(?:javascript|data|vbscript|blob):/i.test(value.replace(/[\x00-\x20]/g, ''))
      )
        return `${name} ${key}=${value.slice(0, 80)}`;
    }
  }
  if (name === 'style' || name === 'iframe' || name === 'object' || name === 'embed') return name;
  if (name === 'base') return name;
  const isData = /json$/.test(attributes.get('type') ?? '');
  if (name === 'script' && text.trim() !== '' && !isData) return `script ${text.slice(0, 80)}`;
  return undefined;
}

/** The tests of one built site; its files are read when they run. */
export function privacyTests(site: () => BuiltSite): void {
  let texts: SiteText[];
  beforeAll(() => {
    texts = [...siteTexts(site().dist)];
  });

  const found = (look: (text: SiteText) => string[]): string[] =>
    texts.flatMap((text) => look(text).map((what) => `${text.name}: ${what}`));

  test('the search index is among the checked files', () => {
    const names = texts.map(({ name }) => name);
    expect(names.filter((name) => /\.pf_index$/.test(name)).length).toBeGreaterThan(0);
    expect(names.filter(isPage).length).toBeGreaterThan(20);
  });

  test('no e-mail address is outside the records', () => {
    const emails = ({ text }: SiteText): string[] =>
      (text.match(EMAIL) ?? []).filter(
        (one) => !NO_EMAIL.test(one) && !one.startsWith(ADDRESS_IN_PATH),
      );
    expect(found(emails)).toEqual([]);
  });

  test('no placeholder DOI is shown or linked', () => {
    expect(found(({ text }) => PLACEHOLDER_DOI.exec(text)?.slice(0, 1) ?? [])).toEqual([]);
  });

  test('pages run nothing but files of the site', () => {
    const faults = found((page) =>
      isPage(page.name)
        ? tagsOf(readFileSync(path.join(site().dist, page.name), 'utf8'))
            .map(runningFault)
            .filter((fault) => fault !== undefined)
        : [],
    );
    expect(faults).toEqual([]);
  });

  test('only the preview of a pull request may contact other hosts than all pages do', () => {
    const asks = (name: string): string | undefined =>
      /connect-src [^;"]*/.exec(readFileSync(path.join(site().dist, name), 'utf8'))?.[0];
    const others = texts
      .filter(({ name }) => isPage(name) && asks(name) !== asks('index.html'))
      .map(({ name }) => name);
    expect(others).toEqual(['submissions/preview/index.html']);
  });

  test('every page says what it may load before it loads anything', () => {
    const faults = found((page) => {
      if (!isPage(page.name)) return [];
      const head = tagsOf(readFileSync(path.join(site().dist, page.name), 'utf8'));
      const policy = head.findIndex(
        ({ attributes }) => attributes.get('http-equiv') === 'Content-Security-Policy',
      );
      const first = head.findIndex(({ name }) => name === 'link' || name === 'script');
      if (policy < 0 || policy > first) return ['no policy before the first file'];
      const rules = head[policy]!.attributes.get('content')!;
      return /unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)|\*|default-src (?!'none')/.test(rules)
        ? [rules]
        : [];
    });
    expect(faults).toEqual([]);
  });
}

/** The same for the site of a content folder, which is built if necessary. */
export function sitePrivacyTests(content: () => Promise<string>): void {
  let site: BuiltSite;
  beforeAll(async () => {
    site = await builtSite({ content: await content() });
  });
  afterAll(() => site?.close());
  privacyTests(() => site);
}
