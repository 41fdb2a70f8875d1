// The text of the first bytes of a file whose encoding nobody states.

export interface DecodedText {
  text: string;
  encoding: 'UTF-8' | 'UTF-16' | 'Windows-1252';
}

/** The share of control characters from which bytes are not taken for text. */
const MOST_CONTROLS = 0.01;
const CONTROLS = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/g;

function decodeAs(label: string, bytes: Uint8Array, isCut: boolean): string | undefined {
  try {
    // A stream may end in the middle of a character.
    return new TextDecoder(label, { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return undefined;
  }
}

/** UTF-16 by its mark, or by where the zeros of its Latin letters are. */
function utf16Label(bytes: Uint8Array): string | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe)
    return third === 0 && fourth === 0 && bytes.length >= 4 ? undefined : 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, 2000);
  const zeros = [0, 0];
  sample.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const most = sample.length / 2;
  if (odd > most * 0.7 && even === 0) return 'utf-16le';
  return even > most * 0.7 && odd === 0 ? 'utf-16be' : undefined;
}

function isReadable(text: string): boolean {
  return (text.match(CONTROLS)?.length ?? 0) <= text.length * MOST_CONTROLS && !text.includes('\0');
}

/**
 * The text of bytes, without its byte order mark; undefined for binary data. `isCut`: the file goes on after
 * them. What is neither UTF-8 nor UTF-16 is read as Windows-1252, which any bytes can be, unless it has the
 * zeros and control characters of binary data.
 */
export function decodeText(bytes: Uint8Array, isCut: boolean): DecodedText | undefined {
  const wide = utf16Label(bytes);
  if (wide !== undefined) {
    const text = decodeAs(wide, bytes, isCut);
    return text !== undefined && isReadable(text) ? { text, encoding: 'UTF-16' } : undefined;
  }
  const plain = decodeAs('utf-8', bytes, isCut);
  if (plain !== undefined)
    return isReadable(plain) ? { text: plain, encoding: 'UTF-8' } : undefined;
  const old = new TextDecoder('windows-1252').decode(bytes);
  return isReadable(old) ? { text: old, encoding: 'Windows-1252' } : undefined;
}
