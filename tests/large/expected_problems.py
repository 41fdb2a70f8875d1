"""The problems that `dandiset check` must list for the archive imported from the corpus.

Recomputed from the corpus itself and the reference schemas, without any of the project's code:
    expected_problems.py CORPUS SCHEMAS CONTENT
CONTENT is the imported content folder, of which archive.json is read; vocabularies are the program's. Prints a
JSON object: "rule severity path" -> number of problems. For a record or an asset that does not pass its schema
one problem is counted, whatever the number of reasons.
"""

import gzip
import json
import re
import sys
import unicodedata
from collections import Counter
from datetime import datetime
from pathlib import Path

from jsonschema import Draft7Validator, FormatChecker, validators

CORPUS, SCHEMAS, CONTENT = map(Path, sys.argv[1:4])
VOCABULARIES = Path(__file__).parents[2] / "content" / "vocabularies"

# What the archive writes and an author leaves out: neither required nor checked in a draft.
COMPUTED = {
    "dandiset": """id version url repository citation assetsSummary manifestLocation dateCreated
        dateModified doi publishedBy datePublished releaseNotes""".split(),
    "asset": "id identifier contentUrl url repository publishedBy datePublished".split(),
}
# These cannot be fixed in a frozen version that was imported: a warning there.
WARNINGS = {"asset-list-absent", "summary-differs", "species-unknown", "term-unknown"}
HINTS = {"placeholder-doi", "doi-form", "person-twice"}

archive = json.loads((CONTENT / "archive.json").read_text("utf8"))


def fold(text):
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).strip()).lower()


def spellings(name):
    file = VOCABULARIES / f"{name}.json"
    known = set()
    for term in json.loads(file.read_text("utf8"))["terms"]:
        texts = [term.get("identifier"), term["name"], term.get("commonName"), *term.get("synonyms", [])]
        known.update(fold(text) for text in texts if text)
    return known


SPECIES, APPROACHES, TECHNIQUES = map(spellings, ["species", "approaches", "techniques"])


def as_list(value):
    return [] if value is None else value if isinstance(value, list) else [value]


# --- the schema of the release a record names ---

made = {}


class Formats(dict):
    def __missing__(self, cls):
        # jsonschema asks of an e-mail address no more than an "@": a blank beside it is none.
        checker = FormatChecker()
        checker.checkers = {**cls.FORMAT_CHECKER.checkers}
        checker.checks("email")(lambda text: re.fullmatch(r"[^\s@]+@[^\s@]+", str(text)) is not None)
        return self.setdefault(cls, checker)


FORMATS = Formats()


def validator(release, kind, draft):
    key = (release, kind, draft)
    if key not in made:
        folder = next(SCHEMAS / name for name in (release, f"{release}-generated") if (SCHEMAS / name).exists())
        schema = json.loads((folder / (f"{kind}.json" if draft else f"published-{kind}.json")).read_text("utf8"))
        if draft:
            schema["required"] = [name for name in schema["required"] if name not in COMPUTED[kind]]
        cls = validators.validator_for(schema, default=Draft7Validator)
        made[key] = cls(schema, format_checker=FORMATS[cls])
    return made[key]


# Thousands of assets have the same approach, activity, access …: what a field of a record holds is judged
# once. That is the verdict on the record, since its schema requires nothing else.
ROOT_KEYWORDS = {"$schema", "$defs", "additionalProperties", "definitions", "description",
                 "metadata", "properties", "required", "title", "type"}
