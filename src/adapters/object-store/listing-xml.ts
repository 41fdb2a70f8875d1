// The XML that S3-compatible stores answer with, as far as it is read here: texts of elements.

const ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

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

/** One object of a listing. */
export interface ListedObject {
  key: string;
  /** Bytes. */
  size: number;
  /** As the store gives it, without quotes; empty where it gives none. */
  etag: string;
}

/** The objects of a listing, in its order. */
export function objectsOf(xml: string): ListedObject[] {
  return [...xml.matchAll(/<Contents>([^]*?)<\/Contents>/g)].flatMap(([, entry = '']) => {
    const [key] = textsOf(entry, 'Key');
    const size = Number(textsOf(entry, 'Size')[0] ?? 0);
    const etag = (textsOf(entry, 'ETag')[0] ?? '').replace(/^"|"$/g, '');
    return key === undefined ? [] : [{ key, size, etag }];
  });
}

/** What asks for the listing after this one; undefined at the last, empty where it is missing. */
export function nextListing(xml: string): string | undefined {
  if (textsOf(xml, 'IsTruncated')[0] !== 'true') return undefined;
  return textsOf(xml, 'NextContinuationToken')[0] ?? '';
}
