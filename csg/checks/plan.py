"""Rules for a plan: its ids, and the references of its activities."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from csg.checks.rules import rule
from csg.model.base import Record
from csg.model.members import without_contact
from csg.model.workplan import Activity, Workplan
from csg.problem import Problem, Suggestions, some
from csg.workspace import Snapshot

_REFERENCE = re.compile(
    r"\b(?:see|under|in|to|with|of|activity|activities|objective|and|or)\s+(\d+\.\d+)(?![\d.%]|\s*(?:million|billion|per))"
    r"|(?<![\d.])(\d+\.\d+)\s+(?:above|below)\b"
)
_NUMBER = re.compile(r"\d\.\d")


@rule("CSG202")
def activities_are_in_their_objective(snapshot: Snapshot) -> Iterator[Problem]:
    """Require the id of an activity to be its objective's id, a dot and a number: 2.4 is the fourth of objective 2."""
    for plan in snapshot.plans:
        for objective in plan.objectives:
            for activity in objective.activities:
                number = activity.id.removeprefix(f"{objective.id}.")
                if number == activity.id or not re.fullmatch(r"[1-9][0-9]*", number):
                    hint = f"Give it an id like {plan.next_id(objective.id)}."
                    if activity.id.strip("“”‘’") != activity.id:
                        hint = "Put the id in straight quotes."
                    yield activity.problem(f"activity '{activity.id}' is in objective {objective.id}", ("id",), hint)


@rule("CSG203")
def leads_are_known(snapshot: Snapshot) -> Iterator[Problem]:
    """Require each lead of an activity to be a member, a group or a section of members.yaml, in the same case."""
    if directory := snapshot.people:
        partner_leads = directory.partner_leads
        for plan in snapshot.plans:
            for activity in plan.activities():
                for field, names in (("unodc_lead", activity.unodc_lead), ("cso_lead", activity.cso_lead)):
                    for index, name in enumerate(names):
                        if name not in directory:
                            names_allowed = partner_leads if field == "unodc_lead" else directory
                            hint = names_allowed.suggestion(name, "Add it to data/members.yaml.")
                            yield activity.problem(
                                f"unknown lead '{name}' in activity {activity.id}", (field, index), hint
                            )


@rule("CSG230")
def partner_leads_are_not_members(snapshot: Snapshot) -> Iterator[Problem]:
    """Require the partner's leads to be sections of the partner or groups, and not members, if there are sections."""
    directory = snapshot.people
    if directory is None or not directory.unodc:
        return
    members = {member.id for member in directory.members}
    hint = f"The partner's sections are {some(section.id for section in directory.unodc)}."
    for plan in snapshot.plans:
        for activity in plan.activities():
            for index, name in enumerate(activity.unodc_lead):
                if name in members or without_contact(name) in members:
                    message = f"'{name}' leads activity {activity.id} for the partner, but is a member"
                    yield activity.problem(message, ("unodc_lead", index), hint)


@rule("CSG204")
def related_activities_exist(snapshot: Snapshot) -> Iterator[Problem]:
    """Require each id in ``related`` to be another activity of the plan."""
    for plan in snapshot.plans:
        ids = {activity.id for activity in plan.activities()}
        suggestions = Suggestions(ids)
        for activity in plan.activities():
            for index, name in enumerate(activity.related):
                if name == activity.id:
                    yield activity.problem(
                        f"activity {name} is related to itself", ("related", index), "Delete the reference."
                    )
                elif name not in ids:
                    hint = suggestions.hint(name, "Correct the id, or delete it.")
                    message = f"unknown activity '{name}' in related of {activity.id}"
                    yield activity.problem(message, ("related", index), hint)


@rule("CSG210", "warning")
def references_exist(snapshot: Snapshot) -> Iterator[Problem]:
    """Require an activity that a comment names ("see 3.1 below") to be in the plan, or in an earlier one."""
    plans = {plan.workplan: plan for plan in snapshot.plans}
    for plan in snapshot.plans:
        ids = {activity.id for activity in plan.activities()}
        suggestions = Suggestions(ids)
        for activity in plan.activities():
            for match in _REFERENCE.finditer(activity.comments) if _NUMBER.search(activity.comments) else ():
                name = match[1] or match[2]
                if name not in ids and not _can_have_existed(plans, plan, activity, name):
                    message = f"the comments of activity {activity.id} name {name}, which is not in the plan"
                    yield activity.problem(message, ("comments",), suggestions.hint(name, "Correct the number."))


def _can_have_existed(plans: Mapping[str, Workplan], plan: Workplan, activity: Activity, name: str) -> bool:
    """Return whether the activity can have existed when a carried-over comment was written.

    If an earlier plan is not in the folder, it can have existed there.
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


@rule("CSG213")
def file_names_match_keys(snapshot: Snapshot) -> Iterator[Problem]:
    """Require the name of a file to match its key ``workplan`` (data/workplan-2021-22.yaml) or ``review``."""
    named: list[tuple[Record, str, str, str]] = [
        *((plan, "workplan", "workplan-", plan.workplan) for plan in snapshot.plans),
        *((review, "review", "", review.review) for review in snapshot.reviews),
    ]
    files = {(key, name): _file_name(record) for record, key, start, name in named if _is_named(record, start, name)}
    for record, key, start, name in named:
        if _is_named(record, start, name):
            continue
        file, other = _file_name(record), files.get((key, name))
        message, hint = f"the key says `{key}: {name}`, but the file name is {file}", "Change one of them."
        if other:
            own_name = file.removeprefix(start).removesuffix(".yaml")
            message = f"the key says `{key}: {name}`, as the key in {other}, but the file name is {file}"
            hint = f"Each {key} needs a name of its own. Write `{key}: {own_name}`."
        yield record.problem(message, (key,), hint)


def _file_name(record: Record) -> str:
    return PurePosixPath((record.source or {"file": ""})["file"]).name


def _is_named(record: Record, start: str, name: str) -> bool:
    """Return whether a record is in the file that has its name; one that is in no file is."""
    return _file_name(record) in ("", f"{start}{name}.yaml")


@rule("CSG214")
def lists_have_no_duplicates(snapshot: Snapshot) -> Iterator[Problem]:
    """Require each lead and each related activity to be in its list once."""
    for plan in snapshot.plans:
        for activity in plan.activities():
            for field in ("unodc_lead", "cso_lead", "related"):
                names = getattr(activity, field)
                seen: set[str] = set()
                for index, name in enumerate(names):
                    if name in seen:
                        yield activity.problem(
                            f"'{name}' is twice in {field} of {activity.id}", (field, index), "Delete one of them."
                        )
                    seen.add(name)


@rule("CSG215")
def carried_activities_exist(snapshot: Snapshot) -> Iterator[Problem]:
    """Require ``carried_from`` to name an earlier plan and its activity (2021-22 2.4), if the plan is in the folder."""
    plans = {plan.workplan: {activity.id for activity in plan.activities()} for plan in snapshot.plans}
    for plan in snapshot.plans:
        for activity in plan.activities():
            if activity.carried_from is not None:
                year, name = activity.origin
                if not name or (year in plans and name not in plans[year]):
                    hint = "Write the plan, a space and the id in that plan, for example 2021-22 2.4."
                    message = f"activity {activity.id} is carried from '{activity.carried_from}', which was not found"
                    yield activity.problem(message, ("carried_from",), hint)
