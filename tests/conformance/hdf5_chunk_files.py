"""Writes HDF5 files whose chunks are listed in each of the ways that HDF5 has, and states where h5py finds them.

    python hdf5_chunk_files.py FOLDER

Prints JSON: by file and dataset, the chunks in the order of the grid, `[offset, length, mask]` or null.
"""

import itertools
import json
import os
import sys

import h5py
import numpy as np

random = np.random.default_rng(7)


def smooth(shape, kind="<i4"):
    return (np.arange(int(np.prod(shape))) // 7).astype(kind).reshape(shape)


def noise(shape):
    return random.integers(0, 2**32, size=shape, dtype="u4")


def fill(file):
    """One dataset for each way, filtered and not, some with chunks that were never written."""
    make = file.create_dataset
    for name, filters in {"plain": {}, "gzip": {"compression": "gzip", "shuffle": True}}.items():
        make(f"{name}/fixed", data=smooth((90, 70)), chunks=(8, 9), **filters)
        make(f"{name}/one", data=smooth((20, 30)), chunks=(20, 30), **filters)
        make(f"{name}/growing", data=smooth((5, 90)), chunks=(2, 3), maxshape=(5, None), **filters)
        make(f"{name}/growing-first", data=smooth((5000,)), chunks=(3,), maxshape=(None,), **filters)
        make(f"{name}/growing-twice", data=smooth((300, 40)), chunks=(3, 2), maxshape=(None, None), **filters)
        make(f"{name}/bounded", data=smooth((10, 10)), chunks=(3, 3), maxshape=(40, 25), **filters)
        make(f"{name}/paged", data=smooth((5000,)), chunks=(2,), **filters)
        holes = make(f"{name}/holes", shape=(4000, 8), chunks=(3, 4), dtype="i2", **filters)
        holes[9:12] = 5
        holes[3001:3007, :2] = 6
        far = make(f"{name}/far", shape=(70_000,), chunks=(1,), maxshape=(None,), dtype="u1", **filters)
        far[5:90] = 3
        far[69_990:] = 4
        make(f"{name}/nothing", shape=(50, 50), chunks=(5, 5), dtype="f4", **filters)
    # LZF leaves a chunk as it is that it cannot make smaller, and says so in the mask of its filters.
    mixed = np.concatenate([noise(400), smooth(400, "u4"), noise(200)])
    make("mask/lzf", data=mixed, chunks=(100,), compression="lzf")
    make("mask/lzf-growing", data=mixed, chunks=(100,), maxshape=(None,), compression="lzf", shuffle=True)
    make("mask/lzf-twice", data=mixed.reshape(10, 100), chunks=(1, 100), maxshape=(None, None), compression="lzf")
    # Space for all chunks is taken when the dataset is made.
    early = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    early.set_chunk((4, 5))
    early.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    space = h5py.h5s.create_simple((21, 13), (40, 31))
    h5py.h5d.create(file.id, b"early", h5py.h5t.NATIVE_INT32, space, early).write(
        h5py.h5s.ALL, h5py.h5s.ALL, smooth((21, 13))
    )
    # The chunks of the edges are not filtered.
    edges = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    edges.set_chunk((8, 8))
    edges.set_deflate(3)
    if hasattr(edges, "set_chunk_opts"):
        edges.set_chunk_opts(2)
    h5py.h5d.create(file.id, b"edges", h5py.h5t.NATIVE_INT32, h5py.h5s.create_simple((20, 20)), edges).write(
        h5py.h5s.ALL, h5py.h5s.ALL, smooth((20, 20))
    )
    make("contiguous", data=smooth((50, 3)))
    make("unwritten", shape=(1000,), dtype="f8")
    compact = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    compact.set_layout(h5py.h5d.COMPACT)
    h5py.h5d.create(file.id, b"compact", h5py.h5t.NATIVE_INT32, h5py.h5s.create_simple((6,)), compact).write(
        h5py.h5s.ALL, h5py.h5s.ALL, smooth((6,))
    )


def chunks_of(dataset):
    found = {}

    def note(info):
        place = tuple(start // size for start, size in zip(info.chunk_offset, dataset.chunks))
        found[place] = [info.byte_offset, info.size, info.filter_mask]

    dataset.id.chunk_iter(note)
    grid = [range(-(-length // size)) for length, size in zip(dataset.shape, dataset.chunks)]
    return [found.get(place) for place in itertools.product(*grid)]


def main(folder):
    stated = {}
    for name, options in {
        "earliest": {"libver": "earliest"},
        "v108": {"libver": ("v108", "v108")},
        "latest": {"libver": "latest"},
        "user-block": {"userblock_size": 2048},
        "latest-user-block": {"userblock_size": 512, "libver": "latest"},
    }.items():
        place = os.path.join(folder, f"{name}.h5")
        with h5py.File(place, "w", **options) as file:
            fill(file)
        with h5py.File(place) as file:
            own = stated[name] = {"chunks": {}, "storage": {}}

            def note(path, item):
                if not isinstance(item, h5py.Dataset):
                    return
                offset = item.id.get_offset()
                own["storage"][path] = {"offset": offset, "bytes": item.id.get_storage_size()}
                if item.chunks is not None:
                    own["chunks"][path] = chunks_of(item)

            file.visititems(note)
    print(json.dumps(stated))


main(sys.argv[1])
