"""Sums up lists of assets with dandischema.

Usage: summarize_corpus.py CORPUS. For each version with a list prints a JSON line
{"version": "ID/VERSION", "summary": …}; `summary` is null where dandischema refuses the list.
"""

import gzip
import json
import pathlib
import sys

from dandischema.metadata import aggregate_assets_summary

corpus = pathlib.Path(sys.argv[1])

for path in sorted(corpus.glob("*/*/assets.jsonl.gz")):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        assets = [json.loads(line)["metadata"] for line in lines]
    try:
        summary = aggregate_assets_summary(assets)
    except Exception:  # a list that breaks an assumption of dandischema
        summary = None
    version = "/".join(path.parts[-3:-1])
    print(json.dumps({"version": version, "summary": summary}))
