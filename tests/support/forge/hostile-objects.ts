// Git objects that its own commands would not write, or that are expensive to make.

import { truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ForgeDouble } from './forge-double.ts';

/** A tree's entry as git writes it. */
export function treeEntry(mode: string, name: string, id: string): Buffer {
  return Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')]);
}

/** A base's tree with another tree at a place where git itself would not write it. */
export function nested(
  forge: ForgeDouble,
  write: (kind: 'blob' | 'tree', bytes: Buffer) => string,
  base: string,
  place: string[],
  mad: string,
): string {
  const { git: bare } = forge.archive;
  const replaced = (tree: string, [name = '', ...rest]: string[]): string => {
    const lines = tree === '' ? [] : bare.run(['ls-tree', '-z', tree]).split('\0').filter(Boolean);
    const entries = new Map(
      lines.map((line) => {
        const [head = '', file = ''] = line.split('\t');
        const [mode = '', , id = ''] = head.split(' ');
        return [file, { mode: mode.replace(/^0/, ''), id }];
      }),
    );
    const id = rest.length === 0 ? mad : replaced(entries.get(name)?.id ?? '', rest);
    entries.set(name, { mode: '40000', id });
    const order = (file: string, mode: string): string => (mode === '40000' ? `${file}/` : file);
    const sorted = [...entries].sort(([a, x], [b, y]) =>
      order(a, x.mode) < order(b, y.mode) ? -1 : 1,
    );
    return write(
      'tree',
      Buffer.concat(sorted.map(([file, { mode, id: sha }]) => treeEntry(mode, file, sha))),
    );
  };
  return replaced(base, place);
}

/** A file of 200 MB of zeros; made on disk, since a large process is slow to start others. */
export function largeBlob({ archive, state }: ForgeDouble): string {
  const file = path.join(state.root, 'large');
  writeFileSync(file, '');
  truncateSync(file, 200_000_000);
  return archive.git.run(['hash-object', '-w', file]).trim();
}

/** A commit without parents that has the files of main. */
export function orphan({ archive, state }: ForgeDouble): string {
  return archive.git.writeCommit(
    archive.git.treeOf('main'),
    [],
    'Rewritten',
    'mallory',
    state.now(),
  );
}
