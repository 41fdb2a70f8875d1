// Three ways to see what is in a remote NWB file: by its index, by reading the file, by reading it in fixed blocks.

import { once } from 'node:events';
import { gunzipSync } from 'node:zlib';
import { Worker } from 'node:worker_threads';
import type { Bytes } from '../../src/adapters/bytes/bytes.ts';
import { openBytes } from '../../src/adapters/bytes/open-bytes.ts';
import { bridgeTo, serveRange, type RangeRequest } from '../../src/adapters/hdf5/byte-bridge.ts';
import { openHdf5 } from '../../src/adapters/hdf5/open-hdf5.ts';
import type { DataTree } from '../../src/core/data-tree/data-tree.ts';
import { parseFileIndex } from '../../src/core/file-index/file-index.ts';

/** By its index, one document. */
async function byIndex(url: string): Promise<DataTree> {
  const head = await fetch(`${url}.json.gz`);
  const text = gunzipSync(await head.arrayBuffer()).toString();
  const { file } = JSON.parse(text) as { file: { size: number } };
  const parsed = parseFileIndex(text, file);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.index.tree;
}

/** By our reader, as a page does where a file has no index. */
async function byFile(url: string): Promise<DataTree> {
  const file = openHdf5(await openBytes(url));
  try {
    return await file.tree();
  } finally {
    await file.close();
  }
}

/** A file whose size comes from a plain GET that is ended after its headers. */
async function openPlain(url: string): Promise<Bytes> {
  const control = new AbortController();
  const response = await fetch(url, { signal: control.signal });
  const size = Number(response.headers.get('content-length'));
  control.abort();
  return {
    name: url,
    size,
    async range(from, length) {
      const Range = `bytes=${from}-${from + length - 1}`;
      const part = await fetch(url, { headers: { Range } });
      return new Uint8Array(await part.arrayBuffer());
    },
    stream: () => {
      throw new Error('not needed');
    },
  };
}

/** By blocks of 100 KiB, one request each. */
async function byBlocks(url: string): Promise<DataTree> {
  const bytes = await openPlain(url);
  const bridge = bridgeTo(bytes);
  const thread = new Worker(new URL('block-thread.ts', import.meta.url), { workerData: bridge });
  try {
    for (;;) {
      const [message] = (await once(thread, 'message')) as [
        { range: RangeRequest } | { tree: DataTree },
      ];
      if ('tree' in message) return message.tree;
      void serveRange(bytes, bridge, message.range);
    }
  } finally {
    await thread.terminate();
  }
}

/** By name. Each takes the address of the file, which its index is next to, and resolves with the same tree. */
export const LOOK_WAYS = { index: byIndex, file: byFile, blocks: byBlocks } as const;
