"""Writes HDF5 files of every kind of value, link and filter, and states what h5py reads in them.

    python hdf5_files.py FOLDER

Prints JSON: by file, its objects in order, each as the tree of the program has it, with all values of each dataset.
"""

import json
import math
import os
import sys

import h5py
import hdf5plugin
import numpy as np

MARKUP = "<img src=x onerror=alert(1)>&\"'"


def plain(value, file, dtype=None):
    """A value as JSON, as the tree writes it."""
    if isinstance(value, h5py.Empty):
        return None
    if isinstance(value, h5py.RegionReference):
        return {"omitted": True}
    if isinstance(value, h5py.Reference):
        return {"address": h5py.h5o.get_info(file[value].id).addr} if value else {"ref": None}
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, str):
        return value
    if isinstance(value, np.ndarray):
        return [plain(one, file, dtype) for one in value]
    if isinstance(value, np.void):
        if value.dtype.names is None:
            return {"omitted": True}
        return [plain(value[name], file, value.dtype[name]) for name in value.dtype.names]
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    members = h5py.check_enum_dtype(dtype) if dtype is not None else None
    if members:
        names = {number: name for name, number in members.items()}
        return names.get(int(value), int(value))
    if isinstance(value, (complex, np.complexfloating)):
        return [plain(value.real, file), plain(value.imag, file)]
    if isinstance(value, (int, np.integer)):
        return int(value) if abs(int(value)) < 2**53 else str(int(value))
    number = float(value)
    if math.isfinite(number):
        return number + 0.0
    return "NaN" if math.isnan(number) else ("Infinity" if number > 0 else "-Infinity")


def attributes(item, file):
    found = {}
    for name in item.attrs:
        if item.name == "/" and name == ".specloc":
            continue
        dtype = item.attrs.get_id(name).dtype
        found[name] = plain(item.attrs[name], file, dtype)
    return found


def attribute_types(item):
    types = {name: item.attrs.get_id(name).dtype for name in item.attrs}
    empty = [name for name in types if isinstance(item.attrs[name], h5py.Empty)]
    return {
        name: dtype.str
        for name, dtype in types.items()
        if dtype.kind in "iuf" and not h5py.check_enum_dtype(dtype) and name not in empty
    }


def stated(item, file):
    own = {"path": item.name, "attributes": attributes(item, file), "attributeTypes": attribute_types(item)}
    if isinstance(item, h5py.Group):
        return {**own, "kind": "group"}
    own["kind"] = "dataset"
    own["shape"] = None if item.shape is None else list(item.shape)
    if item.dtype.kind in "iuf" and not h5py.check_enum_dtype(item.dtype) and np.any(item.fillvalue):
        own["storage"] = {"fill": plain(item.fillvalue, file)}
    if item.size is not None and item.size <= 100_000:
        try:
            values = item[()]
        except OSError:
            values = None
        own["values"] = None if values is None else plain(values, file, item.dtype)
    return own


def objects_of(file):
    seen, found = {}, []

    def add(path, depth):
        link = file.get(path, getlink=True) if path != "/" else None
        if isinstance(link, h5py.SoftLink):
            return found.append({"path": path, "kind": "link", "link": "soft", "target": link.path})
        if isinstance(link, h5py.ExternalLink):
            return found.append(
                {"path": path, "kind": "link", "link": "external", "target": link.path, "file": link.filename}
            )
        try:
            item = file[path]
        except (KeyError, OSError):
            return found.append({"path": path, "kind": "unreadable"})
        key = h5py.h5o.get_info(item.id).addr
        if key in seen:
            return found.append({"path": path, "kind": "link", "link": "same", "target": seen[key]})
        seen[key] = path
        if isinstance(item, h5py.Datatype):
            return found.append({"path": path, "kind": "unreadable"})
        if path == "/specifications":
            return None
        found.append({**stated(item, file), "path": path})
        if isinstance(item, h5py.Group):
            for name in sorted(item, key=lambda one: one.encode()):
                add(f"{path.rstrip('/')}/{name}", depth + 1)

    def resolved(value):
        """With references by the path at which an object is listed, not one of its others."""
        if isinstance(value, list):
            return [resolved(one) for one in value]
        if not isinstance(value, dict):
            return value
        if "address" in value:
            return {"ref": seen[value["address"]]}
        return {name: resolved(one) for name, one in value.items()}

    add("/", 0)
    return resolved(found)


