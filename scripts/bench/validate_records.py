"""Seconds that dandischema.validate takes for the records of a content folder.

Prints one JSON object. Imports, reading and parsing are not in the time. No network.
"""

import json
import pathlib
import sys
import time

from dandischema.metadata import validate


def records(content):
    for file in sorted(content.glob("dandisets/*/*/*/dandiset.json")):
        yield "Dandiset", json.loads(file.read_text("utf-8"))
    for file in sorted(content.glob("dandisets/*/*/*/assets.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            yield "Asset", json.loads(line)["metadata"]


def main():
    everything = list(records(pathlib.Path(sys.argv[1])))

    def judge(kind, record):
        try:
            validate(record, schema_key=kind)
        except Exception:  # The verdict is not asked for, only what it costs.
            return False
        return True

    for kind, record in everything[:20]:
        judge(kind, record)
    start = time.perf_counter()
    valid = sum(judge(kind, record) for kind, record in everything)
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "records": len(everything), "valid": valid}))


main()
