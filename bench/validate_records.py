"""Seconds that dandischema.validate takes for the records of a content folder.

Prints one JSON object: `models`, as validate does by default, and `schema_and_models`, as DANDI's archive
calls it. Processor time, without imports, reading and parsing. The schema is that of the installed release,
made from the models: no network.
"""

import json
import pathlib
import sys
import time

from dandischema.consts import DANDI_SCHEMA_VERSION
from dandischema.metadata import validate

WARM_UP = 20


def records(content):
    for file in sorted(content.glob("dandisets/*/*/*/dandiset.json")):
        yield "Dandiset", json.loads(file.read_text("utf-8"))
    for file in sorted(content.glob("dandisets/*/*/*/assets.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            yield "Asset", json.loads(line)["metadata"]


def is_valid(kind, record, **how):
    try:
        validate(record, schema_key=kind, **how)
    except Exception:  # Only the cost of the result is measured, not which problem it reports.
        return False
    return True


def measured(everything, **how):
    # Dandisets come first and assets last: both validators are made before the clock starts.
    for kind, record in everything[:WARM_UP] + everything[-WARM_UP:]:
        is_valid(kind, record, **how)
    start = time.process_time()
    valid = sum(is_valid(kind, record, **how) for kind, record in everything)
    return {"seconds": time.process_time() - start, "valid": valid}


def main():
    everything = list(records(pathlib.Path(sys.argv[1])))
    answer = {
        "records": len(everything),
        "models": measured(everything),
        "schema_and_models": measured(
            everything, schema_version=DANDI_SCHEMA_VERSION, json_validation=True
        ),
    }
    print(json.dumps(answer))


main()
