// The thread in which a file is read by fixed blocks: its tree is sent back.

import { parentPort, workerData } from 'node:worker_threads';
import { bridgedBytes, type BridgeEnd } from '../../src/adapters/hdf5/byte-bridge.ts';
import { Hdf5Reader } from '../../src/adapters/hdf5/hdf5-reader.ts';
import { readHdf5Tree } from '../../src/adapters/hdf5/read-hdf5-tree.ts';
import { FixedBlocks } from './fixed-blocks.ts';

const port = parentPort!;
const bytes = bridgedBytes(workerData as BridgeEnd, (range) => port.postMessage({ range }));
const reader = await Hdf5Reader.open(bytes, { blocks: new FixedBlocks(bytes) });
port.postMessage({ tree: readHdf5Tree(reader) });
