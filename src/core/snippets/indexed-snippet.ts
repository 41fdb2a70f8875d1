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
import gzip, itertools, json, re
from urllib.request import urlopen
import fsspec, zarr

url = ${pythonString(url)}
index = ${pythonString(index)}
tree = json.loads(gzip.decompress(urlopen(index + ".json.gz").read()))["tree"]
tables = urlopen(index + ".chunks").read() if '"chunks":' in json.dumps(tree, separators=(",", ":")) else b""

def numbers(data):  # LEB128
    value = shift = 0
    for byte in data:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield value
            value = shift = 0

def signed(n):
    return n // 2 if n % 2 == 0 else -(n + 1) // 2

def places(data):  # of each chunk: offset, length and filter mask, or None
    source, end, length = numbers(data), 0, 0
    for n in source:
        kind, value = n % 4, n // 4
        if kind == 2:
            yield from [None] * (value + 1)
            continue
        length += signed(value)
        offset = end + (signed(next(source)) if kind else 0)
        yield offset, length, next(source) if kind == 3 else 0
        end = offset + length

CODECS = {
    1: lambda p: {"id": "zlib", "level": p[0]}, 2: lambda p: {"id": "shuffle", "elementsize": p[0]},
    3: lambda p: {"id": "fletcher32"}, 32015: lambda p: {"id": "zstd", "level": 1},
    32001: lambda p: {"id": "blosc", "cname": "lz4", "clevel": 5, "shuffle": 1, "blocksize": 0},
}
refs = {".zgroup": '{"zarr_format": 2}'}
for one in tree["objects"]:
    key, storage = one["path"][1:], one.get("storage", {})
    if one["kind"] == "group" and key:
        refs[key + "/.zgroup"] = refs[".zgroup"]
    if one["kind"] != "dataset" or not re.match("[<>|][iuf]\\\\d$", str(one["type"])) or not one["shape"]:
        continue
    shape, chunks, filters = one["shape"], one["shape"], storage.get("filters", [])
    if storage.get("offset") is not None:
        found = [(storage["offset"], storage["bytes"], 0)]
    elif "chunks" in storage and all(f["id"] in CODECS for f in filters):
        start, chunks = storage["chunks"]["from"], storage["chunkShape"]
        found = list(places(tables[start:start + storage["chunks"]["length"]]))
    else:
        continue
    if any(place and place[2] for place in found):
        continue
    refs[key + "/.zarray"] = json.dumps({"zarr_format": 2, "shape": shape, "chunks": chunks, "dtype": one["type"],
        "filters": [CODECS[f["id"]](f.get("parameters", [1])) for f in filters] or None,
        "compressor": None, "fill_value": 0, "order": "C"})
    grid = itertools.product(*(range(-(-length // chunk)) for length, chunk in zip(shape, chunks)))
    for name, place in zip(grid, found):
        if place:
            refs[key + "/" + ".".join(map(str, name))] = [url, place[0], place[1]]

files = fsspec.filesystem("reference", fo={"version": 1, "refs": refs}, remote_protocol=url.split(":")[0],
    asynchronous=True, remote_options={"asynchronous": True})
data = zarr.open_group(zarr.storage.FsspecStore(files, read_only=True), mode="r", zarr_format=2)
for key in refs:
    if key.endswith("/.zarray"):
        print(key[:-8], data[key[:-8]].shape, data[key[:-8]].dtype)
`;
  return { packages: ['zarr', 'fsspec[http]'], code };
}
