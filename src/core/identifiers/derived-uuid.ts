// UUIDs derived from what they identify, so that repeating an operation gives the same bytes.

import { sha256Hex } from '../digests/sha256.ts';

/** The same UUID for the same texts, on any machine; marked as version 4, as DANDI requires. */
export function derivedUuid(...texts: string[]): string {
  const hex = sha256Hex(JSON.stringify(texts));
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-');
}
