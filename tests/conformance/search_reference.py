"""Golden queries over the corpus with the Dandisets they must find, computed from the records alone.

Usage: search_reference.py CORPUS

Prints JSON: a list of {"query", "expected", "isExact", "isWhole"}. `isExact`: the one expected comes first.
`isWhole`: those expected are found and no others. Nothing of the program is used; only the standard library
is.
"""

import gzip
import json
import re
import sys
import unicodedata
from pathlib import Path

CORPUS = Path(sys.argv[1]) / "dandisets"
SAMPLES = 12


def plain(text):
    return "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c)[0] != "M").lower()


def many(value):
    return [] if value is None else value if isinstance(value, list) else [value]


def read(folder):
    versions = sorted(one.name for one in folder.iterdir() if one.name != "draft")
    shown = folder / (versions[-1] if versions else "draft")
    record = json.loads((shown / "dandiset.json").read_text(encoding="utf-8"))
    record["number"], record["isPublished"] = folder.name, bool(versions)
    file = shown / "assets.jsonl.gz"
    assets = []
    if file.exists():
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            assets = [json.loads(line) for line in lines if line.strip()]
    claimed = record.get("assetsSummary") or {}
    record["files"] = len(assets) if file.exists() else claimed.get("numberOfFiles")
    record["bytes"] = sum(one["size"] for one in assets) if file.exists() else claimed.get("numberOfBytes")
    return record, assets


ALL = {folder.name: read(folder) for folder in sorted(CORPUS.iterdir())}


def where(holds):
    return sorted(number for number, (record, assets) in ALL.items() if holds(record, assets))


def species(taxon):
    def holds(record, assets):
        named = many((record.get("assetsSummary") or {}).get("species"))
        for asset in assets:
            for one in many(asset["metadata"].get("wasAttributedTo")):
                named += many(one.get("species"))
        return any(re.search(rf"NCBITaxon[_:/]{taxon}$", str(one.get("identifier"))) for one in named)

    return where(holds)


