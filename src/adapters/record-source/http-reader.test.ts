import { expect, it, onTestFinished } from 'vitest';
import { loopbackServer, type Fault } from '../../../tests/support/servers/loopback-server.ts';
import { httpReader } from './http-reader.ts';

/** Reads `/a` of a server with these faults, one after another; the last one stays. */
async function read(faults: (Fault | undefined)[], limit = 1000) {
  const server = await loopbackServer({
    answer: ({ pathname }) => (pathname === '/absent' ? undefined : `body of ${pathname}`),
    fault: (target, count) => (target === '/b' ? undefined : (faults[count - 1] ?? faults.at(-1))),
  });
  onTestFinished(() => server.close());
  const waits: number[] = [];
  const reader = httpReader({
    patience: 300,
    wait: async (milliseconds) => void waits.push(milliseconds),
  });
  const get = async (address: string): Promise<string> => {
    const body = await reader.get(address, limit).catch((error: Error) => error);
    if (body instanceof Error) return `fault: ${body.message}`;
    return body === undefined ? 'absent' : Buffer.concat(body).toString();
  };
  return { server, waits, get, text: await get(`${server.url}a`) };
}

it.each<[string, (Fault | undefined)[], string | RegExp, number[]]>([
  [
    'waits as long as a busy server asks',
    [{ status: 429, retryAfter: '7' }, { status: 503, retryAfter: '0' }, undefined],
    'body of /a',
    [7000, 0],
  ],
  [
    'asks again after a broken connection, a little later each time',
    ['reset', 'cut-off', 'reset', undefined],
    'body of /a',
    [500, 1000, 2000],
  ],
  ['gives up after four attempts', [{ status: 503 }], /503.*asked 4 times/, [500, 1000, 2000]],
  ['names an answer that is cut off', ['cut-off'], /no whole answer/, [500, 1000, 2000]],
  ['does not wait for ever', ['silence'], /nothing came for/, [500, 1000, 2000]],
  ['does not wait for hours', [{ status: 503, retryAfter: '3600' }], /much later/, []],
  ['does not ask again for what is refused', [{ status: 403 }], /403 Forbidden/, []],
  ['follows a redirect on the same host', [{ redirect: '/b' }], 'body of /b', []],
  ['follows none to another host', [{ redirect: 'https://b.example/' }], /b\.example/, []],
  ['follows none to another scheme', [{ redirect: 'file:///etc/passwd' }], /another scheme/, []],
  ['follows none for ever', [{ redirect: '/a' }], /more than 5 times/, []],
  ['reads no more than asked', [{ body: 'x'.repeat(1001) }], /more than 1000 bytes/, []],
])('%s', async (_, faults, expected, waited) => {
  const { text, waits } = await read(faults);
  if (typeof expected === 'string') expect(text).toBe(expected);
  else expect(text).toMatch(expected);
  expect(waits).toEqual(waited);
});

it('reports what does not exist as absent', async () => {
  const { get, server } = await read([undefined]);
  expect(await get(`${server.url}absent`)).toBe('absent');
});

it('requests only once each where a server has failed five times', async () => {
  const { get, server, waits } = await read([{ status: 500 }]);
  for (let index = 0; index < 5; index += 1) await get(`${server.url}${index}`);
  expect(waits).toHaveLength(15);
  expect(await get(`${server.url}b`)).toBe('body of /b');
  await get(`${server.url}c`);
  expect(waits).toHaveLength(18);
});
