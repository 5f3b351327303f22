"""Rules for people: types and groups of members, and the authors of reports."""

from collections.abc import Iterator

from csg.checks.rules import rule
from csg.model.members import Directory, without_contact
from csg.model.reporting import SECRETARIAT
from csg.model.workplan import Activity
from csg.problem import Problem, Suggestions, some
from csg.workspace import Snapshot


@rule("CSG211")
def types_are_known(snapshot: Snapshot) -> Iterator[Problem]:
    """Require the type of a member to be one of membership_types."""
    if directory := snapshot.directory:
        types = {kind.id for kind in directory.membership_types}
        suggestions = Suggestions(types)
        for member in directory.members:
            if member.type is not None and member.type not in types:
                hint = suggestions.hint(member.type, "Add it to membership_types.")
                yield member.problem(f"unknown type '{member.type}' of member {member.id}", ("type",), hint)


@rule("CSG212")
def groups_have_members(snapshot: Snapshot) -> Iterator[Problem]:
    """Require each name in a group to be a member."""
    if directory := snapshot.people:
        members = {member.id for member in directory.members}
        suggestions = Suggestions(members)
        for group in directory.leads:
            for index, name in enumerate(() if group.members == "all" else group.members):
                if name not in members:
                    hint = suggestions.hint(name, "Add it to members.")
                    yield group.problem(f"unknown member '{name}' in group {group.id}", ("members", index), hint)


@rule("CSG241")
def secretariat_is_known(snapshot: Snapshot) -> Iterator[Problem]:
    """Require the secretariat in group.yaml to be a member or a group of members.yaml."""
    directory, name = snapshot.people, snapshot.group.secretariat
    if directory and name is not None and name not in directory:
        hint = directory.suggestion(name, "Add it to leads in data/members.yaml.")
        yield snapshot.group.problem(f"unknown secretariat '{name}'", ("secretariat",), hint)


@rule("CSG205")
def reporters_are_known(snapshot: Snapshot) -> Iterator[Problem]:
    """Require each author of a report to be a member, a group or a section of members.yaml, in the same case."""
    if directory := snapshot.people:
        for plan in snapshot.plans:
            for activity in plan.activities():
                for report in activity.progress:
                    if report.by not in directory:
                        hint = directory.suggestion(report.by, "Add it to data/members.yaml.")
                        yield report.problem(f"unknown reporter '{report.by}' in activity {activity.id}", ("by",), hint)


@rule("CSG206", "warning")
def reporters_lead(snapshot: Snapshot) -> Iterator[Problem]:
    """Require the author of a report to lead the activity: as a lead, as a member of a group that leads, or as the
    secretariat, which may report for anyone.
    """
    if directory := snapshot.people:
        for plan in snapshot.plans:
            for activity in plan.activities():
                if not activity.progress:
                    continue
                leads = (*activity.cso_lead, *activity.unodc_lead)
                authors = _authors(directory, leads, snapshot.group.secretariat)
                effect = f"counts, but not as the report of a lead ({some(leads)})" if leads else "counts"
                hint = f"Its status {effect}. If the author is wrong, remove the report and add it again."
                for report in activity.progress:
                    if report.by in directory and without_contact(report.by) not in authors:
                        message = f"{report.by} reports on activity {activity.id} but does not lead it"
                        yield report.problem(message, ("by",), hint)


def can_report(directory: Directory, activity: Activity, author: str, secretariat: str | None) -> bool:
    """Return whether a report by the author counts as a report of one of the activity's leads."""
    leads = (*activity.cso_lead, *activity.unodc_lead)
    return without_contact(author) in _authors(directory, leads, secretariat)


def _authors(directory: Directory, leads: tuple[str, ...], secretariat: str | None) -> set[str]:
    """Return the names whose reports count as reports of one of the leads: ``answers_for`` for all leads."""
    if not leads:
        return set()
    names = set(map(without_contact, leads))
    return names.union({secretariat or SECRETARIAT}, *{directory.members_of(name) for name in names})
