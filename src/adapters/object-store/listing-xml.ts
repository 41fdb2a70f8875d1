// The XML that S3-compatible stores answer with, as far as it is read here: texts of elements.

import type { ListedObject } from './object-store.ts';

const ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** A text as it is written in an element. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function textOfXml(xml: string): string {
  return xml.replace(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{1,8}));/g,
    (whole, ten, hex, name) => {
      if (name !== undefined) return ENTITIES.get(name as string) ?? (whole as string);
      const code = ten === undefined ? parseInt(hex as string, 16) : Number(ten);
      return code <= 0x10ffff ? String.fromCodePoint(code) : (whole as string);
    },
  );
}

/** The texts of all elements of a name that hold nothing but text, in their order. */
export function textsOf(xml: string, element: string): string[] {
  const pattern = new RegExp(`<${element}>([^<]*)</${element}>`, 'g');
  return [...xml.matchAll(pattern)].map(([, text = '']) => textOfXml(text));
}

/** The objects of a listing, in its order; an ETag that is not given is empty. */
export function objectsOf(xml: string): Required<ListedObject>[] {
  return [...xml.matchAll(/<Contents>([^]*?)<\/Contents>/g)].flatMap(([, entry = '']) => {
    const [key] = textsOf(entry, 'Key');
    const size = Number(textsOf(entry, 'Size')[0] ?? 0);
    const etag = (textsOf(entry, 'ETag')[0] ?? '').replace(/^"|"$/g, '');
    return key === undefined ? [] : [{ key, size, etag }];
  });
}

/** The token for the next listing; undefined at the last one, empty if it is missing. */
export function nextListing(xml: string): string | undefined {
  if (textsOf(xml, 'IsTruncated')[0] !== 'true') return undefined;
  return textsOf(xml, 'NextContinuationToken')[0] ?? '';
}
