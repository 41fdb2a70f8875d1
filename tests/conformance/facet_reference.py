"""What the search must know of each Dandiset of the corpus, computed from the records alone.

Usage: facet_reference.py CORPUS VOCABULARIES

Prints JSON: for each number {"values": {facet: {value: name}}, "bytes", "files", "subjects", "date",
"published"}. Values are distinguished by their taxon, licence, ORCID or ROR, otherwise by the words of their
name without accents. What is not known is null. Nothing of the program is used.
"""

import json
import re
import sys
from pathlib import Path


from reference_counts import CORPUS, is_payer, licences, line, many, named, own_orcid, own_ror, read_assets, ror_of_funder, summary_of, taxon_of, words

def by_words(name):
    return words(name) or name, name


def species(summary):
    for term, name, identifier in named(summary, "species", "species"):
        taxon = taxon_of(term, identifier)
        label = term["name"] if term else name
        yield (taxon, label) if taxon else by_words(label)


def terms(summary, key, vocabulary):
    for term, name, _ in named(summary, key, vocabulary):
        yield by_words(term["name"] if term else name)


def variables(summary):
    for item in many(summary.get("variableMeasured")):
        name = line(item if isinstance(item, str) else item.get("value") or "")
        if name:
            yield by_words(name)


def types(assets):
    for asset in assets or []:
        before, *endings = asset["path"].rsplit("/", 1)[-1].lower().split(".")
        if endings and endings[-1] == "gz" and len(endings) > 1 and (len(endings) > 2 or before):
            yield by_words(".".join(endings[-2:]))
        elif endings and (len(endings) > 1 or before) and re.fullmatch(r"[a-z][a-z0-9]{0,11}", endings[-1]):
            yield by_words(endings[-1])


def agents(record):
    """(facet, value, name) of everybody named as a contributor."""
    for one in many(record.get("contributor")):
        name = line(one.get("name") or "")
        orcid = own_orcid(one, record)
        known = orcid or own_ror(one)
        if not words(name) and not known:
            continue
        facet = "funder" if is_payer(one) else "contributor"
        identified = known or (ror_of_funder(name) if is_payer(one) else None)
        yield facet, identified or words(name), name


def access(record):
    for one in many(record.get("access")):
        status = (one.get("status") or "").removeprefix("dandi:")
        if status:
            yield by_words(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", status).lower())


UNSAFE = r"[_*\\/<>:|\"'?%@;,.\s]"


def subjects(assets):
    found = set()
    for asset in assets:
        for one in many(asset["metadata"].get("wasAttributedTo")):
            if one.get("schemaKey") == "Participant" and one.get("identifier"):
                found.add(re.sub(UNSAFE, "-", one["identifier"]))
        for part in asset["path"].rsplit("/", 1)[-1].split(".")[0].split("_"):
            if part.startswith("sub-") and part != "sub-":
                found.add(re.sub(UNSAFE, "-", part.removeprefix("sub-")))
                break
    return len(found) or None


def read(folder):
    versions = sorted(one.name for one in folder.iterdir() if one.name != "draft")
    shown = folder / (versions[-1] if versions else "draft")
    record = json.loads((shown / "dandiset.json").read_text(encoding="utf-8"))
    assets, claimed = read_assets(shown), record.get("assetsSummary") or {}
    counted = not versions and assets is not None
    summary = {**summary_of(assets), "variableMeasured": [v for a in assets for v in many(a["metadata"].get("variableMeasured"))]} if counted else claimed
    files = claimed.get("numberOfFiles") if assets is None else len(assets)
    changed = [asset["modified"] for asset in assets or []] or [record.get("dateModified") or record.get("dateCreated") or ""]
    date = (record.get("datePublished") if versions else max(changed)) or ""
    values = {
        "species": species(summary),
        "approach": terms(summary, "approach", "approaches"),
        "technique": terms(summary, "measurementTechnique", "techniques"),
        "standard": terms(summary, "dataStandard", "standards"),
        "variable": variables(summary),
        "licence": ((name, name) for name in licences(record)),
        "type": types(assets),
        "contributor": ((value, name) for facet, value, name in agents(record) if facet == "contributor"),
        "funder": ((value, name) for facet, value, name in agents(record) if facet == "funder"),
        "status": [by_words("published" if versions else "draft"), *([("empty", "empty")] if files == 0 else [])],
        "access": list(access(record)) or [by_words("not stated")],
    }
    return {
        "values": {facet: dict(found) for facet, found in values.items()},
        "bytes": claimed.get("numberOfBytes") if assets is None else sum(one["size"] for one in assets),
        "files": files,
        "subjects": subjects(assets) if counted else claimed.get("numberOfSubjects"),
        "date": date[:10] or None,
        "published": date[:10] if versions else None,
    }


json.dump({folder.name: read(folder) for folder in sorted(CORPUS.iterdir())}, sys.stdout)
