"""The data files of a new group's workspace, from a person's answers."""

import re
from collections.abc import Sequence

from csg.editing.edits import filled
from csg.editing.next_year import plan_text
from csg.language import Language, marked
from csg.model.group import GroupProfile
from csg.model.ids import can_name_folder
from csg.model.members import Member
from csg.model.workplan import Objective, Period, Workplan
from csg.problem import Problem, Refused, shown
from csg.source.emit import Inline, emit
from csg.workspace.schema import validated

_PERIOD_NAMES = {"mid": marked("Mid-year"), "end": marked("End-year")}
_PLAN_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,40}")


def plan_name(name: str) -> str:
    """Return the name of a plan unchanged. Raise Refused if it cannot be part of a file name."""
    if not _PLAN_NAME.fullmatch(name) or not can_name_folder(name):
        hint = "Use letters, digits and dashes, for example 2022-23. The names `reviews` and `leads` are not allowed."
        raise Refused(Problem("CSG313", f"'{shown(name)}' cannot be the name of a plan", hint=hint))
    return name


def period_ids(text: str) -> list[str]:
    """Return the ids of periods, separated by commas, semicolons or line breaks, or else by blanks.

    >>> period_ids("q1 q2"), period_ids("Term 1, Term 2")
    (['q1', 'q2'], ['Term 1', 'Term 2'])
    """
    separated = re.split(r"[,;\n]", text)
    return [name.strip() for name in (separated if len(separated) > 1 else text.split()) if name.strip()]


def new_periods(ids: Sequence[str], language: str = "en") -> tuple[Period, ...]:
    """Return reporting periods with names from their ids: ``mid`` is Mid-year, ``q1`` Quarter 1."""
    return tuple(validated(Period, {"id": name, "name": _period_name(name, Language(language))}) for name in ids)


def _period_name(name: str, language: Language) -> str:
    if quarter := re.fullmatch(r"[qQ]([1-4])", name):
        return language.gettext("Quarter {number}", number=quarter[1])
    known = _PERIOD_NAMES.get(name)
    return language.gettext(known) if known else name[:1].upper() + name[1:]


def first_plan(name: str, periods: Sequence[str], objectives: Sequence[str], language: str = "en") -> Workplan:
    """Return a plan with numbered objectives and no activity yet. Its title and its periods are in a language."""
    return Workplan(
        workplan=plan_name(name),
        title=Language(language).gettext("Workplan {name}", name=name.replace("-", "/")),
        periods=new_periods(periods, language),
        objectives=tuple(
            validated(Objective, {"id": str(number), "title": title, "activities": ()})
            for number, title in enumerate(objectives, 1)
        ),
    )


def data_files(profile: GroupProfile, plan: Workplan, members: Sequence[Member]) -> dict[str, str]:
    """Return the text of a new workspace's data files by path."""
    people: dict[str, list[Inline]] = {"members": [Inline(filled(member)) for member in members]}
    if profile.partner:
        people["unodc"] = []
    return {
        "data/group.yaml": f"{_head('group')}{emit(filled(profile))}",
        f"data/workplan-{plan.workplan}.yaml": f"{_head('workplan')}{plan_text(plan)}",
        "data/members.yaml": f"{_head('members')}{emit(people)}",
    }


def _head(kind: str) -> str:
    return f"# yaml-language-server: $schema=../schemas/{kind}.json\n"
