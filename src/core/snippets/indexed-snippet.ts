// A program that opens a remote HDF5 file by its index: without reading the file's own metadata, and in any language
// that has Zarr.

import { pythonString } from './literals.ts';
import type { OpenedFile, PythonSnippet } from './python-snippet.ts';

/** Where the index of a file in a store is, without its ending; undefined if the address is of no such file. */
function indexAddress(url: string): string | undefined {
  const [, store, sha256] =
    /^(.*\/)blobs\/[0-9a-f]{3}\/[0-9a-f]{3}\/([0-9a-f]{64})$/.exec(url) ?? [];
  return store === undefined ? undefined : `${store}indexes/${sha256}`;
}

/**
 * The program for a file in a store of the archive. The format of what it reads is in the handbook, "The index of a
 * file". It leaves out what Zarr cannot read: filters without a codec, and values that are no numbers.
 */
export function indexedSnippet({ path, url }: OpenedFile): PythonSnippet | undefined {
  const index = indexAddress(url);
  if (index === undefined) return undefined;
  const code = `# ${pythonString(path)}, by its index
import gzip, itertools, json
from urllib.request import urlopen
import fsspec, zarr

url = ${pythonString(url)}
index = ${pythonString(index)}
tree = json.loads(gzip.decompress(urlopen(index + ".json.gz").read()))["tree"]
types = {kind + size for kind in "iuf" for size in "1248"}
found = [one for one in tree["objects"] if str(one.get("type"))[1:] in types and "problem" not in one]
tables = urlopen(index + ".chunks").read() if any("chunks" in one["storage"] for one in found) else b""

def places(table):
    """Offset, length and filter mask of each chunk, or None if it was never written."""
    numbers, end, length = leb128(table), 0, 0
    for n in numbers:
        if n % 4 == 2:
            yield from [None] * (n // 4 + 1)
            continue
        length += signed(n // 4)
        end += length + (signed(next(numbers)) if n % 4 else 0)
        yield end - length, length, next(numbers) if n % 4 == 3 else 0

def leb128(table):
    value = shift = 0
    for byte in table:
        value, shift = value | (byte & 127) << shift, shift + 7
        if byte < 128:
            yield value
            value = shift = 0

def signed(n):
    return -(n + 1) // 2 if n % 2 else n // 2

def codec(id, parameters=(), **_):
    codecs = {1: {"id": "zlib"}, 2: {"id": "shuffle", "elementsize": [*parameters, 1][0]}, 3: {"id": "fletcher32"},
              32001: {"id": "blosc"}, 32015: {"id": "zstd"}}
    return codecs[id]

groups = [one["path"][1:] for one in tree["objects"] if one["kind"] == "group"]
refs = {f"{path}/.zgroup".lstrip("/"): json.dumps({"zarr_format": 2}) for path in groups}
for one in found:
    key, shape, storage = one["path"][1:], one["shape"], one["storage"]
    if not all(shape or [0]):
        continue  # a scalar, or nothing
    try:
        chunks, filters = storage.get("chunkShape"), [codec(**f) for f in storage.get("filters", [])]
        if chunks:
            start = storage["chunks"]["from"]
            parts = list(places(tables[start:start + storage["chunks"]["length"]]))
        else:  # one after the other: in equal parts of some 16 MB, if there are such
            count = next(n for n in range(1 + storage["bytes"] // 2**24, 0, -1) if shape[0] % n == 0)
            chunks, size = [shape[0] // count, *shape[1:]], storage["bytes"] // count
            parts = [(storage["offset"] + n * size, size, 0) for n in range(count)]
    except KeyError:
        continue  # a filter without a codec, or values that are not in the file
    if any(part and part[2] for part in parts):
        continue  # a chunk to which a filter was not applied
    refs[key + "/.zarray"] = json.dumps({
        "zarr_format": 2, "shape": shape, "chunks": chunks, "dtype": one["type"], "order": "C",
        "fill_value": storage.get("fill", 0), "filters": filters or None, "compressor": None})
    grid = itertools.product(*(range(-(-length // size)) for length, size in zip(shape, chunks)))
    for name, part in zip(grid, parts):
        if part:
            refs[key + "/" + ".".join(map(str, name))] = [url, *part[:2]]

files = fsspec.filesystem("reference", fo={"version": 1, "refs": refs}, remote_protocol=url.split(":")[0],
                          asynchronous=True, remote_options={"asynchronous": True})
file = zarr.open_group(zarr.storage.FsspecStore(files, read_only=True), mode="r", zarr_format=2)
names = [key.removesuffix("/.zarray") for key in refs if key.endswith("/.zarray")]
for name in names:
    print(name, file[name].shape, file[name].dtype)
`;
  return { packages: ['zarr', 'fsspec[http]'], code };
}
