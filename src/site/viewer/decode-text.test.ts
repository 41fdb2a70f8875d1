import { expect, it } from 'vitest';
import { decodeText } from './decode-text.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
function utf16(text: string, isBig: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), !isBig);
  return bytes;
}

it.each<[string, Uint8Array, string, string]>([
  ['UTF-8', utf8('größe µV'), 'größe µV', 'UTF-8'],
  ['a mark', utf8('\ufeffa\tb'), 'a\tb', 'UTF-8'],
  ['UTF-16 with a mark', utf16('\ufeffonset\tµV', false), 'onset\tµV', 'UTF-16'],
  ['UTF-16 from the other end', utf16('\ufeffonset', true), 'onset', 'UTF-16'],
  ['UTF-16 without a mark', utf16('onset\tduration\n', false), 'onset\tduration\n', 'UTF-16'],
  ['Windows-1252', Uint8Array.of(0x67, 0x72, 0xf6, 0xdf, 0x65, 0x80), 'größe€', 'Windows-1252'],
  ['colours of a terminal', utf8('\u001b[1mbold'), '\u001b[1mbold', 'UTF-8'],
])('reads %s', (_, bytes, text, encoding) => {
  expect(decodeText(bytes, false)).toEqual({ text, encoding });
});

it('takes no binary data for text', () => {
  expect(decodeText(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13), false)).toBeUndefined();
  expect(decodeText(utf8('a\0b'), false)).toBeUndefined();
  expect(
    decodeText(
      Uint8Array.from({ length: 4096 }, (_, at) => (at * 37) % 256),
      false,
    ),
  ).toBe(undefined);
});

it('reads up to the middle of a character where a file goes on', () => {
  const cut = utf8('größe').subarray(0, 3);
  expect(decodeText(cut, true)).toEqual({ text: 'gr', encoding: 'UTF-8' });
  expect(decodeText(cut, false)?.encoding).toBe('Windows-1252');
});
