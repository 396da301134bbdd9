"""Validates exported documents: FILE ends with the form's name. Prints one JSON list of what is wrong with each file."""

import json
import sys
from pathlib import Path

from jsonschema.validators import validator_for
from openapi_spec_validator import OpenAPIV2SpecValidator, OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

OPENAPI = {
    "swagger2": OpenAPIV2SpecValidator,
    "openapi3": OpenAPIV30SpecValidator,
    "collector-api": OpenAPIV30SpecValidator,
    "openapi31": OpenAPIV31SpecValidator,
}


def faults(path, form):
    document = json.loads(path.read_text())
    if form in OPENAPI:
        return [str(error)[:500] for error in OPENAPI[form](document).iter_errors()]
    validator = validator_for(document, default=None)
    try:
        validator.check_schema(document)
    except Exception as error:
        return [str(error)[:500]]
    # A reference that leads nowhere shows when something is validated.
    return [str(error)[:500] for error in [broken(validator, document)] if error]


def broken(validator, document):
    try:
        list(validator(document).iter_errors({}))
    except Exception as error:
        return error
    return None


found = {}
for name in sys.argv[1:]:
    path = Path(name)
    found[path.name] = faults(path, path.name.split(".")[-2])
print(json.dumps(found))
