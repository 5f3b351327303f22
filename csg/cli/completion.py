"""Values of options and arguments that the shell completes.

They come from the data, and some shells run the text that they receive. So only ids with safe characters are offered.
They are quoted if the shell does not quote them itself.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import typer

from csg.model.ids import unsafe_characters
from csg.model.names import STATUSES

MEMBERS = "data/members.yaml"
Values = Callable[[typer.Context], Iterable[str]]


def _completer(values: Values) -> Callable[[typer.Context, str], list[str]]:
    """Return a function that completes a word with safe values. If the data cannot be read, it returns none."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        try:
            ids = dict.fromkeys(value for value in values(ctx) if not unsafe_characters(value))
        except Exception:  # a message must not appear in the line that a person types
            return []
        typed = incomplete.replace("\\", "")
        return [text for value in ids if value.startswith(typed) and (text := _quoted(value))]

    return complete


def _quoted(value: str) -> str:
    """Return a value with the quotes that the shell needs; nothing if that is uncertain. Zsh and fish add them."""
    if not {" ", "&"} & set(value):
        return value
    shell = os.environ.get("_CSG_COMPLETE", "").rpartition("_")[2]
    if shell == "bash" and not _in_quotes():
        return value.replace(" ", "\\ ").replace("&", "\\&")
    if shell == "bash" and "&" in value:
        return ""  # an ampersand must never come without a backslash: the cursor can be before the quotation mark
    return f"'{value}'" if shell in ("powershell", "pwsh") else value


def _in_quotes() -> bool:
    """Return whether the word at the cursor begins with a quotation mark. If so, bash completes quoted text."""
    words = os.environ.get("COMP_WORDS", "").split("\n")
    cursor = os.environ.get("COMP_CWORD", "")
    return cursor.isdecimal() and int(cursor) < len(words) and words[int(cursor)][:1] in ("'", '"')


def _chosen(ctx: typer.Context, name: str) -> str | None:
    """Return the value of --root or --plan, from the command line or the environment."""
    context: Any = ctx
    while context is not None:
        if value := context.params.get(name):
            return str(value)
        context = context.parent
    return os.environ.get(f"CSG_{name.upper()}")


def _records(ctx: typer.Context, pattern: str, *keys: str) -> Iterator[dict[str, Any]]:
    """Return the mappings in the lists at some keys of a data file, as far as the file can be parsed."""
    from csg.source.parse import parse
    from csg.source.text import decode
    from csg.workspace.files import listed, read_bytes
    from csg.workspace.root import workspace_root

    root = workspace_root(_chosen(ctx, "root"))
    file = listed(root, pattern)[-1]
    data = parse(decode(read_bytes(root, file), file), file).data
    yield from _mappings(data, keys)


def _mappings(data: Any, keys: Iterable[str]) -> Iterator[dict[str, Any]]:
    for key in keys:
        records = data.get(key) if isinstance(data, dict) else None
        yield from (record for record in records or () if isinstance(record, dict))


def _ids(records: Iterable[dict[str, Any]]) -> Iterator[str]:
    return (record["id"] for record in records if isinstance(record.get("id"), str))


def _plan(ctx: typer.Context, key: str) -> Iterator[dict[str, Any]]:
    plan = _chosen(ctx, "plan")
    return _records(ctx, f"data/workplan-{plan}.yaml" if plan else "data/workplan-*.yaml", key)


def _activities(ctx: typer.Context) -> Iterator[str]:
    for objective in _plan(ctx, "objectives"):
        yield from _ids(_mappings(objective, ["activities"]))


def _reviews(ctx: typer.Context) -> Iterator[str]:
    from csg.workspace.files import listed
    from csg.workspace.root import workspace_root

    files = listed(workspace_root(_chosen(ctx, "root")), "data/reviews/*.yaml")
    return (file.removeprefix("data/reviews/").removesuffix(".yaml") for file in files)


def _reports(ctx: typer.Context) -> Iterator[str]:
    yield from ("workplan", "progress", "lead", "members", "review", "README")
    yield from _reviews(ctx)


def _named(ctx: typer.Context) -> str:
    """Return the id that the command line names, "" for none. It is in the arguments if an option has no value yet."""
    return str(ctx.params.get("name") or next(iter(ctx.args), ""))


def _values(ctx: typer.Context) -> Iterator[str]:
    """Return the indicators of the activity that is named before."""
    for objective in _plan(ctx, "objectives"):
        for activity in _mappings(objective, ["activities"]):
            if activity.get("id") == _named(ctx):
                yield from _ids(_mappings(activity, ["indicators"]))


complete_activity = _completer(_activities)
complete_objective = _completer(lambda ctx: _ids(_plan(ctx, "objectives")))
complete_period = _completer(lambda ctx: _ids(_plan(ctx, "periods")))
complete_lead = _completer(lambda ctx: _ids(_records(ctx, MEMBERS, "members", "leads", "unodc")))
complete_indicator = _completer(_values)
complete_type = _completer(lambda ctx: _ids(_records(ctx, MEMBERS, "membership_types")))
complete_member = _completer(lambda ctx: _ids(_records(ctx, MEMBERS, "members")))
complete_review = _completer(_reviews)
complete_report = _completer(_reports)
complete_status = _completer(lambda _: STATUSES)


def complete_value(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the indicators of the activity that begin with the typed letters, each with an equals sign after it."""
    return [f"{name}=" for name in complete_indicator(ctx, incomplete)]


def _fields(ctx: typer.Context) -> Iterator[str]:
    """Return the fields of the activity, objective or period that is named before; an activity's if none is."""
    from csg.model.fields import fields_of
    from csg.model.workplan import Activity, Objective, Period

    name = _named(ctx).casefold()
    parts = ((Period, "periods"), (Objective, "objectives"))
    named = (model for model, key in parts if name and name in map(str.casefold, _ids(_plan(ctx, key))))
    return (view.key for view in fields_of(next(named, Activity)) if view.kind != "records")


_complete_field = _completer(_fields)


def complete_field(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the fields that begin with the typed letters, each with an equals sign after it."""
    return [f"{name}=" for name in _complete_field(ctx, incomplete)]
