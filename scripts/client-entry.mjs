#!/usr/bin/env node
// Where the client that every site serves begins: nothing else is loaded on a Node that is too old.
import './accepted-node.mjs';

const { client } = await import('../src/cli/client.ts');
await client(process.argv);
