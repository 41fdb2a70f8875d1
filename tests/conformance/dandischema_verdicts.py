"""Verdicts of dandischema's own models on records, for comparison with ours.

Reads JSON lines {"kind": …, "record": …} and writes one line for each: {"valid": …, "errors": […],
"json_schema": …}. "valid" and "errors" are the pydantic models'; "json_schema" is the verdict of the JSON
Schema that dandischema makes from the same models. The archive's settings come from the environment
(DANDI_INSTANCE_NAME and so on). No network.

The models of dandischema 0.14 are those of schema 0.8.0, which has none for published records: a record
counts as published where it has datePublished. Here the kind says so, which comes from the folder a record is
in. So what belongs to a publication is removed from drafts, and datePublished is required in published
records.
"""

import json
import sys

import jsonschema
import pydantic
from dandischema import models
from dandischema.utils import TransitionalGenerateJsonSchema

MODELS = {"Dandiset": models.Dandiset, "Asset": models.Asset}
PUBLICATION_FIELDS = ("doi", "publishedBy", "datePublished", "releaseNotes")
Validator = jsonschema.Draft202012Validator


def json_schema_validator(model):
    schema = model.model_json_schema(schema_generator=TransitionalGenerateJsonSchema)
    return Validator(schema, format_checker=Validator.FORMAT_CHECKER)


JSON_SCHEMAS = {name: json_schema_validator(model) for name, model in MODELS.items()}


def errors_of(name, published, record):
    if not isinstance(record, dict):
        return ["not an object"]
    errors = []
    if published and record.get("datePublished") is None:
        errors.append("datePublished: missing in a published record")
    try:
        MODELS[name].model_validate(record)
    except pydantic.ValidationError as error:
        for found in error.errors(include_url=False, include_input=False, include_context=False):
            place = ".".join(str(part) for part in found["loc"])
            errors.append(f"{place}: {found['msg']}")
    return errors


def main():
    for line in sys.stdin:
        case = json.loads(line)
        kind, record = case["kind"], case["record"]
        published = kind.startswith("Published")
        name = kind.removeprefix("Published")
        if not published and isinstance(record, dict):
            record = {key: value for key, value in record.items() if key not in PUBLICATION_FIELDS}
        errors = errors_of(name, published, record)
        # Evaluated only where the verdict is needed: it takes ten times as long.
        by_schema = None if errors else JSON_SCHEMAS[name].is_valid(record)
        print(json.dumps({"valid": not errors, "errors": errors[:5], "json_schema": by_schema}))


main()
