// node scripts/compare-sites.mjs BEFORE AFTER: whether two built sites are the same, apart from names that
// change with the program. Left out: Pagefind's index, whose names are its own hashes. For _astro/ only the
// names are compared, without their hashes; offline/ holds the other files packed.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { isMain } from './is-main.mjs';

const LEFT_OUT = /^(?:pagefind\/|search\/\w+\/phrases\/|offline\/[0-9a-f]{20}\.pack$)/;
const HASHED_NAME = /(_astro\/[^"'\s)]*?)[.-][\w-]{8}(?=\.\w+)/g;
const BUILD_NAME = /"build":"[0-9a-f]{16}"|\bbuild:"[0-9a-f]{16}"/g;
const PACK_NAME = /"[0-9a-f]{20}"/g;

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => statSync(path.join(folder, name)).isFile())
    .map((name) => name.replaceAll(path.sep, '/'))
    .filter((name) => !LEFT_OUT.test(name));
}

function withoutHashes(text) {
  return text.replace(HASHED_NAME, '$1').replace(BUILD_NAME, 'build').replace(PACK_NAME, 'pack');
}

/** Relative paths of a site's files by their names without hashes. */
function filesOf(folder) {
  return new Map(filesBelow(folder).map((name) => [withoutHashes(name), name]));
}

function isSame(before, after) {
  const [a, b] = [before, after].map((file) => readFileSync(file));
  // Latin-1 preserves each byte, so that files of any kind are compared whole.
  return a.equals(b) || withoutHashes(a.toString('latin1')) === withoutHashes(b.toString('latin1'));
}

/** Sentences about the differences between two folders of built sites, sorted by name. */
export function differences(before, after) {
  const [a, b] = [filesOf(before), filesOf(after)];
  const names = [...new Set([...a.keys(), ...b.keys()])].sort();
  return names.flatMap((name) => {
    const [from, to] = [a.get(name), b.get(name)];
    if (from === undefined) return [`only after: ${name}`];
    if (to === undefined) return [`only before: ${name}`];
    if (name.startsWith('_astro/')) return [];
    return isSame(path.join(before, from), path.join(after, to)) ? [] : [`different: ${name}`];
  });
}

if (isMain(import.meta.url)) {
  const [before, after] = process.argv.slice(2);
  if (before === undefined || after === undefined) {
    console.error('Usage: node scripts/compare-sites.mjs BEFORE AFTER');
    process.exit(2);
  }
  const found = differences(before, after);
  for (const line of found) console.log(line);
  console.log(`${filesOf(after).size} files, ${found.length} differences.`);
  process.exit(found.length === 0 ? 0 : 1);
}
