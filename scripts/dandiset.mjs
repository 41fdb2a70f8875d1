#!/usr/bin/env node
// The `dandiset` command: builds the bundle where it is missing or older than its sources, then runs it.
import { pathToFileURL } from 'node:url';
import { bundleFile, ensureCurrentCli } from './current-cli.mjs';

await ensureCurrentCli();
const { main } = await import(pathToFileURL(bundleFile).href);
await main(process.argv);
