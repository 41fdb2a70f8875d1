"""What the Python client does: a JSON list of questions in, a JSON list of answers out, in one process.

{"parse": TEXT, "glob": bool}, {"download": {"urls": [...], "into": DIR, ...}}, {"digest": PATH, "algorithm": NAME},
{"zarr": FILTER, "paths": [...]}, {"target": [URL_PATH, ASSET_PATH]}, {"zarrs": DIR}. The archive at argv[1] is known
as `lab`.
"""

import contextlib
import json
import pathlib
import sys

from dandi import consts

site = sys.argv[1].rstrip("/")
consts.known_instances["lab"] = consts.DandiInstance(name="lab", gui=site, api=site + "/api")
consts.known_instances_rev = {
    address: name
    for name, instance in consts.known_instances.items()
    for address in instance.urls()
}

from dandi import dandiarchive, download, zarr_filter  # noqa: E402
from dandi.support.digests import get_digest, get_zarr_checksum  # noqa: E402


def parse(text, glob=False):
    found = dandiarchive.parse_dandi_url(text, glob=glob)
    kind = type(found).__name__
    path = getattr(found, "path", None)
    if kind == "AssetZarrEntryURL":
        path = f"{found.asset_path}/{found.zarr_subpath}"
    return {
        "instance": found.instance.name,
        "number": found.dandiset_id,
        "version": found.version_id,
        "kind": kind,
        "path": path or getattr(found, "asset_id", None),
    }


def fetch(urls, into, existing="error", path_type="exact", sync=None, **options):
    try:
        download.download(
            urls,
            into,
            existing=download.DownloadExisting(existing),
            path_type=download.PathType(path_type),
            sync=sync and consts.SyncMode(sync),
            jobs=1,
            **options,
        )
        return {"ok": True}
    except Exception as error:
        return {"ok": False, "message": f"{type(error).__name__}: {error}"}


def digest(path, algorithm):
    place = pathlib.Path(path)
    return get_zarr_checksum(place) if algorithm == "zarr-checksum" else get_digest(place, algorithm)


def write_zarrs(folder):
    import numpy
    import zarr

    kind = numpy.dtype("<i8")
    arrays = numpy.arange(1000, dtype=kind), numpy.arange(1000, 0, -1, dtype=kind)
    for version in (2, 3):
        with zarr.config.set({"default_zarr_format": version}):
            zarr.save(f"{folder}/v{version}.zarr", *arrays)
    return True


def instance_of(server):
    name = consts.known_instances_rev.get(server.rstrip("/"), server)
    if name in consts.known_instances:
        return consts.known_instances[name]
    if server.startswith(site):
        return consts.known_instances["lab"]
    raise ValueError(f"not asked for: {server}")


dandiarchive.get_instance = instance_of


def answer(question):
    if "zarrs" in question:
        return write_zarrs(question["zarrs"])
    if "download" in question:
        return fetch(**question["download"])
    if "digest" in question:
        return str(digest(question["digest"], question["algorithm"]))
    if "zarr" in question:
        test = zarr_filter.make_zarr_entry_filter(zarr_filter.parse_zarr_filter(question["zarr"]))
        return [path for path in question["paths"] if test(path)]
    if "target" in question:
        return dandiarchive.multiasset_target(*question["target"])
    try:
        return parse(question["parse"], question.get("glob", False))
    except Exception as error:
        return {"error": str(error).splitlines()[0]}


questions = json.load(sys.stdin)
# The client draws its table of files on the standard output.
with contextlib.redirect_stdout(sys.stderr):
    answers = [answer(question) for question in questions]
json.dump(answers, sys.stdout)
