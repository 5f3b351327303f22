"""The JSON Schemas of the data files, from the models."""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from csg.model.base import Record
from csg.model.members import Directory
from csg.model.review import Countries, Review
from csg.model.workplan import Workplan

KINDS: dict[str, type[Record]] = {"members": Directory, "workplan": Workplan, "review": Review, "countries": Countries}


class _Schema(GenerateJsonSchema):
    """A text may be written without quotes, and an editor's YAML then takes 1.10 for a number and NO for false."""

    def str_schema(self, schema: Any) -> Any:
        written = super().str_schema(schema)
        return {**written, "type": ["string", "number", "boolean"]} if "pattern" in written else written


def json_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a kind of data file: members, workplan, review or countries."""
    schema = KINDS[kind].model_json_schema(schema_generator=_Schema)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
