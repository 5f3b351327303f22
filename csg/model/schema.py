"""The JSON Schemas of the data files, from the models."""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from csg.model.base import Record
from csg.model.fields import workplan_model
from csg.model.group import GroupProfile
from csg.model.members import Directory
from csg.model.review import Countries, Review
from csg.model.workplan import Workplan

KINDS: dict[str, type[Record]] = {
    "group": GroupProfile,
    "members": Directory,
    "workplan": Workplan,
    "review": Review,
    "countries": Countries,
}


class _Schema(GenerateJsonSchema):
    """Accept text without quotes, because an editor's YAML reads 1.10 as a number and NO as false."""

    def str_schema(self, schema: Any) -> Any:
        written = super().str_schema(schema)
        return {**written, "type": ["string", "number", "boolean"]} if "pattern" in written else written


def json_schema(kind: str, profile: GroupProfile | None = None) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a kind of data file, one of ``KINDS``.

    With the group's profile, the schema of a workplan has the group's own fields.
    """
    model = workplan_model(profile.fields) if profile and kind == "workplan" else KINDS[kind]
    schema = model.model_json_schema(schema_generator=_Schema)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
