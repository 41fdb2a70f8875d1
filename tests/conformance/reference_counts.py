"""What the pages of an archive made from the corpus must show, computed independently.

Usage: reference_counts.py CORPUS VOCABULARIES

Reads `CORPUS/dandisets/<ID>/<VERSION>/` and the vocabularies that give terms their name, and prints one JSON
object. Nothing of the program is used; only the standard library is.
"""

import gzip
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

CORPUS, VOCABULARIES = Path(sys.argv[1]) / "dandisets", Path(sys.argv[2])
NWB = {"identifier": "RRID:SCR_015242", "name": "Neurodata Without Borders (NWB)"}
BIDS = {"identifier": "RRID:SCR_016124", "name": "Brain Imaging Data Structure (BIDS)"}
NGFF = {"identifier": "DOI:10.25504/FAIRsharing.9af712", "name": "OME/NGFF Standard"}
LICENCES_WITHOUT_SCHEME = {"CC0-1.0", "CC-BY-4.0", "CC-BY-NC-4.0"}


def many(value):
    return [] if value is None else value if isinstance(value, list) else [value]


def line(text):
    return re.sub(r"\s+", " ", text).strip()


# Letters that are transliterated, and the Greek letter that a keyboard has no key for.
PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "μ": "u"})


def words(text):
    marks_apart = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in marks_apart if unicodedata.category(c)[0] != "M").lower().translate(PLAIN)
    letters = "".join(c if unicodedata.category(c)[0] in "LN" else " " for c in plain)
    return " ".join(word[:60] for word in letters.split())


def fold(text):
    return line(unicodedata.normalize("NFC", text)).lower()


def spellings(name):
    found = {}
    file = VOCABULARIES / f"{name}.json"
    if not file.exists():
        return found
    for term in json.loads(file.read_text(encoding="utf-8"))["terms"]:
        for spelling in [
            term.get("identifier"),
            term["name"],
            term.get("commonName"),
            *term.get("synonyms", []),
        ]:
            if spelling:
                found.setdefault(fold(spelling), term)
    return found


TERMS = {name: spellings(name) for name in ("species", "approaches", "techniques", "standards")}


def slug(text):
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c)[0] != "M")
    words = re.sub(r"[\W_]+", "-", plain.lower()).strip("-")
    return words.encode()[:120].decode(errors="ignore").strip("-")


def term_of(vocabulary, item):
    """(term or None, name, identifier) of a named thing, or None if it is empty."""
    if isinstance(item, str):
        item = {"name": item}
    identifier = item.get("identifier")
    name = line(item.get("name") or "") or identifier
    if not name:
        return None
    terms = TERMS[vocabulary]
    return terms.get(fold(identifier or "")) or terms.get(fold(name)), name, identifier


def named(summary, key, vocabulary):
    """term_of of each non-empty thing under a key."""
    for item in many(summary.get(key)):
        found = term_of(vocabulary, item)
        if found is not None:
            yield found


def taxon_of(term, identifier):
    """The taxon that a term of the vocabulary names, otherwise the identifier; None if neither exists."""
    taxon = re.search(r"NCBITaxon[_:/](\d+)$", (term or {}).get("identifier") or identifier or "")
    return f"NCBITaxon_{taxon[1]}" if taxon else None


def species(summary):
    for term, _, identifier in named(summary, "species", "species"):
        taxon = taxon_of(term, identifier)
        if taxon:
            yield taxon


def terms(summary, key, vocabulary):
    for term, name, _ in named(summary, key, vocabulary):
        yield slug(term["name"] if term else name)


def licences(record):
    for item in many(record.get("license")):
        name = item.removeprefix("spdx:")
        if item.startswith("spdx:") or name in LICENCES_WITHOUT_SCHEME:
            yield name


def written_orcid(one):
    found = re.search(r"(?:^|orcid\.org/)(\d{4}-\d{4}-\d{4}-\d{3}[\dX])$", one.get("identifier") or "")
    return found and found[1]


def own_orcid(one, record):
    """The ORCID of a contributor, unless the record gives it to somebody of another family name too."""
    orcid = written_orcid(one)
    families = {words((other.get("name") or "").split(",")[0]) for other in many(record.get("contributor")) if written_orcid(other) == orcid}
    return orcid if len(families) == 1 else None


def people(record):
    for one in many(record.get("contributor")):
        if own_orcid(one, record):
            yield own_orcid(one, record)


def is_payer(one):
    roles = {role.removeprefix("dcite:") for role in many(one.get("roleName"))}
    return one.get("schemaKey") == "Organization" and bool(roles & {"Funder", "Sponsor"})