def numbers(file):
    for order in "<>":
        for kind in ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"]:
            info = np.iinfo(kind)
            file[f"numbers/{'big' if order == '>' else 'little'}-{kind}"] = np.array(
                [info.min, 0, 1, info.max - 1, info.max], order + kind
            )
        for kind in ["f2", "f4", "f8"]:
            info = np.finfo(kind)
            values = [0, -0.0, 0.1, info.max, info.tiny, info.smallest_subnormal, np.inf, -np.inf, np.nan]
            file[f"numbers/{'big' if order == '>' else 'little'}-{kind}"] = np.array(values, order + kind)
    file["numbers/booleans"] = np.array([[True, False], [False, True]])
    file["numbers/complex"] = np.array([1 + 2j, -3.5j])
    colours = h5py.enum_dtype({"red": 0, "green": 7, MARKUP: 200}, basetype="u1")
    file.create_dataset("numbers/enum", data=np.array([7, 0, 200], "u1"), dtype=colours)
    file["numbers/scalar"] = 1.5
    file["numbers/none"] = np.zeros((0, 4))
    file["numbers/empty"] = h5py.Empty("f4")
    file["numbers/cube"] = np.arange(60, dtype="i2").reshape(3, 4, 5)
    file.create_dataset("numbers/filled", shape=(7,), dtype="f4", fillvalue=2.5)
    file.create_dataset("numbers/filled-partly", shape=(9,), dtype=">i2", chunks=(3,), fillvalue=-5)[4] = 1


def texts(file):
    words = ["", "a", "naïve", "日本語", MARKUP, "  spaces  ", "x" * 300]
    file.create_dataset("texts/any", data=words, dtype=h5py.string_dtype())
    file.create_dataset("texts/ascii", data=["a", "bc"], dtype=h5py.string_dtype("ascii"))
    file.create_dataset("texts/fixed", data=[one.encode()[:12] for one in ["ab", "日本", "", "twelve bytes"]], dtype="S12")
    file.create_dataset("texts/fixed-utf8", data=["é".encode(), b"z"], dtype=h5py.string_dtype("utf-8", 5))
    for name, padding in {"null-ended": 0, "null-padded": 1, "space-padded": 2}.items():
        kind = h5py.h5t.C_S1.copy()
        kind.set_size(6)
        kind.set_strpad(padding)
        data = np.array([b"ab", b"abcde", b"a b"], "S6")
        dataset = h5py.h5d.create(file.id, f"texts/{name}".encode(), kind, h5py.h5s.create_simple((3,)))
        dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, data)
    file["texts/scalar"] = "One text. " * 20
    file["texts/empty"] = h5py.Empty(h5py.string_dtype())
    file.create_dataset("texts/unwritten", shape=(3,), dtype=h5py.string_dtype())
    file.create_dataset("texts/many", data=[f"row {i}" for i in range(3000)], dtype=h5py.string_dtype(), chunks=(500,), compression="gzip")


def tables(file):
    row = np.dtype(
        [
            ("id", "<i4"),
            ("big", ">f8"),
            ("name", h5py.string_dtype()),
            ("code", "S3"),
            ("point", "<f4", (2, 3)),
            ("inner", [("a", "u1"), ("ok", h5py.enum_dtype({"FALSE": 0, "TRUE": 1}, "i1"))]),
            ("target", h5py.ref_dtype),
        ]
    )
    data = np.zeros(50, row)
    for i in range(50):
        data[i] = (i, i / 3, f"name {i}", b"abc", [[i, 1, 2], [3, 4, 5]], (i, i % 2), file["numbers/cube"].ref)
    file.create_dataset("tables/mixed", data=data)
    file.create_dataset("tables/big", data=np.array([(1, 2.5), (3, -4.5)], [("a", ">i4"), ("b", ">f8")]))
    file.create_dataset("tables/little", data=np.array((7, 8), [("a", "<i2"), ("b", "<i8")]))
    lists = file.create_dataset("tables/lists", (3,), h5py.vlen_dtype("i4"))
    lists[0], lists[2] = [1, 2, 3], [4]
    pairs = h5py.h5t.array_create(h5py.h5t.STD_I64LE, (2, 2))
    arrays = h5py.h5d.create(file.id, b"tables/arrays", pairs, h5py.h5s.create_simple((3,)))
    arrays.write(h5py.h5s.ALL, h5py.h5s.ALL, np.arange(12).reshape(3, 2, 2), pairs)
    group = file.create_group("tables/dynamic")
    group.attrs["colnames"] = ["start", "label"]
    group["start"] = np.arange(5000) / 10
    group.create_dataset("label", data=[f"trial {i}" for i in range(5000)], dtype=h5py.string_dtype())
    group["start_more"] = np.arange(30000).reshape(500, 60)
    file.create_dataset("tables/opaque", data=np.array([b"\1\2\3"], "V3"))
    file["tables/type"] = np.dtype("i4")


