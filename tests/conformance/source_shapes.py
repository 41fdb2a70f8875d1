"""Writes records of the corpus in the other shapes that an import accepts, and compares the results.

    python source_shapes.py make CORPUS OUT      OUT/datalad, OUT/yaml, OUT/json
    python source_shapes.py compare CORPUS OUT SHAPE CONTENT

The DataLad shape is written by the dandi client's own YAML writer, the manifests by PyYAML and the json
module, as DANDI's server does. Values are compared with the order of their keys and the spelling of their
numbers. The client's writer drops a blank where it folds a line at several, so its own reader determines what
a DataLad record holds.
"""

import gzip
import json
import sys
from pathlib import Path

import yaml
from dandi.utils import yaml_dump, yaml_load

MOST_ASSETS = 8


def chosen(corpus, shape):
    """Folders of versions with short lists; a DataLad clone holds one version of a Dandiset."""
    for folder in sorted((corpus / "dandisets").glob("*/*")):
        packed = folder / "assets.jsonl.gz"
        if not packed.exists() or (shape == "datalad" and folder.name != "draft"):
            continue
        lines = gzip.decompress(packed.read_bytes()).decode().splitlines()
        if len(lines) <= MOST_ASSETS:
            yield folder, lines


def make(corpus, out):
    for folder, lines in chosen(corpus, "datalad"):
        target = out / "datalad" / folder.parent.name
        (target / ".dandi").mkdir(parents=True)
        record = json.loads((folder / "dandiset.json").read_text(encoding="utf-8"))
        (target / "dandiset.yaml").write_text(yaml_dump(record), encoding="utf-8")
        assets = [json.loads(line) for line in lines]
        (target / ".dandi" / "assets.json").write_text(json.dumps(assets, indent=4), encoding="utf-8")
    for shape in ("yaml", "json"):
        for folder, lines in chosen(corpus, shape):
            target = out / shape / "dandisets" / folder.parent.name / folder.name
            target.mkdir(parents=True)
            record = json.loads((folder / "dandiset.json").read_text(encoding="utf-8"))
            metadata = [json.loads(line)["metadata"] for line in lines]
            if shape == "json":
                (target / "dandiset.jsonld").write_text(json.dumps(record), encoding="utf-8")
                (target / "assets.jsonld").write_text(json.dumps(metadata), encoding="utf-8")
                continue
            with (target / "dandiset.yaml").open("w", encoding="utf-8") as file:
                yaml.safe_dump(record, file, sort_keys=False, allow_unicode=True)
            with (target / "assets.yaml").open("w", encoding="utf-8") as file:
                for item in metadata:
                    yaml.safe_dump([item], file, sort_keys=False)
                if not metadata:
                    yaml.safe_dump([], file)


def read(text):
    pairs = {"object_pairs_hook": lambda members: ("object", members)}
    return json.loads(text, parse_int=lambda n: ("number", n), parse_float=lambda n: ("number", n), **pairs)


def bare(line):
    """The parts of a record that can be derived from its bare metadata."""
    record = dict(read(line)[1])
    metadata = dict(record["metadata"][1])
    urls = [url for url in metadata.get("contentUrl", []) if "/blobs/" in url or "/zarr/" in url]
    key = urls[0].rstrip("/").rsplit("/", 1)[1] if urls else None
    return (
        metadata.get("identifier"),
        key,
        metadata.get("path"),
        metadata.get("contentSize"),
        record["metadata"],
    )


def taken(line):
    record = dict(read(line)[1])
    key = record.get("blob", record.get("zarr"))
    return (record.get("asset_id"), key, record.get("path"), record.get("size"), record["metadata"])


def source_record(folder, out, shape):
    if shape == "datalad":
        text = (out / shape / folder.parent.name / "dandiset.yaml").read_text(encoding="utf-8")
        return read(json.dumps(yaml_load(text, typ="safe")))
    return read((folder / "dandiset.json").read_text(encoding="utf-8"))


def compare(corpus, out, shape, content):
    differences, versions, assets = [], 0, 0
    for folder, lines in chosen(corpus, shape):
        name = f"{folder.parent.name}/{folder.name}"
        target = content / "dandisets" / name[:3] / name
        versions += 1
        assets += len(lines)
        record = read((target / "dandiset.json").read_text(encoding="utf-8"))
        if record != source_record(folder, out, shape):
            differences.append(f"{name}: dandiset.json")
        held = (target / "assets.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
        ordered = sorted(lines, key=lambda line: json.loads(line)["path"].encode())
        if shape == "datalad":
            same = [read(line) for line in held] == [read(line) for line in ordered]
        else:
            same = [taken(line) for line in held] == [bare(line) for line in ordered]
        if not same:
            differences.append(f"{name}: assets.jsonl")
    print(json.dumps({"versions": versions, "assets": assets, "differences": differences}))


if __name__ == "__main__":
    command, corpus, out, *rest = sys.argv[1:]
    if command == "make":
        make(Path(corpus), Path(out))
    else:
        shape, content = rest
        compare(Path(corpus), Path(out), shape, Path(content))
