import { expect, test } from 'vitest';
import { misbehavingServer } from '../../../tests/support/servers/misbehaving-server.ts';
import { openBytes } from './open-bytes.ts';
import { memoryBytes } from './memory-bytes.ts';
import { RangeReader } from './range-reader.ts';

const CONTENT = Uint8Array.from({ length: 2_000_000 }, (_, i) => (i * 7) % 251);
const RANGES = Array.from({ length: 40 }, (_, i) => ({
  from: 200_000 + i * 1000,
  length: 500 + i,
}));

function expected(ranges: typeof RANGES): Uint8Array[] {
  return ranges.map(({ from, length }) => CONTENT.slice(from, from + length));
}

test('neighbours come in one request, and again from the cache', async () => {
  const server = await misbehavingServer(CONTENT);
  const reader = new RangeReader(await openBytes(server.url));
  const before = server.requests.length;
  const ranges = [...RANGES, { from: 1_500_000, length: 10 }, RANGES[3]!, { from: 5, length: 0 }];
  expect(reader.cost(ranges)).toEqual({ requests: 2, bytes: 39_539 + 10 });
  expect(await reader.read(ranges)).toEqual(expected(ranges));
  expect(server.requests.length - before).toBe(2);
  expect(await reader.read(ranges)).toEqual(expected(ranges));
  expect(reader.cost(ranges)).toEqual({ requests: 0, bytes: 0 });
  expect(server.requests.length - before).toBe(2);
});

test('no more than six requests at a time', async () => {
  let running = 0;
  let most = 0;
  const bytes = memoryBytes(CONTENT);
  const counted = {
    ...bytes,
    range: async (from: number, length: number) => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setTimeout(resolve, 1));
      running -= 1;
      return bytes.range(from, length);
    },
  };
  const far = Array.from({ length: 15 }, (_, i) => ({ from: i * 130_000, length: 20 }));
  expect(await new RangeReader(counted).read(far)).toEqual(expected(far));
  expect(most).toBe(6);
});

test('what was used least recently is evicted', async () => {
  const reader = new RangeReader(memoryBytes(CONTENT), { cache: 1000 });
  const [a, b, c] = [0, 10_000, 20_000].map((from) => ({ from, length: 400 }));
  await reader.read([a!, b!]);
  await reader.read([a!]);
  await reader.read([c!]);
  expect(reader.cost([a!]).requests).toBe(0);
  expect(reader.cost([b!]).requests).toBe(1);
});

test('a failure is an error for all of it, and nothing of it is cached', async () => {
  const server = await misbehavingServer(CONTENT);
  const reader = new RangeReader(await openBytes(server.url));
  server.script = ({ range }) =>
    range?.startsWith('bytes=1500000') === true ? { status: 403 } : undefined;
  const ranges = [...RANGES, { from: 1_500_000, length: 10 }];
  await expect(reader.read(ranges)).rejects.toMatchObject({ code: 'bytes-unreadable' });
  expect(reader.cost(ranges).requests).toBe(2);
  await expect(reader.read([{ from: 1_999_990, length: 11 }])).rejects.toThrow(RangeError);
});

test('leaving ends the requests', async () => {
  const server = await misbehavingServer(CONTENT);
  const bytes = await openBytes(server.url);
  server.script = () => 'silence';
  const control = new AbortController();
  const reading = new RangeReader(bytes).read(RANGES, control.signal);
  control.abort(new Error('left'));
  await expect(reading).rejects.toThrow('left');
});
