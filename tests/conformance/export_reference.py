"""Prints, as one JSON object, reference data for the exports: the JSON schema of DataCite 4.5 and the
names of the terms of schema.org."""

import json
from importlib.util import find_spec
from pathlib import Path


def data(package: str, *names: str) -> dict:
    folder = Path(find_spec(package).submodule_search_locations[0])
    return json.loads(folder.joinpath(*names).read_text(encoding="utf-8"))


vocabulary = data("rocrate", "data", "schema.jsonld")["@graph"]
print(
    json.dumps(
        {
            "datacite": data("datacite", "schemas", "datacite-v4.5.json"),
            "terms": [term["@id"].rsplit("/", 1)[1] for term in vocabulary],
        }
    )
)
