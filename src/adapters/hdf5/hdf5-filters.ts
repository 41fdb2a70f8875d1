// Filters of HDF5: which the library has, which are added to it from a file of their own, and which nobody here has.

import type { Filter } from '../../core/data-tree/data-tree.ts';
import { Hdf5Problem } from './hdf5-problem.ts';
import type { Hdf5Reader } from './hdf5-reader.ts';

/** In the library itself. Numbers and names as the HDF Group has registered them. */
const BUILT_IN = new Map([
  [1, 'gzip'],
  [2, 'shuffle'],
  [3, 'fletcher32'],
  [4, 'szip'],
  [5, 'nbit'],
  [6, 'scaleoffset'],
]);

/** In files of the package h5wasm-plugins, of 6 kB to 0.9 MB each. */
const PLUGINS = new Map([
  [307, { name: 'bzip2', file: 'libH5Zbz2.so' }],
  [32000, { name: 'lzf', file: 'libH5Zlzf.so' }],
  [32001, { name: 'blosc', file: 'libH5Zblosc.so' }],
  [32004, { name: 'lz4', file: 'libH5Zlz4.so' }],
  [32008, { name: 'bitshuffle', file: 'libH5Zbshuf.so' }],
  [32013, { name: 'zfp', file: 'libH5Zzfp.so' }],
  [32015, { name: 'zstd', file: 'libH5Zzstd.so' }],
  [32026, { name: 'blosc2', file: 'libH5Zblosc2.so' }],
]);

/** The filters of a dataset, in the order in which they were applied to what was written. */
export function filtersOf(reader: Hdf5Reader, path: string): Filter[] {
  return reader
    .call((library, file) => library.get_dataset_filters(file, path))
    .map(({ id, name, cd_values }) => ({
      id,
      name: BUILT_IN.get(id) ?? PLUGINS.get(id)?.name ?? name.slice(0, 100),
      ...(cd_values.length === 0 ? {} : { parameters: cd_values.slice(0, 100) }),
    }));
}

/**
 * Makes sure that the library can apply these filters; loads what it lacks.
 *
 * @throws Hdf5Problem if there is one that nobody here has
 */
export function provideFilters(reader: Hdf5Reader, filters: readonly Filter[]): void {
  for (const { id = -1, name } of filters) {
    if (BUILT_IN.has(id)) continue;
    const plugin = PLUGINS.get(id);
    if (plugin === undefined)
      throw new Hdf5Problem(
        `It is compressed with filter ${id} (${name || 'no name'}), which is not available here.`,
      );
    if (reader.plugins.has(id)) continue;
    let bytes: Uint8Array;
    try {
      bytes = reader.plugin(plugin.file);
    } catch {
      throw new Hdf5Problem(
        `It is compressed with ${plugin.name}, whose decoder could not be loaded.`,
      );
    }
    const [folder = '/plugins'] = reader.library.get_plugin_search_paths();
    reader.library.FS.mkdirTree(folder);
    reader.library.FS.writeFile(`${folder}/${plugin.file}`, bytes);
    reader.plugins.add(id);
  }
}