# An address is as valid with one UUID as with another.
UUID = re.compile(r"(blobs/[0-9a-f]{3}/[0-9a-f]{3}/)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
verdicts = {}


def field_passes(root, name, value):
    text = json.dumps(value)
    key = (id(root), name, UUID.sub("UUID", text) if name == "contentUrl" else text)
    if key not in verdicts:
        verdicts[key] = root.evolve(schema=root.schema["properties"][name]).is_valid(value)
    return verdicts[key]


def passes(record, kind, draft):
    root = validator(record["schemaVersion"], kind, draft)
    assert set(root.schema) <= ROOT_KEYWORDS and root.schema.get("additionalProperties", True) is True
    skipped = COMPUTED[kind] if draft else []
    known = [name for name in root.schema["properties"] if name in record and name not in skipped]
    return all(name in record for name in root.schema["required"]) and all(
        field_passes(root, name, record[name]) for name in known
    )


# --- the rules in addition to the schema ---

NAME = r"(?:[^\W]|[\s.'-])+"


def orcid_is_right(digits):
    total = 0
    for digit in digits[:15]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == digits[15]


def faults_of_identifiers(record, people):
    names, orcids = Counter(), {}
    for one in people:
        if one.get("schemaKey") == "Person":
            names[one["name"]] += 1
            orcids.setdefault(one.get("identifier"), set()).add(one["name"])
    yield from ["person-twice"] * sum(count - 1 for count in names.values())
    yield from ["orcid-of-two-people" for orcid, sharing in orcids.items() if orcid and len(sharing) > 1]
    for resource in as_list(record.get("relatedResource")):
        for key, ordinary in (("identifier", r"(doi:|DOI:|https://doi\.org/)?"), ("url", r"https?://(dx\.|www\.)?doi\.org/")):
            text = (resource.get(key) or "").strip()
            is_doi = re.fullmatch(r"(doi:?\s*|https?://|((dx|www)\.)?doi[.-][\w.]+/)*10\.\d{4,9}/\S+", text, re.I)
            if is_doi and not re.fullmatch(ordinary + r"10\.\d{4,9}/[^\s?#]*[^\s?#.,;]", text):
                yield "doi-form"


def faults_of_record(record, draft):
    people = as_list(record.get("contributor"))
    if not any("dcite:ContactPerson" in as_list(one.get("roleName")) for one in people):
        yield "contact-person"
    for one in people:
        if "dcite:ContactPerson" in as_list(one.get("roleName")) and one.get("email") is None:
            yield "contact-person-email"
        if one.get("schemaKey") == "Person" and not re.fullmatch(rf"{NAME},\s{NAME}", one.get("name", "x, x")):
            yield "person-name"
        for party in [one, *as_list(one.get("affiliation"))]:
            identifier = party.get("identifier") or ""
            orcid = re.search(r"(?:^|orcid\.org/)(\d{4}-\d{4}-\d{4}-\d{3}[\dX])/?$", identifier.strip())
            if orcid and not orcid_is_right(orcid[1].replace("-", "")):
                yield "orcid-check-digit"
            if "ror.org" in identifier and not re.fullmatch(
                r"https?://ror\.org/0[a-hj-km-np-tv-z0-9]{6}\d\d/?", identifier
            ):
                yield "ror-form"
    for resource in as_list(record.get("relatedResource")):
        if resource.get("identifier") is None and resource.get("url") is None:
            yield "resource-target"
    if draft:
        yield from faults_of_identifiers(record, people)
    for licence in as_list(record.get("license")):
        if not licence.startswith("spdx:"):
            yield "licence-unknown"
        if draft and licence not in archive["licenses"]:
            yield "licence-not-allowed"
    placeholder = r"10\.(48324|80507)/dandi\.123456"
    if any(re.search(placeholder, record.get(key) or "") for key in ("doi", "citation")):
        yield "placeholder-doi"
    summary = record.get("assetsSummary") or {}
    if not draft:
        for key in ("numberOfFiles", "numberOfBytes"):
            if summary.get(key) == 0:
                yield "empty-version"
    if re.fullmatch(rf"{archive['identifierPrefix']}:\d{{6}}", record.get("identifier", "")) is None:
        yield "identifier-not-folder"


def with_known_licences(record, draft):
    """A licence with its own problem is not reported again as one of the schema."""
    licences = as_list(record.get("license"))
    told = [one for one in licences if not one.startswith("spdx:") or (draft and one not in archive["licenses"])]
    return record | {"license": ["spdx:CC0-1.0" if one in told else one for one in licences]} if told else record


def known(term, vocabulary):
    texts = [term.get("identifier"), term.get("name")]
    return any(text and fold(text) in vocabulary for text in texts)


def faults_of_asset(asset, draft):
    metadata = asset["metadata"]
    path = asset["path"]
    if metadata.get("contentSize") != asset["size"]:
        yield "asset-size-differs"
    if metadata.get("path") != path:
        yield "asset-path-differs"
    # Without either, the bytes are at an address of their own.
    elsewhere = any(str(url).startswith("https://") for url in metadata.get("contentUrl") or [])
    if "blob" in asset and "zarr" in asset:
        yield "asset-bytes"
    elif "blob" not in asset and "zarr" not in asset and not elsewhere:
        yield "asset-bytes"
    if path != unicodedata.normalize("NFC", path):
        yield "asset-path-not-nfc"
    if path.startswith("/") or "\\" in path or {"", ".", ".."} & set(path.split("/")):
        yield "asset-path"
    digest = metadata.get("digest", {})
    if metadata.get("encodingFormat") == "application/x-zarr":
        checksum = re.fullmatch(r"[0-9a-f]{32}-\d+--(\d+)", digest.get("dandi:dandi-zarr-checksum", ""))
        if checksum is None:
            yield "zarr-digest"
        elif int(checksum[1]) != metadata.get("contentSize"):
            yield "zarr-size"
    else:
        if re.fullmatch(r"[0-9a-f]{32}-\d{1,5}", digest.get("dandi:dandi-etag", "")) is None:
            yield "blob-digest"
        if not draft and re.fullmatch(r"[0-9a-f]{64}", digest.get("dandi:sha2-256", "")) is None:
            yield "published-digest"
    for subject in as_list(metadata.get("wasAttributedTo")):
        species = subject.get("species")
        if species is None or known(species, SPECIES):
            continue
        if not re.search(r"NCBITaxon[_:/]\d+$", species.get("identifier") or ""):
            yield "species-unknown"
    for key, vocabulary in (("approach", APPROACHES), ("measurementTechnique", TECHNIQUES)):
        for term in as_list(metadata.get(key)):
            if not known(term, vocabulary):
                yield "term-unknown"
    for resource in as_list(metadata.get("relatedResource")):
        if resource.get("identifier") is None and resource.get("url") is None:
            yield "resource-target"
    for measured in as_list(metadata.get("variableMeasured")):
        if not measured.get("value"):
            yield "property-value"


def faults_of_paths(paths):
    seen, folders = set(), set()
    for path in paths:
        key = unicodedata.normalize("NFC", path).lower()
        if key in seen:
            yield "asset-path-twice"
        seen.add(key)
        parts = key.split("/")
        folders.update("/".join(parts[:end]) for end in range(1, len(parts)))
    for _ in seen & folders:
        yield "asset-path-is-folder"


def main():
    found = Counter()
    for folder in sorted((CORPUS / "dandisets").glob("*/*")):
        number, version = folder.parts[-2:]
        draft = version == "draft"
        place = f"dandisets/{number[:3]}/{number}/{version}"

        def tell(rule, file, count=1):
            lenient = rule in WARNINGS or not draft
            severity = "hint" if rule in HINTS else "warning" if lenient else "error"
            found[f"{rule} {severity} {place}/{file}"] += count

        if not draft:
            datetime.strptime(version, "0.%y%m%d.%H%M")  # else: a version-date problem, which no rule reports
        record = json.loads((folder / "dandiset.json").read_text("utf8"))
        if not passes(with_known_licences(record, draft), "dandiset", draft):
            tell("record-schema", "dandiset.json")
        for rule in faults_of_record(record, draft):
            tell(rule, "dandiset.json")
        if not (folder / "assets.jsonl.gz").exists():
            tell("asset-list-absent", "dandiset.json")
            continue
        with gzip.open(folder / "assets.jsonl.gz", "rt", encoding="utf8") as lines:
            assets = [json.loads(line) for line in lines]
        for asset in assets:
            if not passes(asset["metadata"], "asset", draft):
                tell("asset-schema", "assets.jsonl")
            for rule in faults_of_asset(asset, draft):
                tell(rule, "assets.jsonl")
        for rule in faults_of_paths(asset["path"] for asset in assets):
            tell(rule, "assets.jsonl")
        names = [{asset["asset_id"], *([] if draft else [asset["metadata"]["identifier"]])} for asset in assets]
        for _ in range(sum(map(len, names)) - len(set().union(*names))):
            tell("asset-id-twice", "assets.jsonl")
        summary = record.get("assetsSummary") or {}
        sums = {"numberOfFiles": len(assets), "numberOfBytes": sum(asset["size"] for asset in assets)}
        for key, value in sums.items():
            if not draft and summary.get(key, value) != value:
                tell("summary-differs", "dandiset.json")
    json.dump(dict(sorted(found.items())), sys.stdout, indent=0)


main()
