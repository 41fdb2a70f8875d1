"""Writes HDF5 files for failures, and hostile ones. Prints null.

    python hdf5_hostile_files.py FOLDER LINKS
"""

import os
import sys

import h5py
import hdf5plugin
import numpy as np

folder = sys.argv[1]


def new(name, **options):
    return h5py.File(os.path.join(folder, name), "w", **options)


random = np.random.default_rng(3)
FILTERS = {
    "bzip2": hdf5plugin.BZip2(),
    "lzf": {"compression": "lzf"},
    "blosc": hdf5plugin.Blosc(),
    "lz4": hdf5plugin.LZ4(),
    "bitshuffle": hdf5plugin.Bitshuffle(),
    "zfp": hdf5plugin.Zfp(reversible=True),
    "zstd": hdf5plugin.Zstd(),
    "blosc2": hdf5plugin.Blosc2(),
}

# Large enough that each dataset needs requests of its own.
with new("far.h5") as file:
    file["first"] = np.arange(1_000_000, dtype="i4")
    file.create_dataset("second", data=random.integers(0, 2**31, 1_000_000, dtype="i4"), chunks=(250_000,), compression="gzip")
    file["third"] = np.arange(1_000_000, dtype="f8")

with new("filters.h5") as file:
    file.create_dataset("gzip", data=np.arange(1000, dtype="f4"), chunks=(100,), compression="gzip")
    for name, how in FILTERS.items():
        file.create_dataset(name, data=np.arange(1000, dtype="f4"), chunks=(100,), **how)

with new("small.h5") as file:
    group = file.create_group("group")
    group.attrs["text"] = "some text"
    group["numbers"] = np.arange(3000, dtype="i4")
    file.create_dataset("packed", data=np.arange(5000, dtype="i4"), chunks=(500,), compression="gzip", fletcher32=True)
    file.create_dataset("texts", data=[f"row {i}" for i in range(200)], dtype=h5py.string_dtype())
    file["soft"] = h5py.SoftLink("/group/numbers")

with new("deep.h5", libver="latest") as file:
    here = file
    for _ in range(3000):
        here = here.create_group("a")
    here["back"] = file["/"]

with new("circles.h5") as file:
    for i in range(30):
        file.create_group(f"group{i}")
    for i in range(30):
        for j in range(30):
            file[f"group{i}/link{j}"] = file[f"group{j}"]

# As many objects as a million, in a few bytes each: links to one object.
with new("many.h5", libver="latest") as file:
    one = file.create_group("one")
    many = file.create_group("many")
    for i in range(int(sys.argv[2])):
        many[f"link{i}"] = one if i % 2 else h5py.SoftLink("/one")

# Chunks of 1 GB and of 300 MB that are stored in few bytes.
with new("bomb.h5") as file:
    file.create_dataset("giga", shape=(2**30,), chunks=(2**30,), dtype="u1", compression="gzip", compression_opts=9)[:1] = 1
    file.create_dataset("mega", shape=(300 * 2**20,), chunks=(300 * 2**20,), dtype="u1", compression="gzip")[:1] = 1
    file.create_dataset("declared", shape=(2**40,), chunks=(2**20,), dtype="f8", compression="gzip")
    file["sentinel"] = 5
    file.attrs["large"] = np.zeros(8000, "f8")
    file.attrs["text"] = "x" * 60_000

with new("attributes.h5", libver="latest") as file:
    for i in range(3000):
        file.attrs[f"attribute {i}"] = i
    file.attrs["large"] = np.zeros(200_000)
    file.create_dataset("text", data="y" * 5_000_000)
print("null")
