"""Checks the archive as data from Python.

Usage: check_tables.py TABLES CORPUS

Reads TABLES/dandisets.csv, dandisets.json and versions.parquet with DuckDB and pandas, and the records of
CORPUS/dandisets/<ID>/<VERSION>/ with the standard library. Prints one JSON object: `rows` of each table,
`faults` in words, and the answer to a question that no page answers.
"""

import csv
import gzip
import json
import re
import sys
from pathlib import Path

import duckdb
import pandas

TABLES, CORPUS = Path(sys.argv[1]), Path(sys.argv[2]) / "dandisets"
FORMULA_FIRST = re.compile(r"[;\t\r]|[ \u00a0\u3000]*[=+\-@＝＋－＠]")
FORMULA_INSIDE = re.compile(r"([;\t\r\n][ \u00a0\u3000]*)(?=[=+\-@＝＋－＠])")
EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(\.[\w-]+)+")
faults = []


def line(text):
    return re.sub(r"\s+", " ", text).strip()


def many(value):
    return [] if value is None else value if isinstance(value, list) else [value]


def listed(folder):
    """(files, bytes) of a version: counted from its list, otherwise as its record claims."""
    file = folder / "assets.jsonl.gz"
    if not file.exists():
        summary = json.loads((folder / "dandiset.json").read_text("utf-8")).get("assetsSummary") or {}
        return summary.get("numberOfFiles"), summary.get("numberOfBytes")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        sizes = [json.loads(text)["size"] for text in lines if text.strip()]
    return len(sizes), sum(sizes)


def compare(row, folder):
    record = json.loads((folder / "dandiset.json").read_text("utf-8"))
    files, size = listed(folder)
    awards = {one.get("awardNumber") for one in record.get("contributor") or [] if isinstance(one, dict)}
    expected = {
        "identifier": f"DANDI:{folder.parent.name}",
        "version": folder.name,
        "name": line(record["name"]),
        "keywords": {line(one) for one in record.get("keywords") or []} - {""},
        "licenses": {one.removeprefix("spdx:") for one in many(record.get("license"))},
        "awards": {line(one) for one in awards if one} - {""},
        "files": files,
        "bytes": size,
        "schema_version": record["schemaVersion"],
    }
    for key, value in expected.items():
        found = set(row[key]) if isinstance(value, set) else row[key]
        if found != value:
            faults.append(f"{folder.parent.name}/{folder.name} {key}: {found!r} instead of {value!r}")


def rows_of(relation):
    return [dict(zip(relation.columns, row)) for row in relation.fetchall()]


parquet = duckdb.read_parquet(str(TABLES / "versions.parquet"))
versions = rows_of(parquet)
by_name = {(row["identifier"].split(":")[1], row["version"]): row for row in versions}
folders = [one for one in sorted(CORPUS.glob("*/*")) if one.name != "draft"]
if set(by_name) != {(one.parent.name, one.name) for one in folders}:
    faults.append("the Parquet file does not hold every published version")
for folder in folders:
    compare(by_name[folder.parent.name, folder.name], folder)

dandisets = json.loads((TABLES / "dandisets.json").read_text("utf-8"))
if [row["identifier"] for row in dandisets] != [f"DANDI:{one.name}" for one in sorted(CORPUS.iterdir())]:
    faults.append("the JSON file does not hold every Dandiset")
for row in dandisets:
    compare(row, CORPUS / row["identifier"].split(":")[1] / row["version"])

# The three tables agree; CSV is read as its description says.
description = json.loads((TABLES / "dandisets.csv-metadata.json").read_text("utf-8"))
columns = {one["name"]: one for one in description["tableSchema"]["columns"]}
with open(TABLES / "dandisets.csv", newline="", encoding="utf-8") as file:
    for row, cells in zip(dandisets, csv.DictReader(file), strict=True):
        for name, text in cells.items():
            value = row[name]
            if isinstance(value, list):
                value = columns[name]["separator"].join(one.replace("|", "/") for one in value)
            elif isinstance(value, bool):
                value = str(value).lower()
            value = "" if value is None else str(value)
            first = FORMULA_FIRST.match(value)
            value = FORMULA_INSIDE.sub(r"\1'", value)
            if first:
                value = f"'{value}"
            if text != value:
                faults.append(f"CSV {row['identifier']} {name}: {text!r} instead of {value!r}")
for row in dandisets:
    twin = by_name.get((row["identifier"].split(":")[1], row["version"]))
    for name, value in row.items() if twin else ():
        found = twin[name]
        if hasattr(found, "isoformat") and name != "day":
            found = found.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
        if (str(found) if name == "day" and found is not None else found) != value:
            faults.append(f"Parquet {row['identifier']} {name}: {found!r} instead of {value!r}")

for table in (json.dumps(dandisets, ensure_ascii=False), json.dumps(versions, default=str, ensure_ascii=False)):
    faults += [f"e-mail {found[0]}" for found in EMAIL.finditer(table)]

frame = pandas.read_csv(TABLES / "dandisets.csv", parse_dates=["day"])
question = """
    select s as species, sum(bytes)::bigint as bytes
    from (select unnest(species) as s, bytes from read_json($file)) group by s order by bytes desc, s limit 3
"""
answer = duckdb.sql(question, params={"file": str(TABLES / "dandisets.json")}).fetchall()
rows = {"csv": len(frame), "json": len(dandisets), "parquet": len(versions)}
print(
    json.dumps(
        {
            "rows": rows,
            "types": {name: str(kind) for name, kind in zip(parquet.columns, parquet.types)},
            "bytes": int(frame["bytes"].sum()),
            "answer": answer,
            "faults": faults,
        }
    )
)
