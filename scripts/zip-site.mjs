// Writes a built site as one file, to be taken to a machine without a network. The same files give the same
// bytes, whenever and wherever they are packed.
//   node scripts/build.mjs --zip site.zip
import { closeSync, openSync, readFileSync, readdirSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { Zip, ZipDeflate } from 'fflate';

/** The folder that everything unpacks into. */
const TOP = 'site';

// The earliest time that the format can represent, in whatever time zone this runs.
const MADE = new Date(1980, 0, 1);

const READ_ME = `A copy of an archive as files. Browsers want a server for it, such as this one, in the folder that
holds this file, then open http://localhost:8000/:

  python3 -m http.server 8000

Files opened by double click have no style, and their links lead nowhere. A site that was built for
a path below its host has to lie in a folder of that name.
`;

function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((name) => name.split(path.sep).join('/'))
    .sort((a, b) => (a < b ? -1 : 1));
}

/** Writes the files of a folder into `target`, which appears whole or not at all. */
export function zipSite(folder, target) {
  const unfinished = `${target}.${process.pid}.tmp`;
  const file = openSync(unfinished, 'w');
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    writeSync(file, chunk);
  });
  const add = (name, contents) => {
    const entry = new ZipDeflate(`${TOP}/${name}`, { level: 9 });
    entry.mtime = MADE;
    zip.add(entry);
    entry.push(contents, true);
  };
  add('READ-ME.txt', Buffer.from(READ_ME));
  for (const name of filesOf(folder)) add(name, readFileSync(path.join(folder, name)));
  zip.end();
  closeSync(file);
  renameSync(unfinished, target);
}
