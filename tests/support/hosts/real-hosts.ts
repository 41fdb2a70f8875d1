// nginx and Caddy as a lab runs them: the program itself on loopback, with the file of rules that the build
// wrote included in the block of the site.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Upload } from './host.ts';
import type { NeededPart } from '../needed-part.ts';

/** A program that may be installed here. */
export function program(name: string): NeededPart {
  // Debian installs servers where only root looks for programs.
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin'];
  const found = folders.map((folder) => path.join(folder, name)).find(existsSync);
  return { path: found ?? '', absent: found === undefined ? `no ${name}` : undefined };
}

/** nginx, if it is installed. */
export const nginx: NeededPart = program('nginx');
const caddy: NeededPart = program('caddy');

/** A started server. */
export interface RealHost {
  /** Ends in `/`. */
  url: string;
  close(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a server that stays in the foreground; fails with its output if it ended before it responded. */
async function started(
  command: string,
  args: readonly string[],
  port: number,
  folder: string,
): Promise<RealHost | string> {
  // Caddy stores its configuration in the folders of its user.
  const env = { ...process.env, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder };
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], env });
  let said = '';
  let isOver = false;
  child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
  const over = new Promise<void>((resolve) => {
    child.once('close', () => {
      isOver = true;
      resolve();
    });
  });
  const url = `http://127.0.0.1:${port}/`;
  while (!isOver) {
    if (await fetch(url).then(Boolean, () => false)) {
      const close = (): Promise<void> => (child.kill('SIGTERM'), over);
      return { url, close };
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return said;
}

/**
 * Starts it with a configuration for a free port; retries with another one if the port was taken meanwhile.
 */
async function configured(
  file: string,
  configuration: (port: number, folder: string) => string,
  command: (config: string) => [string, ...string[]],
): Promise<RealHost> {
  const folder = mkdtempSync(path.join(tmpdir(), 'host-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const config = path.join(folder, file);
  let said = '';
  for (let tries = 0; tries < 5; tries += 1) {
    const port = await freePort();
    writeFileSync(config, configuration(port, folder));
    const [name, ...args] = command(config);
    const host = await started(name, args, port, folder);
    if (typeof host !== 'string') return { ...host, close: () => host.close().finally(remove) };
    said = host;
    if (!/address already in use/i.test(said)) break;
  }
  remove();
  throw new Error(`${file} does not start a server: ${said.slice(-2000)}`);
}

const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/** nginx with Debian's types of files, and `rules` included as the handbook says; the caller closes it. */
export function serveByNginx({ dist, storage }: Upload, rules: string): Promise<RealHost> {
  const configuration = (port: number, folder: string): string => `
daemon off;
pid ${folder}/pid;
error_log stderr;
worker_processes 1;
${process.getuid?.() === 0 ? 'user root;' : ''}
events {}
http {
    include /etc/nginx/mime.types;
    access_log off;
    ${TEMPORARY.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
    server {
        listen 127.0.0.1:${port};
        root ${dist};
        ${storage === undefined ? '' : `location /storage/ { alias ${storage}/; }`}
        include ${rules};
    }
}
`;
  return configured('nginx.conf', configuration, (config) => [
    nginx.path,
    ...['-e', 'stderr', '-c', config],
  ]);
}

/** Caddy with `rules` imported as the handbook says; the caller closes it. */
function serveByCaddy({ dist, storage }: Upload, rules: string): Promise<RealHost> {
  const store =
    storage === undefined
      ? ''
      : `handle_path /storage/* {
		root * ${storage}
		file_server
	}`;
  const configuration = (port: number): string => `{
	admin off
	auto_https off
}
http://127.0.0.1:${port} {
	bind 127.0.0.1
	root * ${dist}
${store}
	import ${rules}
	file_server
}
`;
  return configured('Caddyfile', configuration, (config) => [
    caddy.path,
    ...['run', '--adapter', 'caddyfile', '--config', config],
  ]);
}

/** Each program, how it is started, and the file of its rules in `hosting/`. */
export const REAL_HOSTS = [
  ['nginx', nginx, serveByNginx, 'nginx.conf'],
  ['Caddy', caddy, serveByCaddy, 'Caddyfile'],
] as const;
