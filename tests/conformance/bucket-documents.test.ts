// The policy and the CORS configuration that the handbook prints, put into a bucket of a server that acts on
// them: readers get what they need, and nothing else.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { PUBLIC_PREFIXES, publicReadPolicy } from '../../src/core/hosting/bucket-documents.ts';
import { describeWith } from '../support/needed-part.ts';
import { corsXml, putDocument, startVersitygw, versitygw } from '../support/stores/versitygw.ts';

const ORIGIN = 'https://viewer.example';
const CLOSED = ['incoming/7/a', 'staging/a', 'dandiset/000001/index.html'];

describeWith(versitygw, 'a bucket with the documents of the handbook', () => {
  test('is open below the public prefixes alone, and readable from other sites by ranges', async () => {
    const store = await startVersitygw();
    const keys = [...PUBLIC_PREFIXES.map((prefix) => `bytes/${prefix}a`), ...CLOSED, 'blobs/a'];
    for (const key of keys) {
      mkdirSync(path.dirname(path.join(store.folder, key)), { recursive: true });
      writeFileSync(path.join(store.folder, key), 'bytes');
    }
    const read = async (key: string): Promise<Response> =>
      fetch(`${store.endpoint}/lab/${key}`, { headers: { Origin: ORIGIN, Range: 'bytes=1-2' } });
    expect((await read('bytes/blobs/a')).status).toBe(403);

    await putDocument(store, 'policy', JSON.stringify(publicReadPolicy('lab', 'bytes/')));
    await putDocument(store, 'cors', corsXml());
    const statuses = await Promise.all(keys.map(async (key) => [key, (await read(key)).status]));
    expect(Object.fromEntries(statuses)).toEqual(
      Object.fromEntries(keys.map((key) => [key, key.startsWith('bytes/') ? 206 : 403])),
    );
    expect((await read('')).status).toBe(403);
    const written = await fetch(`${store.endpoint}/lab/bytes/blobs/b`, {
      method: 'PUT',
      body: 'x',
    });
    expect(written.status).toBe(403);

    const { headers } = await read('bytes/blobs/a');
    expect(headers.get('access-control-allow-origin')).toMatch(/^(\*|https:\/\/viewer\.example)$/);
    const exposed = (headers.get('access-control-expose-headers') ?? '').toLowerCase();
    for (const name of ['content-range', 'content-length', 'etag', 'accept-ranges'])
      expect(exposed).toContain(name);
    const asked = await fetch(`${store.endpoint}/lab/bytes/blobs/a`, {
      method: 'OPTIONS',
      headers: {
        Origin: ORIGIN,
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Headers': 'range,if-match',
      },
    });
    expect(asked.status).toBe(200);
    expect(asked.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('range');
  });
});
