"""Writes Zarrs of versions 2 and 3 into a folder, and prints what is in them as JSON.

For each array: its shape, its values as nested lists, and whether they can be read without Python.
"""
import json
import sys
import warnings
from pathlib import Path

import numpy as np
import zarr
from numcodecs import LZ4, Blosc, Delta, GZip, LZMA, Shuffle, Zlib, Zstd
from zarr.codecs import BloscCodec, GzipCodec, ZstdCodec

warnings.simplefilter("ignore")
folder = Path(sys.argv[1])
arrays = {}


def shown(value):
    """As JSON: what it lacks, and integers beyond 2^53, as text."""
    if isinstance(value, list):
        return [shown(one) for one in value]
    if isinstance(value, float) and not np.isfinite(value):
        return {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}[str(value)]
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**53:
        return str(value)
    return value


def note(name, key, array, readable=True):
    arrays.setdefault(name, {})[f"/{key}"] = {
        "shape": list(array.shape),
        "value": shown(np.asarray(array[...]).tolist()) if readable else None,
    }


def fill(array, values):
    array[...] = values
    return array


numbers = np.arange(60, dtype="<i2").reshape(6, 10) * 3 - 40
floats = np.array([1.5, np.nan, np.inf, -np.inf, -0.25])

# --- version 2, each codec, consolidated
root = zarr.open_group(folder / "v2.zarr", mode="w", zarr_format=2)
root.attrs.update({"title": "all of version 2", "ratio": float("nan"), "big": 2**60 + 1, "list": [1, 2.5, "x"]})
group = root.create_group("codecs")
for name, compressor, filters in [
    ("none", None, None),
    ("gzip", GZip(5), None),
    ("zlib", Zlib(5), None),
    ("zstd", Zstd(5), None),
    ("lz4", LZ4(), None),
    ("blosc_lz4", Blosc("lz4", 5, Blosc.SHUFFLE), None),
    ("blosc_zstd", Blosc("zstd", 5, Blosc.BITSHUFFLE), None),
    ("delta", GZip(5), [Delta("<i2")]),
    ("shuffle", Zlib(5), [Shuffle(2)]),
]:
    made = group.create_array(name, shape=(6, 10), chunks=(4, 5), dtype="<i2", compressors=compressor, filters=filters)
    note("v2.zarr", f"codecs/{name}", fill(made, numbers))
made = group.create_array("lzma", shape=(6, 10), chunks=(6, 10), dtype="<i2", compressors=LZMA())
note("v2.zarr", "codecs/lzma", fill(made, numbers), readable=False)
# Blosc as a matrix: each codec in it, each way to shuffle, sizes that fit into blocks and sizes that don't.
group = root.create_group("blosc")
steps = np.random.default_rng(1).integers(-3, 4, 4000)
for cname in ("blosclz", "lz4", "lz4hc", "zlib", "zstd"):
    for shuffle in (0, 1, 2):
        for dtype, count, blocksize in (("|i1", 4000, 0), ("<i2", 1001, 0), ("<i2", 4000, 2048), ("<f8", 4000, 0)):
            values = np.cumsum(steps[:count]).astype(dtype)
            key = f"{cname}_{shuffle}_{dtype[1:]}_{count}"
            made = group.create_array(key, shape=values.shape, chunks=values.shape, dtype=dtype, compressors=Blosc(cname, 5, shuffle, blocksize))
            note("v2.zarr", f"blosc/{key}", fill(made, values))
group = root.create_group("types")
for name, values in {
    "big_endian": np.arange(5, dtype=">i4"),
    "int64": np.array([1, 2**53 + 1, -(2**62)], dtype="<i8"),
    "uint8": np.arange(7, dtype="u1"),
    "float32": floats.astype("<f4"),
    "float64": floats,
    "boolean": np.array([True, False, True]),
    "bytes": np.array([b"ab", b"", b"cde"]),
    "unicode": np.array(["é", "", "漢字"]),
}.items():
    made = group.create_array(name, shape=values.shape, chunks=values.shape, dtype=values.dtype)
    note("v2.zarr", f"types/{name}", fill(made, values))
