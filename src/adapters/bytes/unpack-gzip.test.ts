import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import {
  failureOf,
  patternBytes,
  sameBytes,
} from '../../../tests/support/stores/bytes-contract.ts';
import { unpackGzip } from './unpack-gzip.ts';

test('unpacks up to a limit, and nothing that is damaged', async () => {
  const content = patternBytes(300_000);
  const packed = new Uint8Array(gzipSync(content));
  expect(sameBytes(await unpackGzip(packed, 300_000, 'x'), content)).toBe(true);
  const bomb = new Uint8Array(gzipSync(new Uint8Array(50_000_000)));
  expect(await failureOf(unpackGzip(bomb, 1_000_000, 'x'))).toMatchObject({
    message: 'x holds more than the 1000000 bytes that are unpacked of it.',
  });
  for (const broken of [packed.subarray(0, 1000), new Uint8Array([0x1f, 0x8b, 1, 2, 3])])
    expect(await failureOf(unpackGzip(new Uint8Array(broken), 300_000, 'x'))).toMatchObject({
      code: 'bytes-unreadable',
    });
});
