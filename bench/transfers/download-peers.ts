// The programs that a download is compared with, each as its users would run it for speed.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readableAssets } from '../../src/core/records/asset-list.ts';
import { member, textMember } from '../../src/core/json/json-text.ts';
import { blobKeyPath } from '../../src/core/records/asset.ts';
import { program } from '../../tests/support/hosts/real-hosts.ts';
import { repository } from '../../tests/support/needed-part.ts';
import { python } from '../../tests/support/process/python.ts';
import type { TransferArchive, TransferSet } from './transfer-archive.ts';

/** One file of a set, as a peer needs it. */
interface PeerFile {
  /** Relative to the store. */
  key: string;
  path: string;
  algorithm: 'sha256' | 'md5';
  digest: string;
}

/** A download: commands that run one after another. */
export interface DownloadPeer {
  name: string;
  /** Whether wrong bytes would be found. */
  verifies: boolean;
  /** Commands for a set into a folder; undefined if the program cannot do it. */
  commands(order: DownloadOrder): string[][] | undefined;
}

export interface DownloadOrder {
  set: TransferSet;
  archive: TransferArchive;
  /** Address of the site, ending in `/`. */
  url: string;
  /** An empty folder. */
  into: string;
  /** A folder for lists, apart from the download. */
  lists: string;
}

function filesOf({ set, archive }: DownloadOrder): PeerFile[] {
  const list = readFileSync(
    path.join(archive.content, 'dandisets', '000', set.number, 'draft', 'assets.jsonl'),
  );
  return [...readableAssets(list)].flatMap((asset): PeerFile[] => {
    const sha256 = textMember(member(asset.metadata, 'digest'), 'dandi:sha2-256') ?? '';
    if (asset.zarr === undefined)
      return [
        { key: blobKeyPath(sha256) ?? '', path: asset.path, algorithm: 'sha256', digest: sha256 },
      ];
    const text = readFileSync(path.join(archive.storage, 'zarr', `${asset.zarr}.json`), 'utf8');
    return (JSON.parse(text) as [string, number, string][]).map(([name, , md5]) => ({
      key: `zarr/${asset.zarr}/${name}`,
      path: `${asset.path}/${name}`,
      algorithm: 'md5',
      digest: md5,
    }));
  });
}

function written(order: DownloadOrder, name: string, text: string): string {
  const file = path.join(order.lists, `${order.set.number}-${name}`);
  writeFileSync(file, text);
  return file;
}

/** Requests at a time: many for small files, few for large ones. */
const jobsFor = ({ size }: TransferSet): string => (size > 1e6 ? '4' : '16');

function aria2c(order: DownloadOrder, isVerified: boolean): string[][] {
  const entries = filesOf(order).map(({ key, path: out, algorithm, digest }) => {
    const checksum = `\n checksum=${algorithm === 'sha256' ? 'sha-256' : algorithm}=${digest}`;
    return `${order.url}storage/${key}${isVerified ? checksum : ''}\n out=${out}\n`;
  });
  const list = written(order, 'aria2.txt', entries.join(''));
  const jobs = jobsFor(order.set);
  const perFile = order.set.size > 1e6 ? '4' : '1';
  const quiet = ['--console-log-level=error', '--summary-interval=0', '--download-result=hide'];
  const parts = ['-x', perFile, '-s', perFile, '-k', '8M', '--file-allocation=none'];
  return [['aria2c', ...quiet, ...parts, '-j', jobs, '-d', order.into, '-i', list]];
}

function rclone(order: DownloadOrder): string[][] {
  const files = filesOf(order);
  const names = written(order, 'rclone.txt', files.map(({ key }) => `${key}\n`).join(''));
  const sums = written(
    order,
    'rclone.sums',
    files.map(({ key, digest }) => `${digest}  ${key}\n`).join(''),
  );
  const jobs = jobsFor(order.set);
  const config = ['--config', '/dev/null', '--transfers', jobs, '--checkers', jobs];
  const source = ['--http-url', `${order.url}storage/`, ':http:'];
  const list = ['--files-from-raw', names, '--no-traverse'];
  const kind = files[0]?.algorithm ?? 'md5';
  return [
    ['rclone', 'copy', ...config, ...list, ...source, order.into],
    ['rclone', 'checksum', ...config, kind, sums, order.into],
  ];
}

function curl(order: DownloadOrder): string[][] {
  const lines = filesOf(order).map(
    ({ key, path: out }) => `url = "${order.url}storage/${key}"\noutput = "${order.into}/${out}"\n`,
  );
  const list = written(order, 'curl.txt', lines.join(''));
  const parallel = ['--parallel', '--parallel-max', jobsFor(order.set)];
  return [['curl', '--silent', '--show-error', '--create-dirs', ...parallel, '--config', list]];
}

const dandi = path.join(path.dirname(python.path), 'dandi');

/** All of them that are installed, ours first. */
export function downloadPeers(): DownloadPeer[] {
  const address = ({ url, set }: DownloadOrder): string => `${url}dandiset/${set.number}/draft`;
  const ours: DownloadPeer = {
    name: 'dandiset',
    verifies: true,
    commands: (order) => [
      [
        process.execPath,
        path.join(repository, 'scripts', 'dandiset.mjs'),
        ...['download', address(order), '--output', order.into],
      ],
    ],
  };
  const client: DownloadPeer = {
    name: 'dandi',
    verifies: true,
    commands: (order) => [
      [dandi, 'download', '--jobs', '6:4', '--format', 'debug', '-o', order.into, address(order)],
    ],
  };
  const others: [string, boolean, DownloadPeer['commands']][] = [
    ['aria2c', true, (order) => aria2c(order, true)],
    ['rclone', true, rclone],
    ['aria2c', false, (order) => aria2c(order, false)],
    ['curl', false, curl],
  ];
  return [
    ours,
    ...(python.absent === undefined ? [client] : []),
    ...others
      .filter(([name]) => program(name).absent === undefined)
      .map(([name, verifies, commands]) => ({ name, verifies, commands })),
  ];
}