made = group.create_array("column_major", shape=(3, 4), chunks=(2, 4), dtype="<f8", order="F")
note("v2.zarr", "types/column_major", fill(made, np.arange(12.0).reshape(3, 4)))
made = group.create_array("scalar", shape=(), dtype="<f8")
note("v2.zarr", "types/scalar", fill(made, 2.5))
made = group.create_array("empty", shape=(0, 3), chunks=(1, 3), dtype="<i4")
arrays["v2.zarr"]["/types/empty"] = {"shape": [0, 3], "value": None}
made = group.create_array("unwritten", shape=(4,), chunks=(2,), dtype="<i4", fill_value=7)
made[:2] = [1, 2]
note("v2.zarr", "types/unwritten", made)
made = group.create_array("separated", shape=(6, 10), chunks=(4, 5), dtype="<i2", chunk_key_encoding={"name": "v2", "separator": "/"})
note("v2.zarr", "types/separated", fill(made, numbers))
zarr.consolidate_metadata(folder / "v2.zarr")

# --- version 3, each codec, shards
root = zarr.open_group(folder / "v3.zarr", mode="w", zarr_format=3)
root.attrs.update({"title": "all of version 3", "nested": {"a": [1, {"b": None}]}})
for name, compressors, shards, chunks in [
    ("none", None, None, (4, 5)),
    ("gzip", GzipCodec(), None, (4, 5)),
    ("zstd", ZstdCodec(), None, (4, 5)),
    ("blosc", BloscCodec(cname="lz4"), None, (4, 5)),
    ("sharded", ZstdCodec(), (8, 10), (4, 5)),
]:
    made = root.create_array(f"codecs/{name}", shape=(6, 10), chunks=chunks, shards=shards, dtype="int16", compressors=compressors)
    note("v3.zarr", f"codecs/{name}", fill(made, numbers))
for name, values in {
    "int64": np.array([1, 2**53 + 1, -(2**62)], dtype="int64"),
    "float32": floats.astype("float32"),
    "boolean": np.array([True, False, True]),
    "text": np.array(["é", "", "漢字"], dtype=object),
}.items():
    dtype = "string" if values.dtype == object else values.dtype
    made = root.create_array(f"types/{name}", shape=values.shape, chunks=values.shape, dtype=dtype)
    note("v3.zarr", f"types/{name}", fill(made, values))
zarr.consolidate_metadata(folder / "v3.zarr")


# --- OME-Zarr, with pictures whose values say where they are
def pyramid(path, version, zarr_format, axes):
    group = zarr.open_group(path, mode="w", zarr_format=zarr_format)
    sizes = {"t": 2, "c": 2, "z": 5, "y": 200, "x": 300}
    datasets = []
    for level in range(3):
        shape = tuple(sizes[a] // (2**level if a in "yx" else 1) for a in axes)
        grid = np.indices(shape)
        at = {a: grid[i] for i, a in enumerate(axes)}
        values = at["x"] + at["y"] * 2 + sum(at[a] * weight for a, weight in (("t", 7), ("c", 1000), ("z", 100)) if a in at)
        made = group.create_array(str(level), shape=shape, chunks=tuple(min(n, 64) for n in shape), dtype="uint16")
        made[...] = values.astype("uint16")
        scale = [{"t": 0.5, "c": 1.0, "z": 2.0}.get(a, 0.4 * 2**level) for a in axes]
        datasets.append({"path": str(level), "coordinateTransformations": [{"type": "scale", "scale": scale}]})
    described = {
        "t": {"name": "t", "type": "time", "unit": "second"},
        "c": {"name": "c", "type": "channel"},
        "z": {"name": "z", "type": "space", "unit": "micrometer"},
        "y": {"name": "y", "type": "space", "unit": "micrometer"},
        "x": {"name": "x", "type": "space", "unit": "micrometer"},
    }
    multiscales = [{"name": "slab", "axes": [described[a] for a in axes], "datasets": datasets}]
    omero = {"channels": [{"label": "DAPI", "color": "0000FF", "window": {"start": 0, "end": 1000}}, {"label": "GFP", "color": "00FF00"}]}
    if version == "0.4":
        multiscales[0]["version"] = version
        group.attrs.update({"multiscales": multiscales, "omero": omero})
    else:
        group.attrs.update({"ome": {"version": version, "multiscales": multiscales, "omero": omero}})


pyramid(folder / "ome04.zarr", "0.4", 2, "tczyx")
pyramid(folder / "ome05.zarr", "0.5", 3, "czyx")
print(json.dumps(arrays))
