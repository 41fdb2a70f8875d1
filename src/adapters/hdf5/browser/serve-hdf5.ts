// What a worker of a browser does to read HDF5. The page's own worker script calls it.

import { addressSyncBytes, blobSyncBytes, type RangedAddress } from './browser-sync-bytes.ts';
import { respond, type OperationRequest, type OperationResponse } from '../hdf5-operations.ts';
import { Hdf5Reader } from '../hdf5-reader.ts';

/** The first message to a worker: what it reads, and with what. */
export interface Hdf5Opening {
  source: RangedAddress | Blob;
  name: string;
  /** Bytes of memory for the library. */
  memory: number;
  /** The address of the folder with the decoders of h5wasm-plugins. */
  plugins: string;
}

/** The part of a worker's global scope that is used. */
export interface WorkerPort {
  onmessage: ((event: MessageEvent<never>) => void) | null;
  postMessage(message: OperationResponse): void;
}

/** A decoder, requested synchronously. */
function pluginAt(folder: string, file: string): Uint8Array {
  const sent = new XMLHttpRequest();
  sent.open('GET', new URL(file, folder), false);
  sent.responseType = 'arraybuffer';
  sent.send();
  if (sent.status !== 200) throw new Error(`${sent.status}`);
  return new Uint8Array(sent.response as ArrayBuffer);
}

/** Opens what the first message names, and does what the others request. */
export function serveHdf5(port: WorkerPort): void {
  let opened: Promise<Hdf5Reader> | undefined;
  port.onmessage = async ({ data }: MessageEvent<Hdf5Opening | OperationRequest>) => {
    if ('source' in data) {
      const { source, name, memory, plugins } = data;
      const bytes =
        source instanceof Blob ? blobSyncBytes(source, name) : addressSyncBytes(source, name);
      opened = Hdf5Reader.open(bytes, {
        memory,
        cache: 32 * 1024 * 1024,
        plugin: (file) => pluginAt(plugins, file),
      });
      // Reported with each response.
      opened.catch(() => undefined);
    } else if (opened !== undefined) port.postMessage(await respond(opened, data));
  };
}