def links(file):
    file["links/soft"] = h5py.SoftLink("/numbers/cube")
    file["links/relative"] = h5py.SoftLink("../numbers")
    file["links/dangling"] = h5py.SoftLink("/nowhere/at all")
    file["links/circle"] = h5py.SoftLink("/links/circle")
    file["links/external"] = h5py.ExternalLink("other file.h5", "/x/y")
    file["links/hard"] = file["numbers/cube"]
    file["links/up"] = file["/"]
    file["links/in"] = file["links"]
    file.create_group("links/" + "deep/" * 30)
    names = file.create_group("names")
    for name in [MARKUP.replace("/", ""), "__proto__", "constructor", "toString", "Ü", " ", "a\nb", "é" * 100]:
        names[name] = 5
        names.attrs[name] = name
    references = np.array([file["numbers/cube"].ref, file["links"].ref, file["/"].ref, h5py.Reference()], h5py.ref_dtype)
    file.create_dataset("links/references", data=references, dtype=h5py.ref_dtype)
    file["links/region"] = file["numbers/cube"].regionref[0:1, :, 2]
    attrs = file["links"].attrs
    attrs["one"] = file["numbers/cube"].ref
    attrs["many"] = references[:2]
    attrs["empty"] = h5py.Empty("i4")
    attrs["text"] = MARKUP
    attrs["texts"] = ["a", "日本語"]
    attrs["matrix"] = np.arange(6).reshape(2, 3)
    attrs["yes"] = True
    attrs["large"] = np.arange(5000)
    attrs["huge"] = 2**60
    attrs["nan"] = np.nan


def filters(file):
    data = (np.arange(40_000, dtype="f4") % 1000).reshape(200, 200)
    integers = data.astype("i4")
    make = lambda name, values=data, **how: file.create_dataset(f"filters/{name}", data=values, chunks=(50, 100), **how)
    make("gzip", compression="gzip")
    make("gzip-shuffle-fletcher", compression="gzip", shuffle=True, fletcher32=True)
    make("fletcher", fletcher32=True)
    make("szip", compression="szip")
    make("scale-offset", integers, scaleoffset=0)
    make("scale-offset-float", np.round(data / 7, 2), scaleoffset=2)
    make("lzf", compression="lzf")
    plugin = hdf5plugin
    make("bzip2", **plugin.BZip2())
    make("lz4", **plugin.LZ4())
    make("zstd", **plugin.Zstd())
    make("bitshuffle", **plugin.Bitshuffle())
    make("bitshuffle-zstd", **plugin.Bitshuffle(cname="zstd"))
    for inner in ["blosclz", "lz4", "lz4hc", "zlib", "zstd"]:
        make(f"blosc-{inner}", **plugin.Blosc(cname=inner))
    make("blosc2", **plugin.Blosc2(cname="zstd"))
    make("zfp", **plugin.Zfp(reversible=True))
    nbit = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    nbit.set_chunk((100,))
    nbit.set_filter(h5py.h5z.FILTER_NBIT, 0)
    h5py.h5d.create(file.id, b"filters/nbit", h5py.h5t.STD_I16LE, h5py.h5s.create_simple((300,)), nbit).write(
        h5py.h5s.ALL, h5py.h5s.ALL, np.arange(-150, 150, dtype="i2")
    )
    kind = h5py.h5t.STD_I16LE.copy()
    kind.set_precision(12)
    h5py.h5d.create(file.id, b"filters/twelve-bits", kind, h5py.h5s.create_simple((300,)), nbit).write(
        h5py.h5s.ALL, h5py.h5s.ALL, np.arange(-150, 150, dtype="i2")
    )


def elsewhere(file, folder):
    with h5py.File(os.path.join(folder, "source.h5"), "w") as source:
        source["data"] = np.arange(10)
    layout = h5py.VirtualLayout(shape=(10,), dtype="i8")
    layout[:] = h5py.VirtualSource(os.path.join(folder, "source.h5"), "data", shape=(10,))
    file.create_virtual_dataset("elsewhere/virtual", layout)
    own = h5py.VirtualLayout(shape=(3, 4, 5), dtype="i2")
    own[...] = h5py.VirtualSource(".", "numbers/cube", shape=(3, 4, 5))
    file.create_virtual_dataset("elsewhere/virtual-here", own)
    file.create_dataset("elsewhere/external", shape=(10,), dtype="i4", external=[(os.path.join(folder, "raw.bin"), 0, 40)])
    file["elsewhere/external"][:] = np.arange(10)


def main(folder):
    found = {}
    for name, options in {
        "values": {},
        "values-latest": {"libver": "latest"},
        "values-user-block": {"userblock_size": 1024},
    }.items():
        place = os.path.join(folder, f"{name}.h5")
        with h5py.File(place, "w", **options) as file:
            for part in [numbers, texts, tables, links, filters]:
                part(file)
            elsewhere(file, folder)
        with h5py.File(place) as file:
            found[name] = objects_of(file)
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
