"""Validates the records of a content folder with dandischema's models.

Usage: check_demo_records.py CONTENT. The instance's settings come from archive.json. A draft is completed
with placeholder values of what the archive computes. Prints one line per problem.
"""

import json
import os
import pathlib
import sys

content = pathlib.Path(sys.argv[1])
archive = json.loads((content / "archive.json").read_text("utf-8"))
# The models read these when they are imported.
os.environ["DANDI_INSTANCE_NAME"] = archive["identifierPrefix"]
os.environ["DANDI_INSTANCE_URL"] = archive["site"].rstrip("/")
if "doiPrefix" in archive:
    os.environ["DANDI_DOI_PREFIX"] = archive["doiPrefix"]

from dandischema import models  # noqa: E402
from dandischema.metadata import aggregate_assets_summary  # noqa: E402
from pydantic import ValidationError  # noqa: E402

counts = {"Dandiset": 0, "Asset": 0}
faults = 0


def check(model, record, where):
    global faults
    counts[model.__name__] += 1
    try:
        model(**record)
    except ValidationError as error:
        for fault in error.errors():
            faults += 1
            print(f"{where}: {'/'.join(map(str, fault['loc']))}: {fault['msg']}")


def complete_dandiset(record, assets):
    number = record["identifier"]
    return {
        **record,
        "id": f"{number}/draft",
        "version": "draft",
        "citation": "computed",
        "manifestLocation": [archive["site"]],
        "assetsSummary": aggregate_assets_summary(assets),
    }


def complete_asset(line):
    return {
        **line["metadata"],
        "id": f"dandiasset:{line['asset_id']}",
        "identifier": line["asset_id"],
        "contentUrl": [archive["site"]],
    }


for path in sorted(content.glob("**/dandiset.json")):
    record = json.loads(path.read_text("utf-8"))
    listing = (path.parent / "assets.jsonl").read_text("utf-8")
    lines = [json.loads(line) for line in listing.splitlines()]
    assets = [line["metadata"] for line in lines]
    where = path.parent.relative_to(content)
    published = "datePublished" in record
    check(models.Dandiset, record if published else complete_dandiset(record, assets), where)
    for line in lines:
        asset = line["metadata"] if published else complete_asset(line)
        check(models.Asset, asset, f"{where} {line['path']}")
    if published:
        ours = models.AssetsSummary(**record["assetsSummary"]).model_dump(
            mode="json", exclude_none=True
        )
        theirs = aggregate_assets_summary(assets)
        for key, value in theirs.items():
            if value != [] and ours.get(key) != value:
                faults += 1
                print(f"{where}: assetsSummary/{key}: {ours.get(key)} is not {value}")

print(json.dumps({"checked": counts, "faults": faults}))
sys.exit(1 if faults else 0)
