// The thread in which Node reads HDF5: it can be ended at any time.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { bridgedBytes, type BridgeEnd } from './byte-bridge.ts';
import { Hdf5Reader } from './hdf5-reader.ts';
import { respond, type OperationRequest } from './hdf5-operations.ts';

const { bridge, memory } = workerData as { bridge: BridgeEnd; memory: number };
const port = parentPort!;
const { resolve } = createRequire(import.meta.url);

const opened = Hdf5Reader.open(
  bridgedBytes(bridge, (range) => port.postMessage({ range })),
  { memory, plugin: (file) => readFileSync(resolve(`h5wasm-plugins/plugins/${file}`)) },
);
// Reported with each response.
opened.catch(() => undefined);

port.on('message', async (request: OperationRequest) => {
  port.postMessage({ response: await respond(opened, request) });
});
