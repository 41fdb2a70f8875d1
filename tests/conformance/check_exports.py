"""Checks the exports below a folder with mlcroissant, roc-validator, cffconvert and DataCite's XML schema.

Prints one JSON object: how many files each of them has read, and every error with its file. Nothing is
fetched: the one context that a crate names is served from the package of RO-Crate's makers, and every other
request fails."""

import json
import logging
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import mlcroissant
import rdflib.plugins.sparql.processor as sparql
from cffconvert.citation import Citation
from lxml import etree
from rocrate_validator import services
from rocrate_validator.models import Severity, ValidationSettings
from rocrate_validator.utils.http import HttpRequester

logging.disable(logging.CRITICAL)

CONTEXT = "https://w3id.org/ro/crate/1.2/context"


def crate_context() -> dict:
    """The context of RO-Crate 1.1 with what our crates use of 1.2 besides."""
    package = Path(find_spec("rocrate").submodule_search_locations[0])
    document = json.loads((package / "data" / "ro-crate.jsonld").read_text(encoding="utf-8"))
    context = document["@context"]
    context["localPath"] = "https://w3id.org/ro/terms#localPath"
    context["sha256"] = "http://schema.org/sha256"
    context["creditText"] = "http://schema.org/creditText"
    return {"@context": context}


class ContextResponse:
    status_code = 200
    ok = True
    headers = {"Content-Type": "application/ld+json"}

    def __init__(self) -> None:
        self.text = json.dumps(crate_context())
        self.content = self.text.encode()

    def json(self) -> dict:
        return json.loads(self.text)

    def raise_for_status(self) -> None:
        pass


RESPONSE = ContextResponse()


def answer(url, *_args, **_options):
    if str(url) == CONTEXT:
        return RESPONSE
    raise RuntimeError(f"{url} was asked for, and this check has no network")


HttpRequester.get = staticmethod(answer)
HttpRequester.head = staticmethod(answer)

# The validator runs the same few hundred queries on every crate; parsing them is what takes time.
queries = {}


def query(self, text, initBindings=None, initNs=None, base=None, DEBUG=False):
    if isinstance(text, str):
        key = (text, base, tuple(sorted((name, str(uri)) for name, uri in (initNs or {}).items())))
        if key not in queries:
            queries[key] = sparql.translateQuery(sparql.parseQuery(text), base, initNs)
        text = queries[key]
    return sparql.evalQuery(self.graph, text, initBindings, base)


sparql.SPARQLProcessor.query = query


def crate_validator(cache: Path) -> services.Validator:
    return services._build_validator(
        ValidationSettings(
            rocrate_uri=None,
            profile_identifier="ro-crate-1.2",
            metadata_only=True,
            packaging_mode="detached",
            skip_availability_check=True,
            offline=True,
            cache_path=cache / "cache.sqlite",
            requirement_severity=Severity.REQUIRED,
            metadata_dict={},
        ),
        None,
    )


def crate_errors(validator: services.Validator, text: str) -> list[str]:
    result = validator.validate(metadata_dict=json.loads(text))
    return [f"{issue.check.identifier}: {issue.message}" for issue in result.get_issues()]


def croissant_errors(text: str) -> list[str]:
    try:
        dataset = mlcroissant.Dataset(jsonld=json.loads(text))
    except mlcroissant.ValidationError as error:
        return [str(error)]
    return [str(error) for error in dataset.metadata.ctx.issues.errors]


def cff_errors(text: str) -> list[str]:
    try:
        Citation(text).validate()
    except Exception as error:  # noqa: BLE001  (it raises whatever its dependencies raise)
        return [f"{type(error).__name__}: {str(error)[:300]}"]
    return []


XS = "{http://www.w3.org/2001/XMLSchema}"
# DataCite 4.6 and 4.7 added these to what the packaged files of its schema list.
ADDED = {"relatedIdentifierType": ["CSTR", "RAiD", "RRID", "SWHID", "w3id"]}


def datacite_schema(folder: Path) -> etree.XMLSchema:
    """DataCite's XML schema 4.6 as the package of ETH Zurich holds it, brought to 4.7."""
    package = Path(find_spec("validator").submodule_search_locations[0]) / "schema"
    shutil.copytree(package, folder)
    for name, values in ADDED.items():
        file = folder / "include" / f"datacite-{name}-v4.xsd"
        tree = etree.parse(file)
        restriction = tree.find(f".//{XS}restriction")
        known = {one.get("value") for one in restriction}
        for value in values:
            if value not in known:
                etree.SubElement(restriction, f"{XS}enumeration", value=value)
        tree.write(file)
    main = folder / "metadata.xsd"
    tree = etree.parse(main)
    # New in 4.7: what a relation "Other" is.
    for attribute in tree.findall(f".//{XS}attribute[@name='relationType']"):
        attribute.addnext(etree.Element(f"{XS}attribute", name="relationTypeInformation"))
    tree.write(main)
    return etree.XMLSchema(etree.parse(main))


def xml_errors(schema: etree.XMLSchema, text: str) -> list[str]:
    try:
        document = etree.fromstring(text.encode())
    except etree.XMLSyntaxError as error:
        return [str(error)]
    return [] if schema.validate(document) else [str(one) for one in schema.error_log]


def held(folder: Path, pattern: str, errors_of) -> dict:
    files = sorted(folder.rglob(pattern))
    errors = []
    for file in files:
        found = errors_of(file.read_text(encoding="utf-8"))
        errors += [f"{file.relative_to(folder)}: {error}" for error in found]
    return {"files": len(files), "errors": errors}


folder = Path(sys.argv[1])
with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as cache:
    validator = crate_validator(Path(cache))
    schema = datacite_schema(Path(cache) / "datacite")
    result = {
        "croissant": held(folder, "croissant.jsonld", croissant_errors),
        "crate": held(
            folder, "*-ro-crate-metadata.json", lambda text: crate_errors(validator, text)
        ),
        "cff": held(folder, "CITATION.cff", cff_errors),
        "xml": held(folder, "datacite.xml", lambda text: xml_errors(schema, text)),
    }
print(json.dumps(result))
