"""Rules for a plan: its ids, and what its activities point to."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from csg.checks.rules import rule
from csg.model.base import Record
from csg.model.workplan import Activity, Workplan
from csg.problem import Problem, Suggestions
from csg.workspace import Snapshot

_REFERENCE = re.compile(
    r"\b(?:see|under|in|to|with|of|activity|activities|objective|and|or)\s+(\d+\.\d+)(?![\d.%]|\s*(?:million|billion|per))"
    r"|(?<![\d.])(\d+\.\d+)\s+(?:above|below)\b"
)
_NUMBER = re.compile(r"\d\.\d")


@rule("CSG202", "activity in another objective")
def activities_are_in_their_objective(snapshot: Snapshot) -> Iterator[Problem]:
    """An activity's id is its objective's, a dot and a number: 2.4 is the fourth of objective 2."""
    for plan in snapshot.plans:
        for objective in plan.objectives:
            for activity in objective.activities:
                number = activity.id.removeprefix(f"{objective.id}.")
                if number == activity.id or not re.fullmatch(r"[1-9][0-9]*", number):
                    hint = f"give it an id like {plan.next_id(objective.id)}, or move it"
                    if activity.id.strip("“”‘’") != activity.id:
                        hint = "put the id in straight quotes"
                    yield activity.problem(
                        f"activity '{activity.id}' stands in objective {objective.id}", ("id",), hint
                    )


@rule("CSG203", "unknown lead")
def leads_are_known(snapshot: Snapshot) -> Iterator[Problem]:
    """Require each lead of an activity to be a member, a group or a section of members.yaml, written alike."""
    if directory := snapshot.people:
        for plan in snapshot.plans:
            for activity in plan.activities():
                for field, names in (("unodc_lead", activity.unodc_lead), ("cso_lead", activity.cso_lead)):
                    for index, name in enumerate(names):
                        if name not in directory:
                            hint = directory.meant(name, "add it to data/members.yaml")
                            yield activity.problem(
                                f"unknown lead '{name}' in activity {activity.id}", (field, index), hint
                            )


@rule("CSG204", "unknown related activity")
def related_activities_exist(snapshot: Snapshot) -> Iterator[Problem]:
    """Every id in ``related`` is another activity of the plan."""
    for plan in snapshot.plans:
        ids = {activity.id for activity in plan.activities()}
        suggestions = Suggestions(ids)
        for activity in plan.activities():
            for index, name in enumerate(activity.related):
                if name == activity.id:
                    yield activity.problem(f"activity {name} is related to itself", ("related", index), "take it out")
                elif name not in ids:
                    hint = suggestions.hint(name, f"{plan.title} has no such activity")
                    message = f"unknown activity '{name}' in related of {activity.id}"
                    yield activity.problem(message, ("related", index), hint)


@rule("CSG210", "reference to no activity", "warning")
def references_are_found(snapshot: Snapshot) -> Iterator[Problem]:
    """An activity that a comment speaks of ("see 3.1 below") is in the plan, or in one that it was carried from."""
    plans = {plan.workplan: plan for plan in snapshot.plans}
    for plan in snapshot.plans:
        ids = {activity.id for activity in plan.activities()}
        suggestions = Suggestions(ids)
        for activity in plan.activities():
            for match in _REFERENCE.finditer(activity.comments) if _NUMBER.search(activity.comments) else ():
                name = match[1] or match[2]
                if name not in ids and not _was_known(plans, plan, activity, name):
                    message = f"comments of {activity.id} speak of {name}, which is no activity of the plan"
                    yield activity.problem(message, ("comments",), suggestions.hint(name, "correct the number"))


def _was_known(plans: Mapping[str, Workplan], plan: Workplan, activity: Activity, name: str) -> bool:
    """Return whether an activity may have existed when a comment was written that was carried over with its activity.

    It may also have existed in an earlier plan that is not in the folder.
    """
    seen = {plan.workplan}
    current: Activity | None = activity
    while current and current.carried_from and current.origin[0] not in seen:
        year, origin = current.origin
        if year not in plans or name in plans[year].objective_of:
            return True
        seen.add(year)
        current = plans[year].activity(origin)
    return False


@rule("CSG213", "file of another name")
def files_are_named_for_what_they_hold(snapshot: Snapshot) -> Iterator[Problem]:
    """A plan's file is named for its key ``workplan`` (data/workplan-2021-22.yaml), a review's for ``review``."""
    named: list[tuple[Record, str, str]] = [
        *((plan, "workplan", f"workplan-{plan.workplan}.yaml") for plan in snapshot.plans),
        *((review, "review", f"{review.review}.yaml") for review in snapshot.reviews),
    ]
    for record, key, name in named:
        file = PurePosixPath((record.source or {"file": name})["file"]).name
        if file != name:
            yield record.problem(f"by its {key} key this file is {name}", (key,), f"rename {file}, or change the key")


@rule("CSG214", "named twice")
def lists_name_each_once(snapshot: Snapshot) -> Iterator[Problem]:
    """A lead or a related activity stands once in its list."""
    for plan in snapshot.plans:
        for activity in plan.activities():
            for field in ("unodc_lead", "cso_lead", "related"):
                names = getattr(activity, field)
                seen: set[str] = set()
                for index, name in enumerate(names):
                    if name in seen:
                        yield activity.problem(
                            f"'{name}' twice in {field} of {activity.id}", (field, index), "take one out"
                        )
                    seen.add(name)


@rule("CSG215", "carried from nowhere")
def carried_activities_were_there(snapshot: Snapshot) -> Iterator[Problem]:
    """``carried_from`` names an earlier plan and an activity of it (2021-22 2.4), where that plan is in the folder."""
    plans = {plan.workplan: {activity.id for activity in plan.activities()} for plan in snapshot.plans}
    for plan in snapshot.plans:
        for activity in plan.activities():
            if activity.carried_from is not None:
                year, name = activity.origin
                if not name or (year in plans and name not in plans[year]):
                    hint = "write the plan, a space and the id it had there, as in 2021-22 2.4"
                    message = f"activity {activity.id} is carried from '{activity.carried_from}', which is not there"
                    yield activity.problem(message, ("carried_from",), hint)
