"""Rules for ids: they differ, they look different, and their characters are safe."""

from collections.abc import Iterator
from typing import NamedTuple

from csg.checks.rules import rule
from csg.model.base import Record
from csg.model.ids import can_name_folder, look, unsafe_characters
from csg.problem import Problem, listed, shown
from csg.workspace import Snapshot


class Named(NamedTuple):
    """A record with its id, and the key that holds the id."""

    record: Record
    id: str
    key: str = "id"


def _ids(snapshot: Snapshot) -> Iterator[tuple[str, list[Named]]]:
    """Yield each set of records in which ids must be unique, with the name of its kind."""

    def named(*records: Record) -> list[Named]:
        return [Named(record, record.id) for record in records]  # type: ignore[attr-defined]

    for plan in snapshot.plans:
        yield "objective", named(*plan.objectives)
        yield "activity", named(*plan.activities())
        yield "period", named(*plan.periods)
        yield from (("indicator", named(*activity.indicators)) for activity in plan.activities() if activity.indicators)
    if directory := snapshot.directory:
        yield "member, group or section", named(*directory.members, *directory.leads, *directory.unodc)
        yield "membership type", named(*directory.membership_types)
    for review in snapshot.reviews:
        yield "question", named(*review.questions)
    yield "field", named(*snapshot.group.fields)
    if snapshot.countries:
        yield "country", named(*snapshot.countries.countries)
    yield "workplan", [Named(plan, plan.workplan, "workplan") for plan in snapshot.plans]
    yield "review", [Named(review, review.review, "review") for review in snapshot.reviews]


def _position_of(first: Named) -> str:
    position = first.record.source or {}
    return f"line {position.get('line')} of {position.get('file')}"


@rule("CSG201")
def ids_are_unique(snapshot: Snapshot) -> Iterator[Problem]:
    """Require ids to be unique regardless of case: those of objectives, activities and periods in a plan, those of
    indicators in an activity, those of members, groups and sections together, those of questions in a review, those of
    countries, and the names of plans and of reviews.
    """
    for kind, names in _ids(snapshot):
        seen: dict[str, Named] = {}
        for name in names:
            first = seen.setdefault(name.id.casefold(), name)
            if first is name:
                continue
            if name.key == "id":
                hint = f"Give one of them another id. The first is on {_position_of(first)}."
                yield name.record.problem(f"{kind} id '{name.id}' is used twice", ("id",), hint)
            elif first.id != name.id:
                # If the names are the same, one of the files has a wrong name, and another rule reports it.
                message = f"the names of two {kind}s, '{first.id}' and '{name.id}', differ only in upper and lower case"
                hint = f"Change the key and the file name of one of them. The first is on {_position_of(first)}."
                yield name.record.problem(message, (name.key,), hint)


@rule("CSG217")
def ids_have_safe_characters(snapshot: Snapshot) -> Iterator[Problem]:
    """Require each id to begin with a letter or a digit, and to have only letters and digits of any script, single
    spaces, and the characters ``. - _ &``. Shells complete ids, and ids are file names.
    """
    for kind, names in _ids(snapshot):
        if kind == "activity":
            continue  # another rule checks the form of its id
        for name in names:
            unsafe = unsafe_characters(name.id)
            if unsafe:
                characters = listed((f"'{shown(letter) or letter}'" for letter in unsafe), "and")
                message = f"{kind} id '{shown(name.id)}' has {characters}, which is not allowed there"
                hint = (
                    "Begin with a letter or a digit. After it, letters, digits, single spaces and . - _ & are allowed."
                )
                yield name.record.problem(message, (name.key,), hint)


@rule("CSG237")
def plans_can_name_folders(snapshot: Snapshot) -> Iterator[Problem]:
    """Require a plan to have a name that its folder of pages can have on every system: not ``reviews`` or ``leads``,
    not the name of a device of Windows such as ``con``, and without the ending of a page or a dot at its end.
    """
    for plan in snapshot.plans:
        if not can_name_folder(plan.workplan):
            message = f"the pages of the plan cannot have a folder with the name '{shown(plan.workplan)}'"
            yield plan.problem(message, ("workplan",), "Change the key and the file name, for example to 2021-22.")


@rule("CSG218")
def ids_look_different(snapshot: Snapshot) -> Iterator[Problem]:
    """Require ids that are different to look different: a letter of another script, a full-width letter or an accent
    that is composed in another way can look like the letter of another id.
    """
    for kind, names in _ids(snapshot):
        if all(name.id.isascii() for name in names):
            continue
        seen: dict[str, Named] = {}
        for name in names:
            first = seen.setdefault(look(name.id), name)
            both_ascii = first.id.isascii() and name.id.isascii()
            if not both_ascii and first.id.casefold() != name.id.casefold():
                message = f"{kind} id '{shown(name.id)}' looks like '{shown(first.id)}' on {_position_of(first)}"
                letters = dict.fromkeys(letter for letter in name.id + first.id if not letter.isascii())
                codes = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters)
                hint = f"Write both with the letters of one script, or choose another id. Check {shown(codes)}."
                yield name.record.problem(message, (name.key,), hint)
