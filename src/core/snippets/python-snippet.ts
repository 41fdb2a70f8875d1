// Programs that open one file in Python by its address, chosen by the type of the file. What a program does not
// ask for is not fetched: the libraries for HDF5 and Zarr read by ranges and by chunks.

import { pythonString } from './literals.ts';

/** A file, or a Zarr. */
export interface OpenedFile {
  path: string;
  /** Its absolute address; that of a Zarr is a folder. */
  url: string;
}

/** Lines of Python and the packages that they import. */
export interface PythonSnippet {
  /** As `pip install` and PEP 723 name them. */
  packages: readonly string[];
  code: string;
}

interface Kind {
  /** Tested on the path, without regard to case. */
  pattern: RegExp;
  packages: readonly string[];
  imports: readonly string[];
  /** What follows `url = "…"`. */
  lines: readonly string[];
}

function table(pattern: RegExp, separator: string): Kind {
  // The address of a blob has no ending from which the compression could be seen.
  const isPacked = pattern.source.includes('gz');
  const more = [
    ...(separator === ',' ? [] : [`sep=${pythonString(separator)}`]),
    ...(isPacked ? ['compression="gzip"'] : []),
  ];
  return {
    pattern,
    packages: ['pandas'],
    imports: ['import pandas'],
    lines: [`table = pandas.read_csv(${['url', ...more].join(', ')})`, 'print(table)'],
  };
}

/** The first that fits a path. To open another type of file, add an entry. */
const KINDS: readonly Kind[] = [
  {
    pattern: /\.nwb$/i,
    packages: ['pynwb', 'h5py', 'remfile'],
    imports: ['import h5py', 'import remfile', 'from pynwb import NWBHDF5IO'],
    lines: [
      'file = h5py.File(remfile.File(url), "r")',
      'nwb = NWBHDF5IO(file=file, load_namespaces=True).read()',
      'print(nwb)',
    ],
  },
  {
    pattern: /\.(?:h5|hdf5|hdf|he5)$/i,
    packages: ['h5py', 'fsspec[http]'],
    imports: ['import fsspec', 'import h5py'],
    lines: ['file = h5py.File(fsspec.open(url).open(), "r")', 'file.visit(print)'],
  },
  {
    pattern: /\.(?:ome\.zarr|ngff)$/i,
    packages: ['zarr', 'fsspec[http]'],
    imports: ['import zarr'],
    lines: [
      'image = zarr.open_group(url, mode="r")',
      '# Newer releases of OME-Zarr have their metadata below "ome".',
      'metadata = image.attrs.get("ome", image.attrs)',
      'for level in metadata["multiscales"][0]["datasets"]:',
      '    pixels = image[level["path"]]',
      '    print(level["path"], pixels.shape, pixels.dtype)',
    ],
  },
  {
    pattern: /\.zarr$/i,
    packages: ['zarr', 'fsspec[http]'],
    imports: ['import zarr'],
    lines: ['data = zarr.open(url, mode="r")', 'print(data, dict(data.attrs))'],
  },
  table(/\.tsv$/i, '\t'),
  table(/\.tsv\.gz$/i, '\t'),
  table(/\.csv$/i, ','),
  table(/\.csv\.gz$/i, ','),
  {
    pattern: /\.(?:parquet|pq)$/i,
    packages: ['pandas', 'pyarrow', 'fsspec[http]'],
    imports: ['import pandas'],
    lines: ['table = pandas.read_parquet(url)', 'print(table)'],
  },
  {
    pattern: /\.json$/i,
    packages: [],
    imports: ['import json', 'from urllib.request import urlopen'],
    lines: ['data = json.load(urlopen(url))', 'print(data)'],
  },
];

/** Any other file: its first bytes, and the rest where a program asks for it. */
const BYTES: Omit<Kind, 'pattern'> = {
  packages: ['fsspec[http]'],
  imports: ['import fsspec'],
  lines: ['file = fsspec.open(url).open()', 'print(file.read(200))'],
};

/** The program that opens a file. */
export function pythonSnippet({ path, url }: OpenedFile): PythonSnippet {
  const { packages, imports, lines } = KINDS.find(({ pattern }) => pattern.test(path)) ?? BYTES;
  const code = [
    `# ${pythonString(path)}`,
    ...imports,
    '',
    `url = ${pythonString(url)}`,
    ...lines,
    '',
  ].join('\n');
  return { packages, code };
}
