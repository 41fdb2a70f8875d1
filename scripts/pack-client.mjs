// The client as a package of npm's: one file that needs no registry, because everything it uses is in it. The
// same sources give the same bytes, whenever and wherever it is packed.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { gzipSync } from 'fflate';
import { clientThreadModules } from './thread-modules.mjs';

const BLOCK = 512;
// Times before 1980 cannot be represented in every format that packages are unpacked into; this is npm's own.
const MADE = 499_162_500;

/** The header of a file in the ustar format. */
function tarHeader(name, size) {
  const header = Buffer.alloc(BLOCK);
  const write = (text, at) => header.write(text, at, 'ascii');
  const octal = (number, length) => `${number.toString(8).padStart(length - 1, '0')}\0`;
  if (Buffer.byteLength(name) > 100) throw new Error(`${name} is too long for a header.`);
  write(name, 0);
  write(octal(0o644, 8), 100);
  write(octal(0, 8), 108);
  write(octal(0, 8), 116);
  write(octal(size, 12), 124);
  write(octal(MADE, 12), 136);
  // The sum counts itself as blanks.
  write('        ', 148);
  write('0', 156);
  write('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** Files by name as a tar archive. */
function tarOf(files) {
  const parts = [];
  for (const [name, contents] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const padding = Buffer.alloc((BLOCK - (contents.length % BLOCK)) % BLOCK);
    parts.push(tarHeader(name, contents.length), contents, padding);
  }
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

/** The package that a bundled file belongs to: its folder below the root, or undefined for a source. */
function packageOf(input) {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

/** The licences of everything in the bundle, which they require to be passed on. */
function licences(root, inputs) {
  const folders = [...new Set(inputs.map(packageOf))].filter((folder) => folder !== undefined);
  const texts = folders.sort().map((folder) => {
    const place = path.join(root, folder);
    const { name, version, license } = JSON.parse(
      readFileSync(path.join(place, 'package.json'), 'utf8'),
    );
    const file = readdirSync(place).find((one) => /^licen[cs]e/i.test(one));
    const text = file === undefined ? '' : readFileSync(path.join(place, file), 'utf8').trim();
    return `${name} ${version}: ${license}\n\n${text.replaceAll('\r\n', '\n')}\n`;
  });
  return texts.join(`\n${'-'.repeat(78)}\n\n`);
}

const README = `# dandiset

The client of an archive, as its site serves it: it downloads, lists and verifies data, and submits
it. It needs Node ${'20.19'} or newer, and no other package.

    dandiset --help
`;

function manifestOf({ version, description, license, engines }) {
  const manifest = {
    name: 'dandiset',
    version,
    description,
    license,
    type: 'module',
    engines,
    bin: { dandiset: 'dandiset.mjs' },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The bytes of the package: the client of the sources in `root`, bundled with these options. */
export async function packClient(root, options) {
  const out = path.join(root, 'build', 'client');
  const { outputFiles, metafile } = await build({
    ...options,
    entryPoints: { dandiset: 'scripts/client-entry.mjs', ...clientThreadModules },
    outdir: out,
    // What a verb needs is loaded with it. All are in one folder, where what starts a thread finds its module.
    splitting: true,
    chunkNames: '[name]-[hash]',
    outExtension: { '.js': '.mjs' },
    minify: true,
    // Errors name the functions they come from.
    keepNames: true,
    metafile: true,
    legalComments: 'none',
  });
  const files = new Map(
    outputFiles.map(({ path: place, contents }) => [
      path.relative(out, place).split(path.sep).join('/'),
      Buffer.from(contents),
    ]),
  );
  const own = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  files.set('package.json', Buffer.from(manifestOf(own)));
  files.set('README.md', Buffer.from(README));
  const licence = path.join(root, 'LICENSE');
  if (existsSync(licence)) files.set('LICENSE', readFileSync(licence));
  files.set('LICENSES-OF-PARTS.txt', Buffer.from(licences(root, Object.keys(metafile.inputs))));
  const named = new Map([...files].map(([name, bytes]) => [`package/${name}`, bytes]));
  return gzipSync(tarOf(named), { level: 9, mtime: 0 });
}