def own_ror(one):
    found = re.match(r"https?://ror\.org/([a-z0-9]{5,12})/?$", one.get("identifier") or "")
    return found and found[1]


@cache
def rors_by_name():
    """For each name of a funder the RORs that what pages show gives to it."""
    found = defaultdict(Counter)
    for folder in CORPUS.iterdir():
        shown = folder / max((one.name for one in folder.iterdir() if one.name != "draft"), default="draft")
        for one in many(json.loads((shown / "dandiset.json").read_text(encoding="utf-8")).get("contributor")):
            if is_payer(one) and own_ror(one) and words(one.get("name") or ""):
                found[words(one["name"])][own_ror(one)] += 1
    return found


def ror_of_funder(name):
    """The ROR that more than half of those who give one give to a name."""
    for ror, count in rors_by_name()[words(name)].items():
        if 2 * count > rors_by_name()[words(name)].total():
            return ror
    return None


def funders(record):
    for one in many(record.get("contributor")):
        ror = is_payer(one) and (own_ror(one) or ror_of_funder(one.get("name") or ""))
        if ror:
            yield ror


def summary_of(assets):
    """The parts of a draft's summary that facets come from."""
    summary = {"species": [], "approach": [], "measurementTechnique": [], "dataStandard": []}
    for asset in assets:
        metadata, name = asset["metadata"], asset["path"].rsplit("/", 1)[-1]
        for key in ("approach", "measurementTechnique"):
            summary[key] += many(metadata.get(key))
        for one in many(metadata.get("wasAttributedTo")):
            if one.get("schemaKey") == "Participant" and one.get("species"):
                summary["species"].append(one["species"])
        if "nwb" in (metadata.get("encodingFormat") or ""):
            summary["dataStandard"].append(NWB)
        if name == "dataset_description.json":
            summary["dataStandard"].append(BIDS)
        if name.split(".", 1)[1:] == ["ome.zarr"]:
            summary["dataStandard"].append(NGFF)
    return summary


def read_assets(folder):
    file = folder / "assets.jsonl.gz"
    if not file.exists():
        return None
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(text) for text in lines if text.strip()]


def size_words(count):
    units = ["B", "kB", "MB", "GB", "TB", "PB"]
    power = 0
    while round(count / 1000**power, 9) >= 999.5 and power < 5:
        power += 1
    if power == 0:
        return f"{count} B"
    value = count / 1000**power
    digits = 0 if value >= 99.95 else 1 if value >= 9.995 else 2
    return f"{value:.{digits}f} {units[power]}"


def read_version(folder):
    record = json.loads((folder / "dandiset.json").read_text(encoding="utf-8"))
    assets = read_assets(folder)
    claimed = record.get("assetsSummary") or {}
    if assets is None:
        files, count = claimed.get("numberOfFiles"), claimed.get("numberOfBytes")
    else:
        files, count = len(assets), sum(asset["size"] for asset in assets)
    summary = claimed if folder.name != "draft" or assets is None else summary_of(assets)
    return {
        "isListed": assets is not None,
        "files": files,
        "bytes": count,
        "size": None if count is None else size_words(count),
        "facets": {
            "species": set(species(summary)),
            "approach": set(terms(summary, "approach", "approaches")),
            "technique": set(terms(summary, "measurementTechnique", "techniques")),
            "standard": set(terms(summary, "dataStandard", "standards")),
            "licence": set(licences(record)),
            "person": set(people(record)),
            "funder": set(funders(record)),
        },
    }


def main():
    dandisets, facets = {}, {}
    for folder in sorted(CORPUS.iterdir()):
        versions = {one.name: read_version(one) for one in sorted(folder.iterdir())}
        published = sorted(name for name in versions if name != "draft")
        shown = published[-1] if published else "draft"
        for kind, values in versions[shown]["facets"].items():
            for value in values:
                facets.setdefault(kind, {}).setdefault(value, []).append(folder.name)
        for version in versions.values():
            del version["facets"]
        dandisets[folder.name] = {"shown": shown, "versions": versions}
    shown = [one["versions"][one["shown"]] for one in dandisets.values()]
    numbers = {
        "Dandisets": f"{len(dandisets):,}",
        "published versions": f"{sum(len(one['versions']) - ('draft' in one['versions']) for one in dandisets.values()):,}",
        "files": f"{sum(one['files'] or 0 for one in shown):,}",
        "of data": size_words(sum(one["bytes"] or 0 for one in shown)),
        "species": f"{len(facets['species']):,}",
    }
    json.dump({"numbers": numbers, "dandisets": dandisets, "facets": facets}, sys.stdout)


if __name__ == "__main__":
    main()
