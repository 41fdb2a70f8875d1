// versitygw, an S3 server for a folder that checks signatures, checksums, expiry and conditions.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer, connect, type AddressInfo } from 'node:net';
import path from 'node:path';
import { createHash } from 'node:crypto';
import { AwsClient } from 'aws4fetch';
import { onTestFinished } from 'vitest';
import { corsConfiguration } from '../../../src/core/hosting/bucket-documents.ts';
import { versitygwPath } from '../../../scripts/versitygw.mjs';
import type { NeededPart } from '../needed-part.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** The program, which `node scripts/versitygw.mjs` builds. */
export const versitygw: NeededPart = {
  path: versitygwPath,
  absent: existsSync(versitygwPath) ? undefined : 'no versitygw (node scripts/versitygw.mjs)',
};

export interface RunningStore {
  /** Ends without a slash. */
  endpoint: string;
  /** What a process needs in its environment to write there. */
  environment: Record<string, string>;
  /** The folder of its bucket `lab`, a file an object. */
  folder: string;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** Starts it with an empty bucket `lab`; it goes away with the test. */
export async function startVersitygw(): Promise<RunningStore> {
  const root = temporaryFolder();
  const folder = path.join(root, 'lab');
  mkdirSync(folder);
  const key = { AWS_ACCESS_KEY_ID: 'curator', AWS_SECRET_ACCESS_KEY: 'a+secret/of/the/tests' };
  const port = await freePort();
  const server = spawn(versitygwPath, ['--port', `127.0.0.1:${port}`, 'posix', root], {
    env: {
      ...process.env,
      ROOT_ACCESS_KEY: key.AWS_ACCESS_KEY_ID,
      ROOT_SECRET_KEY: key.AWS_SECRET_ACCESS_KEY,
    },
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
  onTestFinished(async () => {
    server.kill();
    await ended;
  });
  while (!(await answers(port))) {
    if (server.exitCode !== null) throw new Error(`versitygw ended with ${server.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    endpoint,
    folder,
    environment: {
      ...key,
      AWS_ENDPOINT_URL: endpoint,
      AWS_SESSION_TOKEN: '',
      AWS_REGION: 'us-east-1',
    },
  };
}

async function put(
  { endpoint, environment }: RunningStore,
  place: string,
  request: { body: string; headers?: Record<string, string> },
): Promise<void> {
  const client = new AwsClient({
    accessKeyId: environment['AWS_ACCESS_KEY_ID']!,
    secretAccessKey: environment['AWS_SECRET_ACCESS_KEY']!,
    service: 's3',
    region: 'us-east-1',
    retries: 0,
  });
  const response = await client.fetch(`${endpoint}/lab${place}`, { method: 'PUT', ...request });
  if (!response.ok) throw new Error(await response.text());
}

/** Puts the policy or the CORS rules of its bucket. @throws Error if the server refuses them */
export async function putDocument(
  store: RunningStore,
  document: 'policy' | 'cors',
  body: string,
): Promise<void> {
  const headers = { 'Content-MD5': createHash('md5').update(body).digest('base64') };
  await put(store, `?${document}`, { body, headers });
}

/** Puts an object into its bucket, as a client does. */
export async function putObject(store: RunningStore, key: string, body: string): Promise<void> {
  await put(store, `/${key}`, { body });
}

/** CORS rules as the S3 API takes them; the clients translate from JSON. */
export function corsXml(): string {
  const { CORSRules } = corsConfiguration() as { CORSRules: Record<string, unknown>[] };
  const singular: Record<string, string> = {
    AllowedOrigins: 'AllowedOrigin',
    AllowedMethods: 'AllowedMethod',
    AllowedHeaders: 'AllowedHeader',
    ExposeHeaders: 'ExposeHeader',
  };
  const rules = CORSRules.map((rule) =>
    Object.entries(rule).flatMap(([name, value]) =>
      [value].flat().map((one) => {
        const tag = singular[name] ?? name;
        return `<${tag}>${String(one)}</${tag}>`;
      }),
    ),
  );
  const inner = rules.map((rule) => `<CORSRule>${rule.join('')}</CORSRule>`).join('');
  return `<CORSConfiguration>${inner}</CORSConfiguration>`;
}
