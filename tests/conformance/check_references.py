"""Reads HDF5 files by references, and compares what is read with h5py.

    python check_references.py kerchunk|lindi FOLDER NAME...

By references: FOLDER/NAME.json. By h5py: FOLDER/NAME. Prints JSON: by name, how many datasets were `equal`, which were
`left` out with or without being named in `_OMITTED`, what is `wrong`, and what pynwb says of an NWB file.
"""

import json
import os
import sys
import warnings

import h5py
import numpy as np

warnings.simplefilter("ignore")
MANY_CHUNKS = 100


def by_zarr(place):
    import fsspec
    import zarr

    with open(place) as source:
        refs = json.load(source)
    files = fsspec.filesystem(
        "reference", fo=refs, asynchronous=True, remote_protocol="http", remote_options={"asynchronous": True}
    )
    root = zarr.open_group(zarr.storage.FsspecStore(files, read_only=True), mode="r", zarr_format=2)
    paths = {"/" + key.removesuffix("/.zarray") for key in refs["refs"] if key.endswith("/.zarray")}
    omitted = json.loads(refs["refs"].get(".zattrs", "{}")).get("_OMITTED", [])
    return root, paths, set(omitted)


def by_lindi(place):
    import lindi

    root = lindi.LindiH5pyFile.from_lindi_file(place)
    with open(place) as source:
        refs = json.load(source)["refs"]
    paths = {"/" + key.removesuffix("/.zarray") for key in refs if key.endswith("/.zarray")}
    return root, paths, set()


def plain(value, target):
    """A value without what only says which library it comes from; a reference by its object."""
    if isinstance(value, bytes):
        return value.decode(errors="surrogateescape")
    if type(value).__name__ in ("Reference", "LindiH5pyReference"):
        return target(value)
    if isinstance(value, np.void) and value.dtype.names:
        return [plain(value[name], target) for name in value.dtype.names]
    if isinstance(value, np.ndarray) and value.dtype.kind == "S":
        # Zarr has no text that is padded with spaces: they are part of it.
        return np.char.rstrip(value, b" ").tolist()
    if isinstance(value, np.ndarray) and (value.dtype == object or value.dtype.names):
        return [plain(one, target) for one in value]
    if isinstance(value, (np.ndarray, np.generic)):
        return value.tolist()
    if isinstance(value, (list, tuple)):
        return [plain(one, target) for one in value]
    return value


def same(one, other):
    if isinstance(one, list):
        return isinstance(other, list) and len(one) == len(other) and all(map(same, one, other))
    return one == other or (one != one and other != other)


def attributes(item, target):
    return {
        name: plain(value, target)
        for name, value in item.attrs.items()
        if name not in (".specloc", "_OMITTED") and not isinstance(value, (h5py.Empty, h5py.RegionReference))
    }


def parts(item):
    """All of it, or the first and the last rows of what is in very many chunks, each of which is a request."""
    if not item.chunks or np.prod(np.ceil(np.divide(item.shape, item.chunks))) < MANY_CHUNKS:
        return [()]
    return [slice(0, 30), slice(item.shape[0] - 30, None)]


def compare(name, item, root, found, target_there, target_here):
    there = root[name.lstrip("/")]
    if item.dtype.names and there.__class__.__name__.startswith("Lindi"):
        # LINDI reads compound types by field.
        for field in item.dtype.names:
            one, other = plain(there[field][:], target_there), plain(item[field][()], target_here)
            if not same(one, other if item.shape else [other]):
                found["wrong"].append([f"{name} {field}", repr(one)[:200], repr(other)[:200]])
        return
    for part in parts(item) if item.shape is not None else []:
        one, other = plain(there[part], target_there), plain(item[part], target_here)
        if not same(one, other):
            found["wrong"].append([name, repr(one)[:200], repr(other)[:200]])
            return
    found["equal"] += 1


def check(how, folder, name):
    place = os.path.join(folder, f"{name}.json")
    root, listed, omitted = (by_lindi if how == "lindi" else by_zarr)(place)
    found = {"equal": 0, "attributes": 0, "omitted": sorted(omitted), "missing": [], "unreadable": [], "wrong": []}
    seen = set()
    with h5py.File(os.path.join(folder, name)) as file:
        address = lambda path: h5py.h5o.get_info(file[path].id).addr
        target_here = lambda value: address(file[value].name) if value else None
        target_there = lambda value: None if value is None else address(root[value].name)

        def visit(path, item):
            path = f"/{path}"
            if path.startswith("/specifications"):
                return
            if isinstance(item, h5py.Dataset) and h5py.check_ref_dtype(item.dtype) is h5py.RegionReference:
                seen.add(path)
                return
            is_dataset = isinstance(item, h5py.Dataset)
            if is_dataset and path not in listed:
                if path not in omitted:
                    found["missing"].append(path)
                return
            seen.add(path)
            try:
                if is_dataset:
                    try:
                        item[()]
                    except OSError:
                        found["unreadable"].append(path)
                        return
                    compare(path, item, root, found, target_there, target_here)
                if how == "lindi" and isinstance(item, (h5py.Group, h5py.Dataset)):
                    one, other = attributes(root[path], target_there), attributes(item, target_here)
                    for key, value in other.items():
                        found["attributes"] += 1
                        if not same(one.get(key), value) or type(one.get(key)) is not type(value):
                            found["wrong"].append([f"{path} {key}", repr(one.get(key))[:200], repr(value)[:200]])
            except Exception as error:
                found["wrong"].append([path, repr(error)[:300], "an error"])

        file.visititems(visit)
        found["invented"] = sorted(listed - seen - set(found["unreadable"]))
        if how == "lindi":
            links = []
            file.visititems_links(lambda path, link: links.append(path) if isinstance(link, h5py.SoftLink) else None)
            found["links"] = 0
            for path in links:
                try:
                    target = file[path]
                except (KeyError, RuntimeError):
                    continue
                found["links"] += 1
                if path.startswith("specifications"):
                    continue
                if root[path].attrs.get("object_id") != target.attrs.get("object_id") or root.get(
                    path, getlink=True
                ).path != file.get(path, getlink=True).path:
                    found["wrong"].append([path, "another target", target.name])
    if how == "lindi" and name.endswith(".nwb"):
        import pynwb

        # References have no specifications: the reader has to know an extension.
        extension = os.path.join(folder, "ndx-tests.namespace.yaml")
        if os.path.exists(extension):
            pynwb.load_namespaces(extension)
        found["session"] = pynwb.NWBHDF5IO(file=root, mode="r").read().session_id
    return found


how, folder, *names = sys.argv[1:]
print(json.dumps({name: check(how, folder, name) for name in names}))