def spread(values):
    values = sorted(set(values))
    return values[:: max(1, len(values) // SAMPLES)][:SAMPLES]


def people(record):
    return [one for one in many(record.get("contributor")) if isinstance(one, dict)]


GOLDEN = []


def golden(query, expected, is_exact=False, is_whole=False):
    if expected:
        GOLDEN.append({"query": query, "expected": expected, "isExact": is_exact, "isWhole": is_whole})


def whole(query, holds):
    golden(query, where(holds), is_whole=True)


for taxon, names in {
    "9606": ["human", "Homo sapiens", "NCBITaxon_9606", "species:human"],
    "10090": ["house mouse", "Mus musculus", "NCBITaxon_10090", "species:10090"],
    "10116": ["Rattus norvegicus", "norway rat"],
}.items():
    for name in names:
        golden(name, species(taxon))

for number in spread(ALL):
    golden(number, [number], True)
    golden(f"DANDI:{number}", [number], True)
golden("4", ["000004"] if "000004" in ALL else [], True)
golden(str(int(min(ALL))), [min(ALL)], True)

accented = [one["name"] for record, _ in ALL.values() for one in people(record) if one.get("name") and plain(one["name"]) != one["name"].lower()]
for name in spread(accented):
    family = name.split(",")[0].strip()
    if not re.fullmatch(r"[\w ]+", family) or re.search("[øłßđæœı]", family.lower()):
        continue
    golden(plain(family), where(lambda r, a: any(plain(family) == plain((one.get("name") or "").split(",")[0].strip()) for one in people(r))))

for orcid in spread(one["identifier"] for record, _ in ALL.values() for one in people(record) if re.fullmatch(r"[\d-]{18}[\dX]", one.get("identifier") or "")):
    having = where(lambda r, a: any(one.get("identifier") == orcid for one in people(r)))
    golden(orcid, having)
    golden(f"https://orcid.org/{orcid}", having)
    golden(f"orcid:{orcid}", having, is_whole=True)
    golden(f"contributor:https://orcid.org/{orcid}", having, is_whole=True)

for award in spread(one["awardNumber"].strip() for record, _ in ALL.values() for one in people(record) if re.fullmatch(r"\w[\w-]{5,30}", (one.get("awardNumber") or "").strip())):
    golden(award, where(lambda r, a: any((one.get("awardNumber") or "").strip() == award for one in people(r))))

DOI = re.compile(r"^(?:doi:|https?://doi\.org/)?(10\.\d{4,9}/[\w./()-]+)$", re.I)


def dois(record):
    for one in many(record.get("relatedResource")):
        for text in (one.get("identifier"), one.get("url")):
            found = DOI.match((text or "").strip())
            if found:
                yield found[1]


for doi in spread(doi for record, _ in ALL.values() for doi in dois(record)):
    for form in (doi, f"doi:{doi}", f"https://doi.org/{doi}", f"http://dx.doi.org/{doi}"):
        golden(form, where(lambda r, a: doi in dois(r)))

for keyword in spread(word for record, _ in ALL.values() for word in many(record.get("keywords")) if re.fullmatch(r"[A-Za-z]{4,20}", word)):
    golden(keyword, where(lambda r, a: keyword in many(r.get("keywords"))))

labels = {}
for number, (_, assets) in ALL.items():
    for asset in assets:
        for label in re.findall(r"(?:^|/)sub-([A-Za-z]+\d+)(?=[_/])", asset["path"]):
            labels.setdefault(label, set()).add(number)
for label in spread(labels):
    golden(f"sub-{label}", sorted(labels[label]))
    golden(label, sorted(labels[label]))

for label in spread(name for record, _ in ALL.values() for name in many(record.get("keywords")) if re.fullmatch(r"[A-Za-z]{3,} [A-Za-z]{3,}", name)):
    golden(f'"{label}"', where(lambda r, a: label in many(r.get("keywords"))))

sessions = {}
for number, (_, assets) in ALL.items():
    for asset in assets:
        for label in re.findall(r"(?:^|/)(sub-[A-Za-z]+\d+_ses-[A-Za-z0-9]{3,12})(?=[_.])", asset["path"]):
            sessions.setdefault(label, set()).add(number)
for label in spread(sessions):
    golden(label, sorted(sessions[label]))


def named(record, assets, key):
    items = many((record.get("assetsSummary") or {}).get(key)) if record["isPublished"] else [one for asset in assets for one in many(asset["metadata"].get(key))]
    return {one if isinstance(one, str) else one.get("name") for one in items}


for operator, key in {"technique": "measurementTechnique", "approach": "approach", "variable": "variableMeasured"}.items():
    for name in spread(name for one in ALL.values() for name in named(*one, key) if name and re.fullmatch(r"[\w ]+", name)):
        golden(f'{operator}:"{name}"', where(lambda r, a: name in named(r, a, key)))


def funders(record):
    for one in people(record):
        ror = re.fullmatch(r"https?://ror\.org/([a-z0-9]+)/?", one.get("identifier") or "")
        paid = {"dcite:Funder", "dcite:Sponsor"} & set(many(one.get("roleName")))
        if ror and paid and one.get("schemaKey") == "Organization":
            yield ror[1]


for ror in spread(ror for record, _ in ALL.values() for ror in funders(record)):
    whole(f"funder:{ror}", lambda r, a: ror in funders(r))
    golden(ror, where(lambda r, a: ror in funders(r)))

def is_payer(one):
    return one.get("schemaKey") == "Organization" and bool({"dcite:Funder", "dcite:Sponsor"} & set(many(one.get("roleName"))))


# A name finds everybody of that name, whether their records give an identifier or not.
for operator, is_one in {"funder": is_payer, "contributor": lambda one: not is_payer(one)}.items():
    named_in = [(one["name"], bool(one.get("identifier"))) for record, _ in ALL.values() for one in people(record) if one.get("name") and is_one(one)]
    mixed = {name for name, known in named_in if not known} & {name for name, known in named_in if known}
    for name in spread(mixed) + spread(name for name, _ in named_in):
        if re.fullmatch(r"[\w ,.'()-]+", name):
            golden(f'{operator}:"{name}"', where(lambda r, a: any(one.get("name") == name and is_one(one) for one in people(r))))

for licence in spread(one for record, _ in ALL.values() for one in many(record.get("license")) if one.startswith("spdx:")):
    whole(f"licence:{licence.removeprefix('spdx:')}", lambda r, a: licence in many(r.get("license")))
for ending in ("nwb", "json", "tsv", "mp4"):
    whole(f"type:{ending}", lambda r, a: any(one["path"].lower().endswith(f".{ending}") for one in a))


def day(record):
    return (record.get("datePublished") or "")[:10] if record["isPublished"] else ""


mice = set(species("10090"))
whole("published:2023..2024", lambda r, a: "2023" <= day(r) < "2025")
whole("published:2022-03", lambda r, a: day(r).startswith("2022-03"))
whole("status:draft", lambda r, a: not r["isPublished"])
whole("status:empty", lambda r, a: r["files"] == 0)
whole("-status:empty", lambda r, a: r["files"] != 0)
whole("bytes:>1TB", lambda r, a: (r["bytes"] or 0) > 10**12)
whole("bytes:<1GB", lambda r, a: r["bytes"] is not None and r["bytes"] < 10**9)
whole("files:>100 -status:draft", lambda r, a: (r["files"] or 0) > 100 and r["isPublished"])
whole("species:10090 bytes:>1TB published:2023..2024", lambda r, a: (r["bytes"] or 0) > 10**12 and "2023" <= day(r) < "2025" and r["number"] in mice)

for typed in ("µm", "μm"):
    golden(typed, where(lambda r, a: re.search(r"(?<!\w)[µμ]m(?!\w)", (r.get("description") or "")[:3000]) is not None))

json.dump(GOLDEN, sys.stdout)
