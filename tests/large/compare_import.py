"""Compares an imported content folder with the mirror records it was made from.

Shares nothing with the importer: JSON is read with ordered pairs and numbers as text, so that a changed key
order or spelling of a number is found. Prints one JSON object with what was counted and every difference
found. Standard library only.

    python3 compare_import.py SOURCE CONTENT
"""

import gzip
import hashlib
import json
import sys
from pathlib import Path


class Pairs(tuple):
    """A JSON object as ordered (key, value) pairs; a plain list is an array."""


class Number(tuple):
    """A JSON number as (spelling,)."""


def read(text):
    return json.loads(
        text,
        object_pairs_hook=Pairs,
        parse_int=lambda spelling: Number([spelling]),
        parse_float=lambda spelling: Number([spelling]),
        parse_constant=lambda word: Number([word]),
    )


def get(record, key):
    return next((value for name, value in record if name == key), None)


def source_lines(folder):
    packed, plain = folder / "assets.jsonl.gz", folder / "assets.jsonl"
    if packed.exists():
        return gzip.decompress(packed.read_bytes()).decode().splitlines()
    return plain.read_text(encoding="utf-8").splitlines() if plain.exists() else None


def compare_assets(name, source, target, differ):
    """Compares the lists; returns (number of lines, sum of sizes), or None without a list."""
    wanted, file = source_lines(source), target / "assets.jsonl"
    if (wanted is None) != (not file.exists()):
        differ(name, "a list is on one side only")
    if wanted is None or not file.exists():
        return None
    data = file.read_bytes()
    if data and not data.endswith(b"\n"):
        differ(name, "the last line has no line feed")
    lines = data.decode().split("\n")[:-1]
    records = [read(line) for line in lines]
    paths = [get(record, "path").encode() for record in records]
    if paths != sorted(paths):
        differ(name, "lines are not in the order of their paths' bytes")
    expected = sorted((read(line) for line in wanted), key=lambda record: get(record, "path").encode())
    if records != expected:
        differ(name, "an asset is not what it is at the source")
    return len(lines), sum(int(get(record, "size")[0]) for record in records)


def compare_manifest(name, target, record, totals, differ):
    raw = (target / "manifest.json").read_bytes()
    manifest = json.loads(raw)
    canonical = json.dumps(manifest, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if raw != canonical.encode():
        differ(name, "the manifest is not canonical JSON")
    number, version = name.split("/")
    files = []
    for file in sorted(target.iterdir(), key=lambda file: file.name):
        if file.name != "manifest.json":
            data = file.read_bytes()
            digest = hashlib.sha256(data).hexdigest()
            files.append({"name": file.name, "size": len(data), "sha256": digest})
    doi = get(record, "doi")
    expected = {
        "schema": "dandi-archive-manifest/1",
        "identifier": f"DANDI:{number}",
        "version": version,
        "datePublished": get(record, "datePublished"),
        "files": files,
        "assets": None if totals is None else {"count": totals[0], "bytes": totals[1]},
        "previous": None,
        "source": {"kind": "mirror-records", "url": get(record, "url")},
    }
    if doi and "/dandi.123456" not in doi:
        expected["doi"] = doi
    if manifest != expected:
        differ(name, f"the manifest is {manifest}, expected {expected}")


def main(source, content):
    differences, counts = [], {"dandisets": 0, "versions": 0, "assets": 0, "frozen": 0, "withoutList": 0}
    seen = set()

    def differ(name, what):
        differences.append(f"{name}: {what}")

    for dandiset in sorted((source / "dandisets").iterdir()):
        counts["dandisets"] += 1
        for folder in sorted(dandiset.iterdir()):
            name = f"{dandiset.name}/{folder.name}"
            target = content / "dandisets" / dandiset.name[:3] / name
            counts["versions"] += 1
            seen.add(target)
            if not (target / "dandiset.json").exists():
                differ(name, "was not imported")
                continue
            wanted = read((folder / "dandiset.json").read_text(encoding="utf-8"))
            text = (target / "dandiset.json").read_text(encoding="utf-8")
            if read(text) != wanted:
                differ(name, "dandiset.json is not what it is at the source")
            if not (text.startswith('{\n  "') and text.endswith("\n}\n")):
                differ(name, "dandiset.json is not laid out as records are")
            totals = compare_assets(name, folder, target, differ)
            counts["withoutList" if totals is None else "assets"] += 1 if totals is None else totals[0]
            if folder.name != "draft":
                counts["frozen"] += 1
                compare_manifest(name, target, wanted, totals, differ)
            allowed = {"dandiset.json", "assets.jsonl"} | ({"manifest.json"} if folder.name != "draft" else set())
            if not {file.name for file in target.iterdir()} <= allowed:
                differ(name, "there are files that do not belong there")
    for folder in content.glob("dandisets/*/*/*"):
        if folder not in seen:
            differ(str(folder.relative_to(content)), "is not at the source")
    print(json.dumps({"counts": counts, "differences": differences}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
