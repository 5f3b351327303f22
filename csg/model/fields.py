"""The fields of a record, for tables, forms, completion and documents. The model declares each field once."""

from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import Field, create_model

from csg.model.base import IN_TABLE, KEPT, LONG, TEXTS, Date, Number, Record, Several, Words
from csg.model.group import ExtraField, GroupProfile
from csg.model.workplan import Activity, Objective, Workplan

FieldKind = Literal["text", "names", "number", "date", "choice", "flag", "records", "texts", "numbers"]


class FieldView(NamedTuple):
    """A field of a record: its key, heading, kind of value, and display.

    ``long`` is text of several sentences. Tables on a terminal show the fields with ``in_table``.
    """

    key: str
    label: str
    help: str
    kind: FieldKind
    choices: tuple[str, ...] = ()
    long: bool = False
    in_table: bool = False


def fields_of(model: type[Record], profile: GroupProfile | None = None) -> list[FieldView]:
    """Return the fields of a record in the order in which they are written and shown.

    The group's own fields come after the comments. ``profile`` gives the headings of the lead columns.
    """
    views = (_views(model)[key] for key in order(model))
    return [view._replace(label=(profile and profile.heading(view.key)) or view.label) for view in views]


@cache
def order(model: type[Record]) -> tuple[str, ...]:
    """Return a record's keys in the order in which they are written."""
    own: tuple[str, ...] = getattr(model, "own_fields", ())
    keys = [key for key in model.model_fields if key not in own]
    index = keys.index("comments") + 1 if own else len(keys)
    return (*keys[:index], *own, *keys[index:])


def is_kept(model: type[Record], key: str) -> bool:
    """Return whether the key stays in the file, as [], if its list is empty."""
    return KEPT in model.model_fields[key].metadata


def is_texts(model: type[Record], key: str) -> bool:
    """Return whether a field is a list of sentences."""
    return key in model.model_fields and TEXTS in model.model_fields[key].metadata


def field_text(value: object, nothing: str = "") -> str:
    """Return the plain value of a field as text, ``nothing`` if it is empty."""
    if isinstance(value, dict):
        return ", ".join(f"{key} {number}" for key, number in value.items()) or nothing
    if isinstance(value, list):
        return ", ".join(map(str, value)) or nothing
    if isinstance(value, bool):
        return "yes" if value else nothing
    return nothing if value is None else str(value)


def name_of(model: type[Record], key: str) -> str:
    """Return the name of a field as a sentence has it: ``CSO lead``, ``next steps``."""
    label = _views(model)[key].label
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def is_long(model: type[Record], key: str) -> bool:
    """Return whether a field holds text of several sentences."""
    return _views(model)[key].long


@cache
def _views(model: type[Record]) -> dict[str, FieldView]:
    return {key: _view(key, field) for key, field in model.model_fields.items()}


def _view(key: str, field: Any) -> FieldView:
    kind: FieldKind
    choices: tuple[str, ...]
    kind, choices = ("texts", ()) if TEXTS in field.metadata else _kind(field.annotation)
    return FieldView(
        key,
        field.title or key,
        field.description or "",
        kind,
        choices,
        long=LONG in field.metadata,
        in_table=IN_TABLE in field.metadata,
    )


def _kind(annotation: Any) -> tuple[FieldKind, tuple[str, ...]]:
    """Return the kind of value of a type, and the values that are allowed for a choice."""
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    parts = [part for part in get_args(annotation) if part is not type(None)]
    if annotation in (int, float) or (get_origin(annotation) is Union and set(parts) <= {int, float}):
        return "number", ()
    if get_origin(annotation) is Literal:
        return "choice", tuple(map(str, parts))
    if get_origin(annotation) is tuple:
        return ("records" if isinstance(parts[0], type) and issubclass(parts[0], Record) else "names"), ()
    if get_origin(annotation) is dict:
        return "numbers", ()
    if annotation is bool:
        return "flag", ()
    if annotation is date:
        return "date", ()
    return _kind(parts[0]) if len(parts) == 1 and annotation is not parts[0] else ("text", ())


@cache
def workplan_model(fields: tuple[ExtraField, ...]) -> type[Workplan]:
    """Return the class of a group's plans, whose activities have the group's own fields."""
    if not fields:
        return Workplan
    own_fields: dict[str, Any] = {
        field.id: (_annotation(field), Field(None, title=field.label, description=field.help or field.label))
        for field in fields
    }
    activity = create_model("Activity", __base__=Activity, __doc__=Activity.__doc__, **own_fields)
    activity.own_fields = tuple(own_fields)
    activities_type: Any = Several[activity]
    declared = Objective.model_fields["activities"]
    objective = create_model(
        "Objective",
        __base__=Objective,
        __doc__=Objective.__doc__,
        activities=(activities_type, Field(title=declared.title, description=declared.description)),
    )
    objectives_type: Any = Several[objective]
    declared = Workplan.model_fields["objectives"]
    plan = create_model(
        "Workplan",
        __base__=Workplan,
        __doc__=Workplan.__doc__,
        objectives=(objectives_type, Field(title=declared.title, description=declared.description)),
    )
    plan.activity_model = activity
    return plan


def _annotation(field: ExtraField) -> Any:
    """Return the type of a field that the group adds."""
    if field.type == "choice":
        value: Any = Literal[field.choices]
    else:
        value = {"text": Words, "number": Number, "date": Date}[field.type]
    return Annotated[value | None, IN_TABLE]
