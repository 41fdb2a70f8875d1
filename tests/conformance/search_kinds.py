"""Queries over the corpus in the words of the field, with the Dandisets they must find, by kind.

Usage: search_kinds.py CORPUS VOCABULARIES

Prints JSON: {kind: [{"query", "expected", "first"}]}. What is right comes from identifiers and texts of the
records, by one rule for each kind: a taxon, a technique, a funder's ROR, an ORCID, a place in the body, a phrase.
`first`: the query names one Dandiset, which must come first. Nothing of the program is used.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from reference_counts import CORPUS, many, read_assets, summary_of

VOCABULARIES = Path(sys.argv[2])
MOST = 150


def vocabulary(name):
    return json.loads((VOCABULARIES / f"{name}.json").read_text(encoding="utf-8"))["terms"]


def read(folder):
    versions = sorted(one.name for one in folder.iterdir() if one.name != "draft")
    shown = folder / (versions[-1] if versions else "draft")
    record = json.loads((shown / "dandiset.json").read_text(encoding="utf-8"))
    assets, summary = read_assets(shown), record.get("assetsSummary") or {}
    if not versions and assets is not None:
        summary = {**summary_of(assets), "variableMeasured": [v for a in assets for v in many(a["metadata"].get("variableMeasured"))]}
    return record, summary


ALL = {folder.name: read(folder) for folder in sorted(CORPUS.iterdir())}
KINDS = defaultdict(dict)


def ask(kind, query, expected, first=None):
    if expected:
        KINDS[kind].setdefault(query, {"query": query, "expected": sorted(expected), "first": first})


def plural(name):
    if re.search(r"[^aeiou]y$", name):
        return name[:-1] + "ies"
    return name + ("es" if re.search(r"(?:s|x|ch|sh)$", name) else "s")


def typed(name):
    """Whether somebody types it: `Mus musculus - House mouse` and `Rat; norway rat; …` are for records."""
    return not re.search(r" - |;|,", name)


def names_of(term):
    names = [term["name"], term.get("commonName"), *term.get("synonyms", []), *term.get("searchedAs", [])]
    return [name for name in names if name and typed(name)]


# Species: whatever name of a taxon is typed, all data on it are found.
having = defaultdict(set)
spelled = defaultdict(set)
for number, (record, summary) in ALL.items():
    for one in many(summary.get("species")):
        found = re.search(r"NCBITaxon[_:](\d+)", str(one.get("identifier")))
        if found:
            having[found[1]].add(number)
            spelled[found[1]] |= {part.strip() for part in re.split(r" - |;", one.get("name") or "") if part.strip()}
for taxon, expected in having.items():
    term = next((one for one in vocabulary("species") if one.get("identifier", "").endswith(f"_{taxon}")), {"name": "", "synonyms": []})
    for name in {*names_of(term), *spelled[taxon]} - {""}:
        ask("species", name, expected)
        ask("species", name.lower(), expected)
        ask("species", f"species:\"{name}\"", expected)
        if re.fullmatch(r"[a-z ]+", name, re.I) and not re.search(r"(?:us|ta|ca|la|na|io|ps|er|ce|en|ies|s|ae|rinum|rine|ine|feline|canine|people|mice)$", name.lower()):
            ask("species", plural(name.lower()), expected)
for group in vocabulary("animals"):
    taxa = {one.split("_")[1] for one in group.get("includes", []) if one.startswith("NCBITaxon_")}
    for name in names_of(group):
        ask("species", name, set().union(*(having[taxon] for taxon in taxa)))

# Techniques: what the records call a technique, an approach or a type of data, under each of its names.
said = defaultdict(set)
for number, (record, summary) in ALL.items():
    for key in ("measurementTechnique", "approach"):
        for one in many(summary.get(key)):
            said[one["name"].lower()].add(number)
    for one in many(summary.get("variableMeasured")):
        said["nwb:" + (one if isinstance(one, str) else one.get("value") or "").lower()].add(number)
methods = vocabulary("methods")
for term in methods:
    own = [term["name"], *term.get("synonyms", []), *term.get("includes", [])]
    expected = set().union(*(said.get(name.lower(), set()) for name in own))
    for name in names_of(term):
        ask("technique", name, expected)
# The same in words that are in no vocabulary file: by hand are the questions, not the answers.
for name, queries in {
    "two-photon microscopy technique": ["two-photon", "two photon", "2-photon", "2 photon", "twophoton", "2p imaging", "Two-Photon Imaging", "two-photon microscopy"],
    "patch clamp": [],
    "current clamp technique": ["current clamp", "current-clamp", "patch clamp", "patch-clamp", "whole cell", "whole-cell", "intracellular", "icephys", "patch clamp recordings", "whole-cell recordings"],
    "voltage clamp technique": ["voltage clamp", "voltage-clamp", "patch-clamp", "intracellular recordings"],
    "spike sorting technique": ["spike sorting", "spike-sorting", "sorted units"],
    "multi electrode extracellular electrophysiology recording technique": ["extracellular electrophysiology", "extracellular recordings", "ecephys", "ephys", "electrophysiology"],
    "electrophysiological approach": ["ephys", "electrophysiology", "electrophysiological", "Electrophysiology recordings"],
    "microscopy approach; cell population imaging": ["ophys", "optical physiology", "microscopy"],
    "behavioral approach": ["behavior", "behaviour", "behavioral", "behavioural"],
    "optogenetic approach": ["optogenetics", "optogenetic"],
    "nwb:lfp": ["LFP", "lfps", "local field potential", "local field potentials", "local-field potential"],
}.items():
    for query in queries:
        ask("technique", query, said[name])

# Anatomy: the identifier of a place, under each name of it.
places = defaultdict(set)
for number, (record, _) in ALL.items():
    for one in many(record.get("about")):
        for text in (one.get("identifier"), one.get("name")):
            found = re.search(r"UBERON[_:](\d+)", str(text))
            if found:
                places[found[1]].add(number)
                if one.get("name") and "UBERON" not in one["name"]:
                    ask("anatomy", one["name"], {number})
for uberon, expected in places.items():
    ask("anatomy", f"UBERON:{uberon}", expected)
    ask("anatomy", f"http://purl.obolibrary.org/obo/UBERON_{uberon}", expected)
    for term in vocabulary("anatomy"):
        if term.get("identifier", "").endswith(uberon):
            for name in names_of(term):
                ask("anatomy", name, expected)


def people(record):
    return [one for one in many(record.get("contributor")) if isinstance(one, dict)]


# Funders: an operator with any name that records give to a ROR.
funded, called, written = defaultdict(set), defaultdict(set), defaultdict(set)
for number, (record, _) in ALL.items():
    for one in people(record):
        ror = re.fullmatch(r"https?://ror\.org/([a-z0-9]+)/?", one.get("identifier") or "")
        name = (one.get("name") or "").strip()
        if one.get("schemaKey") == "Organization" and {"dcite:Funder", "dcite:Sponsor"} & set(many(one.get("roleName"))):
            written[name].add(number)
            if ror:
                funded[ror[1]].add(number)
                called[ror[1]].add(name)
for ror, expected in funded.items():
    ask("funder", f"funder:{ror}", expected)
    ask("funder", f"https://ror.org/{ror}", expected)
    for name in called[ror]:
        if not re.search(r'["“”]', name):
            ask("funder", f'funder:"{name}"', expected | written[name])
for word in ("NIH", "NINDS", "HHMI", "Simons", "Kavli"):
    ask("funder", f"funder:{word}", {number for name in written for number in written[name] if re.search(rf"\b{word}\b", name)} | {number for ror in funded if word in called[ror] for number in funded[ror]})

# People: the ORCID, under each way of writing the name.
of, names = defaultdict(set), defaultdict(set)
for number, (record, _) in ALL.items():
    for one in people(record):
        if re.fullmatch(r"[\d-]{18}[\dX]", one.get("identifier") or ""):
            of[one["identifier"]].add(number)
            names[one["identifier"]].add(one.get("name") or "")
for orcid in sorted(of)[:: max(1, len(of) // MOST)]:
    ask("person", orcid, of[orcid])
    ask("person", f"https://orcid.org/{orcid}", of[orcid])
    if len(names[orcid]) > 1:
        continue
    [name] = names[orcid]
    family, comma, given = (part.strip() for part in name.partition(","))
    if not comma or not re.match(r"\w", given):
        continue
    for query in (name, f"{given} {family}", f"{family} {given[0]}", f"{given[0]}. {family}", re.sub(r"['’-]", "", family)):
        ask("person", query, of[orcid])


def folded(text):
    return " " + " ".join(re.findall(r"[^\W_]+", text.lower())) + " "


# Phrases: keywords and pairs of words of titles, wherever a title, a description or a keyword has them.
texts = {number: folded(" . ".join([record.get("name") or "", record.get("description") or "", *map(str, many(record.get("keywords")))])) for number, (record, _) in ALL.items()}
phrases = Counter()
for number, (record, _) in ALL.items():
    words = re.findall(r"[^\W_]+", (record.get("name") or "").lower())
    phrases.update(" ".join(pair) for pair in zip(words, words[1:]) if all(len(word) > 3 and word.isascii() for word in pair))
    phrases.update(str(word).lower() for word in many(record.get("keywords")) if re.fullmatch(r"[a-z]{3,} [a-z]{3,}", str(word).lower()))
for phrase in sorted(phrases)[:: max(1, len(phrases) // MOST)]:
    ask("phrase", f'"{phrase}"', {number for number in ALL if f" {phrase} " in texts[number]})

# One Dandiset: its title, a DOI that it alone relates to, an author with words of its title that no other has.
titles = Counter(folded(record.get("name") or "").strip() for record, _ in ALL.values())
for number, (record, _) in ALL.items():
    title = (record.get("name") or "").strip()
    if titles[folded(title).strip()] == 1 and len(folded(title).split()) > 2:
        ask("title", title, {number}, number)
dois = defaultdict(set)
for number, (record, _) in ALL.items():
    for one in many(record.get("relatedResource")):
        for text in (one.get("identifier"), one.get("url")):
            found = re.match(r"^(?:doi:|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/[\w./()-]+)$", (text or "").strip(), re.I)
            if found:
                dois[found[1]].add(number)
for doi, numbers in dois.items():
    if len(numbers) == 1 and not any(other != doi and other.startswith(doi) for other in dois):
        for form in (doi, f"https://doi.org/{doi}", f"doi:{doi}"):
            ask("DOI", form, numbers, next(iter(numbers)))
wrote = defaultdict(set)
for number, (record, _) in ALL.items():
    for one in people(record):
        if one.get("schemaKey") == "Person" and re.match(r"[A-Za-z'-]{4,},", one.get("name") or ""):
            wrote[one["name"].split(",")[0]].add(number)
for author, numbers in sorted(wrote.items()):
    for number in numbers:
        for word in sorted({word for word in folded(ALL[number][0].get("name") or "").split() if len(word) > 5 and word.isalpha()}):
            if {other for other in numbers if f" {word}" in texts[other]} == {number}:
                ask("author and word", f"{author} {word}", {number}, number)
                break

# Typing errors: a letter left out, doubled or exchanged with the next one, in words of titles that only one way of
# writing is near to.
words = Counter(word for number in ALL for word in set(texts[number].split()) if word.isascii() and word.isalpha())
for at, word in enumerate(sorted(word for word, count in words.items() if count > 2 and len(word) > 7)):
    place = 2 + at % (len(word) - 4)
    wrong = [word[:place] + word[place + 1 :], word[:place] + word[place] + word[place:], word[:place] + word[place + 1] + word[place] + word[place + 2 :]][at % 3]
    if at % 7 == 0 and not any(other.startswith(wrong) for other in words):
        ask("typing error", wrong, {number for number in ALL if f" {word} " in texts[number]})

json.dump({kind: list(queries.values()) for kind, queries in KINDS.items()}, sys.stdout)
