// UTF-8 text of bytes. Every runtime has TextDecoder; core is compiled without the types of any.

interface Decoder {
  decode(bytes: Uint8Array): string;
}

declare const TextDecoder: new (
  label: 'utf-8',
  options: { fatal: boolean; ignoreBOM: boolean },
) => Decoder;

/** The text of UTF-8 bytes, a byte order mark kept as a character; undefined if they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
